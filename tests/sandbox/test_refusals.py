"""Every refusal in Telegram's own words."""

from typing import Any

import aiohttp
import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import Ask

ANN = 1001


@pytest.fixture(autouse=True)
def ann(sandbox: Sandbox) -> Person:
    return sandbox.person("Анна", ANN, started=True)


def button(**kind: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Кнопка", **kind}]]}


SEND = {
    "message text is empty": {"text": " \n "},
    "message is too long": {"text": "я" * 4097},
    "chat not found": {"chat_id": 404},
    "unsupported parse_mode": {"parse_mode": "BBCode"},
    "BUTTON_DATA_INVALID": {"reply_markup": button(callback_data="я" * 33)},
    "text buttons are unallowed in the inline keyboard": {"reply_markup": button()},
    "inline keyboard button URL 'ftp://a.ru' is invalid: Wrong HTTP URL": {"reply_markup": button(url="ftp://a.ru")},
    "reply markup is too long": {"reply_markup": {"inline_keyboard": [[{"text": "х", "callback_data": "x"}]] * 101}},
    "object expected as reply markup": {"reply_markup": "[]"},
    "can't parse inline keyboard button: Can't find field \"text\"": {
        "reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}
    },
    "message thread not found": {"message_thread_id": 7},
    "message to be replied not found": {"reply_parameters": {"message_id": 999}},
    'sandbox: sendMessage has no parameter "txt" in Bot API 10.3': {"txt": "опечатка"},
    'sandbox: InlineKeyboardButton has no field "data" in Bot API 10.3': {"reply_markup": button(data="x")},
}


@pytest.mark.parametrize(("words", "given"), SEND.items())
async def test_send_message_is_refused_in_telegrams_words(ask: Ask, words: str, given: dict[str, Any]) -> None:
    answer = await ask("sendMessage", **{"chat_id": ANN, "text": "слово", **given})
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}


async def test_what_is_missing_is_named(ask: Ask) -> None:
    assert (await ask("sendMessage", text="а"))["description"] == "Bad Request: chat_id is empty"
    assert (await ask("sendMessage", chat_id=ANN))["description"] == "Bad Request: message text is empty"
    assert (await ask("editMessageText", chat_id=ANN, text="а"))["description"] == (
        "Bad Request: message identifier is not specified"
    )
    assert (await ask("sendPhoto", chat_id=ANN))["description"] == "Bad Request: there is no photo in the request"


async def test_length_counts_utf16_units_after_entities(ask: Ask) -> None:
    assert (await ask("sendMessage", chat_id=ANN, text="<b>" + "😀" * 2048 + "</b>", parse_mode="HTML"))["ok"]
    assert not (await ask("sendMessage", chat_id=ANN, text="😀" * 2048 + "я"))["ok"]


async def test_bare_text_may_stand_for_a_key_and_a_poll_option(ask: Ask, ann: Person) -> None:
    assert (await ask("sendMessage", chat_id=ANN, text="а", reply_markup={"keyboard": [["Новости"]]}))["ok"]
    assert ann.screen().keyboard[0][0].text == "Новости"
    poll = (await ask("sendPoll", chat_id=ANN, question="Когда?", options=["сб", {"text": "вс"}]))["result"]["poll"]
    assert [option["text"] for option in poll["options"]] == ["сб", "вс"]


async def test_callback_data_is_counted_in_bytes(ask: Ask) -> None:
    assert (await ask("sendMessage", chat_id=ANN, text="а", reply_markup=button(callback_data="я" * 32)))["ok"]


async def test_edit_that_changes_nothing_is_refused(ask: Ask) -> None:
    sent = (await ask("sendMessage", chat_id=ANN, text="слово"))["result"]
    same = {"chat_id": ANN, "message_id": sent["message_id"], "text": "слово"}
    assert (await ask("editMessageText", **same))["description"].startswith("Bad Request: message is not modified: ")
    assert (await ask("editMessageText", **{**same, "text": "два"}))["result"]["edit_date"]


async def test_only_own_messages_are_edited(sandbox: Sandbox, ask: Ask, ann: Person) -> None:
    theirs = await ann.send("моё")
    edit = {"chat_id": ANN, "text": "чужое"}
    assert (await ask("editMessageText", message_id=theirs.id, **edit))["description"] == (
        "Bad Request: message can't be edited"
    )
    assert (await ask("editMessageText", message_id=999, **edit))["description"] == (
        "Bad Request: message to edit not found"
    )


async def test_edit_without_a_keyboard_takes_it_away(ask: Ask, ann: Person) -> None:
    sent = await ask("sendMessage", chat_id=ANN, text="слово", reply_markup=button(callback_data="x"))
    await ask("editMessageText", chat_id=ANN, message_id=sent["result"]["message_id"], text="другое")
    assert ann.screen().last.buttons == []


