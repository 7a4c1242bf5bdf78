"""People as other tests rely on them: what they see, press and wait for."""

import asyncio

import pytest

from sandbox.server import Sandbox
from tests.sandbox.conftest import Ask, Json

YES = {"inline_keyboard": [[{"text": "✅ Да", "callback_data": "yes"}, {"text": "Сайт", "url": "https://a.ru"}]]}


async def test_person_waits_for_a_message_that_is_still_to_come(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна", started=True)
    waiting = asyncio.create_task(ann.expects("верно"))
    await ask("sendMessage", chat_id=ann.id, text="ещё нет")
    await ask("sendMessage", chat_id=ann.id, text="всё верно")
    assert (await waiting).text == "всё верно"


async def test_old_words_do_not_pass_for_an_answer(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна", started=True)
    await ask("sendMessage", chat_id=ann.id, text="верно")
    await ann.send("а теперь?")
    with pytest.raises(AssertionError, match=r"Анна expected «верно»; the last messages are: 'верно' \[\]"):
        await ann.expects("верно", within=0.01)
    assert (await ann.expects("верно", anew=False)).text == "верно"


async def test_edit_is_waited_for_like_a_message(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна", started=True)
    sent = (await ask("sendMessage", chat_id=ann.id, text="шаг 1", reply_markup=YES))["result"]
    await ann.press("Да")
    waiting = asyncio.create_task(ann.expects("шаг 2"))
    await ask("editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="шаг 2")
    assert (await waiting).edited


async def test_button_is_found_by_words_or_data_and_waited_for(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна", started=True)
    pressing = asyncio.create_task(ann.press("yes"))
    await ask("sendMessage", chat_id=ann.id, text="верно?", reply_markup=YES)
    pressed = await pressing
    assert pressed is not None
    assert pressed.labels == ["✅ Да", "Сайт"]
    query = (await ask("getUpdates"))["result"][-1]["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("yes", "верно?")
    with pytest.raises(AssertionError, match="sends nothing to the bot"):
        await ann.press("Сайт")
    with pytest.raises(AssertionError, match="no button «Нет»"):
        await ann.press("Нет", within=0.01)


async def test_reply_keyboard_button_writes_its_words(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна", started=True)
    await ask("sendMessage", chat_id=ann.id, text="меню", reply_markup={"keyboard": [[{"text": "Новости"}]]})
    assert ann.screen().keyboard[0][0].text == "Новости"
    await ann.press("Новости")
    assert (await ask("getUpdates"))["result"][-1]["message"]["text"] == "Новости"
    await ask("sendMessage", chat_id=ann.id, text="всё", reply_markup={"remove_keyboard": True})
    assert ann.screen().keyboard == ()


async def test_forged_data_reaches_the_bot_as_it_is(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна", started=True)
    await ask("sendMessage", chat_id=ann.id, text="верно?", reply_markup=YES)
    await ann.forge("admin:delete_all", ann.screen().last)
    assert (await ask("getUpdates"))["result"][-1]["callback_query"]["data"] == "admin:delete_all"


async def test_block_and_unblock_are_told_to_the_bot(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна")
    await ann.start("e_12")
    ann.block()
    await ann.send("передумала")
    updates = (await ask("getUpdates"))["result"]
    assert updates[0]["message"]["text"] == "/start e_12"
    statuses = [one["my_chat_member"]["new_chat_member"]["status"] for one in updates if "my_chat_member" in one]
    assert statuses == ["kicked", "member"]
    assert "message" in updates[-1]


async def test_everything_people_send_has_its_shape(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна Петрова")
    said = await ann.send("воды нет")
    await ann.send_location(53.0945, 91.4103)
    await ann.send_contact("+79990001122")
    await ann.edit(said, "вода есть")
    await ann.forward(said)
    updates = (await ask("getUpdates"))["result"]
    assert updates[0]["message"]["from"]["last_name"] == "Петрова"
    assert updates[1]["message"]["location"] == {"latitude": 53.0945, "longitude": 91.4103}
    assert updates[2]["message"]["contact"]["user_id"] == ann.id
    assert updates[3]["edited_message"]["text"] == "вода есть"
    assert updates[4]["message"]["forward_origin"]["type"] == "user"


async def test_channel_post_comes_as_one(sandbox: Sandbox, ask: Ask) -> None:
    vera = sandbox.person("Вера")
    channel = sandbox.channel("Вести", vera, bot_status="administrator", username="vesti")
    await vera.send("Отключение воды", channel)
    post = (await ask("getUpdates"))["result"][0]["channel_post"]
    assert (post["chat"]["username"], post["sender_chat"]["id"]) == ("vesti", channel.id)
    assert (await ask("sendMessage", chat_id="@vesti", text="и от бота"))["result"]["chat"]["id"] == channel.id


async def test_album_in_a_channel_has_one_group(sandbox: Sandbox, ask: Ask) -> None:
    from tests.sandbox.pictures import png

    vera = sandbox.person("Вера")
    channel = sandbox.channel("Вести", vera, bot_status="administrator")
    await vera.send_album([png(9, 9), png(9, 9)], "Субботник", channel)
    posts = [update["channel_post"] for update in (await ask("getUpdates"))["result"]]
    assert len({post["media_group_id"] for post in posts}) == 1
    assert [post.get("caption") for post in posts] == ["Субботник", None]


async def test_bot_is_brought_into_a_group_and_made_admin(sandbox: Sandbox, ask: Ask) -> None:
    boris = sandbox.person("Борис")
    group = sandbox.supergroup("ТОС", boris, topics=("Новости",))
    boris.add_bot(group)
    boris.promote_bot(group)
    updates = (await ask("getUpdates"))["result"]
    statuses = [one["my_chat_member"]["new_chat_member"]["status"] for one in updates if "my_chat_member" in one]
    assert statuses == ["member", "administrator"]
    [topic] = group.chat.topics
    sent = await ask("sendMessage", chat_id=group.id, text="в тему", message_thread_id=topic)
    assert sent["result"]["is_topic_message"]


async def test_inline_result_is_offered_and_picked(sandbox: Sandbox, ask: Ask) -> None:
    ann = sandbox.person("Анна", started=True)
    asking = asyncio.create_task(ann.ask_inline("форум"))
    update: list[Json] = (await ask("getUpdates", timeout=5))["result"]
    query = update[0]["inline_query"]
    content = {"message_text": "<b>V форум</b>", "parse_mode": "HTML"}
    result = {"type": "article", "id": "e_12", "title": "V форум", "input_message_content": content}
    assert (await ask("answerInlineQuery", inline_query_id=query["id"], results=[result]))["ok"]
    [offered] = await asking
    picked = await ann.pick(offered)
    assert picked.html == "<b>V форум</b>"
    assert picked.message["via_bot"]["is_bot"]


async def test_population_exists_without_being_named() -> None:
    async with Sandbox(population=range(1, 1_000_001), keep_messages=False) as sandbox:
        assert sandbox.world.chat(777_777) is not None
        assert sandbox.world.chat(1_000_001) is None
        assert sandbox.world.chats == {}
        sandbox.person("Анна", 777_777, started=True).block()
        found = sandbox.world.chat(777_777)
        assert found is not None
        assert found.status(sandbox.world.bot.id) == "kicked"
