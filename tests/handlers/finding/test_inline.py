"""Inline mode and groups: where others talk, we speak when spoken to."""

from datetime import date, time

import pytest

from sandbox.people import Person
from storage.people import subscriptions
from tests.handlers.house import House
from tests.stories import event, event_of, tell

FORUM = date(2026, 12, 15)


@pytest.fixture
async def forum(house: House) -> int:
    async with house.database.begin() as connection:
        item = await tell(
            connection,
            "V форум ТОС в Саяногорске",
            now=house.clock(),
            event=event("V форум ТОС", FORUM, at=time(14), venue="ДК «Энергетик»"),
        )
        await tell(connection, "Отключение воды на улице Ленина", now=house.clock())
        return await event_of(connection, item)


@pytest.fixture
async def anna(house: House) -> Person:
    return await house.resident("Анна")


async def test_cards_are_offered_in_any_chat(house: House, anna: Person, forum: int) -> None:
    group = house.sandbox.group("ТОС «Заречный»")
    anna.join(group)
    (offered,) = await anna.ask_inline("форум тос")
    assert offered["title"] == "V форум ТОС в Саяногорске"
    assert offered["description"] == "15 дек · ДК «Энергетик», Саяногорск, Республика Хакасия"
    username = (await house.bot.me()).username
    sent = await anna.pick(offered, group)
    assert "🗓 вт 15 декабря, 14:00" in sent.text
    assert [button.url for button in sent.buttons] == [f"https://t.me/{username}?start=e_{forum}"]


async def test_sharing_offers_the_very_card(anna: Person, forum: int) -> None:
    await anna.start(f"e_{forum}")
    card = await anna.expects("V форум ТОС")
    share = card.button("Поделиться")
    assert share is not None
    assert share.raw["switch_inline_query"] == f"e_{forum}"
    (offered,) = await anna.ask_inline(f"e_{forum}")
    assert offered["title"] == "V форум ТОС в Саяногорске"


async def test_without_words_what_is_ahead_is_offered(anna: Person, forum: int) -> None:
    (offered,) = await anna.ask_inline("")
    assert offered["title"] == "V форум ТОС в Саяногорске"


async def test_a_stranger_may_ask_inline_too(house: House, forum: int) -> None:
    stranger = house.person("Прохожий")
    assert len(await stranger.ask_inline("форум тос")) == 1
    assert await stranger.ask_inline("абракадабрище") == []


async def test_in_a_group_mentions_are_answered_and_talk_is_not(house: House, anna: Person, forum: int) -> None:
    group = house.sandbox.group("ТОС «Заречный»")
    anna.join(group)
    anna.add_bot(group)
    await anna.send("когда же форум тос?", group)
    await anna.send(f"@{(await house.bot.me()).username} форум тос", group)
    await anna.expects("«форум тос»", group)
    answers = [seen for seen in anna.screen(group) if "«когда же форум тос?»" in seen.text]
    assert answers == []


async def test_in_a_forum_topic_the_answer_stays_in_the_topic(house: House, anna: Person, forum: int) -> None:
    group = house.sandbox.group("ТОС «Заречный»")
    topic = group.add_topic("Объявления")
    anna.join(group)
    anna.add_bot(group)
    await anna.send("/search форум тос", group, topic=topic)
    seen = await anna.expects("«форум тос»", group)
    assert seen.message["message_thread_id"] == topic


async def test_a_card_in_a_group_leads_into_the_bot(house: House, anna: Person, forum: int) -> None:
    group = house.sandbox.group("ТОС «Заречный»")
    anna.join(group)
    anna.add_bot(group)
    await anna.send("/search форум тос", group)
    await anna.expects("«форум тос»", group)
    await anna.press("1", group)
    seen = await anna.expects("ДК «Энергетик»", group)
    assert seen.labels == ["Открыть в боте"]
    await anna.forge(f"go:{forum}:yes", seen, group)
    assert await anna.answer()


async def test_in_a_group_another_place_is_named_by_an_answer(house: House, anna: Person, forum: int) -> None:
    group = house.sandbox.group("ТОС «Заречный»")
    anna.join(group)
    anna.add_bot(group)
    await anna.send("/search форум тос", group)
    await anna.expects("«форум тос»", group)
    await anna.press("Место", group)
    await anna.expects("Какое место?", group)
    await anna.press("Другое место", group)
    await anna.expects("Ответьте на это сообщение", group)


async def test_only_administrators_follow_for_a_group(house: House, anna: Person, forum: int) -> None:
    group = house.sandbox.group("ТОС «Заречный»")
    leader = house.person("Председатель")
    anna.join(group)
    leader.join(group, "administrator")
    anna.add_bot(group)
    await anna.send("/search форум тос", group)
    await anna.expects("«форум тос»", group)
    await anna.press("Следить", group)
    assert "администратор" in (await anna.answer()).lower()
    await leader.press("Следить", group)
    await leader.expects("Как часто?", group)
    await leader.press("Каждый вечер", group)
    await leader.expects("Теперь вы следите: «форум тос»", group)
    async with house.database.read() as connection:
        everything = [one for number in range(1, 9) for one in await subscriptions.of(connection, number)]
    assert [one.words for one in everything if one.words] == ["форум тос"]