async def test_deactivated_person_is_forbidden(ask: Ask, ann: Person) -> None:
    ann.delete_account()
    answer = await ask("sendMessage", chat_id=ANN, text="а")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: user is deactivated")


async def test_group_that_migrated_names_its_new_id(sandbox: Sandbox, ask: Ask, ann: Person) -> None:
    group = sandbox.group("Двор", ann, bot_status="member")
    new = group.migrate(-1000000009009)
    answer = await ask("sendMessage", chat_id=group.id, text="а")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
    assert (await ask("sendMessage", chat_id=new.id, text="а"))["ok"]


async def test_bot_must_be_in_the_chat_and_an_admin_of_the_channel(sandbox: Sandbox, ask: Ask, ann: Person) -> None:
    group, channel = sandbox.supergroup("Двор", ann), sandbox.channel("Вести", ann, bot_status="member")
    said = {chat.id: (await ask("sendMessage", chat_id=chat.id, text="а"))["description"] for chat in (group, channel)}
    assert said[group.id] == "Forbidden: bot is not a member of the supergroup chat"
    assert said[channel.id] == "Bad Request: need administrator rights in the channel chat"
    ann.add_bot(group)
    ann.remove_bot(group)
    kicked = await ask("sendMessage", chat_id=group.id, text="а")
    assert kicked["description"] == "Forbidden: bot was kicked from the supergroup chat"


async def test_unknown_method_and_wrong_token(sandbox: Sandbox, ask: Ask, web: aiohttp.ClientSession) -> None:
    assert await ask("sendMesage") == {"ok": False, "error_code": 404, "description": "Not Found"}
    async with web.get(f"{sandbox.url}/bot1:wrong/getMe") as answer:
        assert await answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_known_method_that_is_not_built_says_so(ask: Ask) -> None:
    answer = await ask("sendDice", chat_id=ANN)
    assert answer["error_code"] == 501
    assert "sendDice is not supported by the sandbox" in answer["description"]


async def test_parameters_come_by_query_form_json_and_multipart(sandbox: Sandbox, web: aiohttp.ClientSession) -> None:
    url = f"{sandbox.url}/bot{sandbox.token}/sendmessage"
    given = {"chat_id": str(ANN), "text": "слово"}
    for request in (
        web.get(url, params=given),
        web.post(url, data=given),
        web.post(url, json=given),
        web.post(url, data=aiohttp.FormData(given, default_to_multipart=True)),
    ):
        async with request as answer:
            assert (await answer.json())["result"]["text"] == "слово"
    assert sandbox.ledger.count(ANN, "слово") == 4


async def test_answer_to_a_press_is_bounded_and_given_once(ask: Ask, ann: Person) -> None:
    await ask("sendMessage", chat_id=ANN, text="а", reply_markup=button(callback_data="x"))
    await ann.press("Кнопка")
    query = (await ask("getUpdates"))["result"][-1]["callback_query"]["id"]
    long = await ask("answerCallbackQuery", callback_query_id=query, text="я" * 201)
    assert long["description"] == "Bad Request: MESSAGE_TOO_LONG"
    assert (await ask("answerCallbackQuery", callback_query_id=query, text="да"))["ok"]
    assert await ann.answer() == "да"
    again = await ask("answerCallbackQuery", callback_query_id=query)
    assert again["description"] == ("Bad Request: query is too old and response timeout expired or query ID is invalid")


async def test_late_answer_to_a_press_is_too_old() -> None:
    now = [1_000_000.0]
    async with Sandbox(clock=lambda: now[0]) as sandbox:
        ann = sandbox.person("Анна", ANN, started=True)
        async with aiohttp.ClientSession() as web:
            base = f"{sandbox.url}/bot{sandbox.token}"
            await web.post(
                f"{base}/sendMessage", json={"chat_id": ANN, "text": "а", "reply_markup": button(callback_data="x")}
            )
            await ann.press("x")
            now[0] += 3600
            query = sandbox.telegram.updates.pending[-1]["callback_query"]["id"]
            async with web.post(f"{base}/answerCallbackQuery", json={"callback_query_id": query}) as answer:
                assert "query is too old" in (await answer.json())["description"]


async def test_more_than_fifty_inline_results_are_too_many(ask: Ask, ann: Person) -> None:
    results = [
        {"type": "article", "id": str(n), "title": "т", "input_message_content": {"message_text": "т"}}
        for n in range(51)
    ]
    answer = await ask("answerInlineQuery", inline_query_id="1", results=results)
    assert answer["description"] == "Bad Request: RESULTS_TOO_MUCH"
