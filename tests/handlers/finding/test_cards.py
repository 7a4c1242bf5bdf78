"""Cards of items and events: opened, answered, put into a calendar, shared, reminded of."""

from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar

from domain.events import Answer
from domain.items import ItemState
from sandbox.people import Person
from sandbox.screens import Seen
from storage.content import items
from storage.people import attendances, reminders
from tests.handlers.house import House
from tests.stories import event, event_of, limit_places, tell

FORUM = date(2026, 12, 15)


@pytest.fixture
async def forum(house: House) -> int:
    """The event's id."""
    async with house.database.begin() as connection:
        item = await tell(
            connection,
            "V форум ТОС <Саяногорск>",
            "Председателей ТОС ждут 15 декабря в 14:00 в ДК «Энергетик».",
            now=house.clock(),
            url="https://www.sayan.example/forum",
            event=event("V форум ТОС", FORUM, at=time(14), venue="ДК «Энергетик»", deadline=date(2026, 12, 10)),
        )
        return await event_of(connection, item)


@pytest.fixture
async def anna(house: House) -> Person:
    return await house.resident("Анна")


async def opened(person: Person, event_id: int) -> Seen:
    await person.start(f"e_{event_id}")
    return await person.expects("V форум ТОС")


async def test_a_card_is_opened_from_a_list_which_stays(house: House, anna: Person, forum: int) -> None:
    await anna.send("форум тос")
    listed = await anna.expects("«форум тос»")
    await anna.press("1")
    card = await anna.expects("ДК «Энергетик»")
    assert card.id != listed.id


async def test_a_card_tells_what_when_where_and_who_says_so(anna: Person, forum: int) -> None:
    seen = await opened(anna, forum)
    assert "V форум ТОС <Саяногорск>" in seen.text
    assert "🗓 вт 15 декабря, 14:00 (через 24 дня)" in seen.text
    assert "⏳ заявки до чт 10 декабря (через 19 дней)" in seen.text
    assert "📍 ДК «Энергетик», Саяногорск, Республика Хакасия" in seen.text
    assert "Опубликовано: сб 21 ноября" in seen.text
    assert "Источник: sayan.example" in seen.text
    assert "Место узнано по словам: «в Саяногорске»" in seen.text
    assert 'href="https://www.sayan.example/forum"' in seen.html


async def test_an_answer_is_kept_counted_and_can_be_changed(house: House, anna: Person, forum: int) -> None:
    await opened(anna, forum)
    await anna.press("Приду")
    assert "вы придёте" in await anna.answer()
    await anna.expects("👥 придёт 1")
    await anna.press("Не смогу")
    seen = await anna.expects("V форум ТОС")
    assert "👥" not in seen.text
    subscriber = await house.subscriber(anna)
    async with house.database.read() as connection:
        kept = await attendances.attendance(connection, forum, subscriber.id)
    assert kept.mine is Answer.NO


async def test_the_last_place_is_given_once(house: House, anna: Person, forum: int) -> None:
    async with house.database.begin() as connection:
        await limit_places(connection, forum, 1)
    boris = await house.resident("Борис")
    await opened(anna, forum)
    await opened(boris, forum)
    await anna.press("Приду")
    await anna.expects("занято 1 из 1")
    await boris.press("Приду")
    assert "Все места заняты" in await boris.answer()
    await anna.press("Возможно")
    await anna.expects("занято 0 из 1")
    await boris.press("Приду")
    await boris.expects("занято 1 из 1")


async def test_what_is_over_takes_no_answers(house: House, anna: Person, forum: int) -> None:
    await opened(anna, forum)
    house.clock.advance(days=30)
    await anna.press("Приду")
    assert "больше не принимаются" in await anna.answer()
    seen = await anna.expects("уже прошло")
    assert seen.labels == ["↗ Поделиться"]


async def test_a_calendar_file_is_handed_over(house: House, anna: Person, forum: int) -> None:
    await opened(anna, forum)
    await anna.press("В календарь")
    seen = await anna.expects("Откройте файл")
    content = house.sandbox.telegram.world.files[seen.message["document"]["file_id"]].data
    calendar = Calendar.from_ical(content)
    entry = next(part for part in calendar.walk("VEVENT") if str(part["uid"]) == f"event-{forum}@glashatai")
    assert entry.decoded("dtstart") == datetime(2026, 12, 15, 7, 0, tzinfo=UTC)


async def test_reminders_are_chosen_and_taken_back(house: House, anna: Person, forum: int) -> None:
    await opened(anna, forum)
    await anna.press("Напомнить")
    await anna.expects("Когда напомнить?")
    await anna.press("☐ за 1 день")
    await anna.expects("Когда напомнить?")
    await anna.press("☐ за 3 дня до срока")
    seen = await anna.expects("Когда напомнить?")
    assert {"☑ за 1 день", "☑ за 3 дня до срока"} <= set(seen.labels)
    await anna.press("☑ за 1 день")
    await anna.press("Назад")
    await anna.expects("ДК «Энергетик»")
    subscriber = await house.subscriber(anna)
    async with house.database.read() as connection:
        ((deadline, minutes),) = await reminders.wanted(connection, subscriber.id, forum)
    assert deadline is not None
    assert minutes == 3 * 24 * 60


async def test_a_reminder_whose_moment_is_over_is_refused(house: House, anna: Person, forum: int) -> None:
    await opened(anna, forum)
    await anna.press("Напомнить")
    await anna.expects("Когда напомнить?")
    house.clock.advance(days=23, hours=6)
    await anna.press("☐ за 3 дня")
    assert "уже прошёл" in await anna.answer()


async def test_what_was_taken_back_is_no_longer_shown(house: House, anna: Person) -> None:
    async with house.database.begin() as connection:
        item = await tell(connection, "Слух", now=house.clock())
        await items.set_state(connection, item, ItemState.WITHDRAWN, house.clock())
    await anna.start(f"i_{item}")
    await anna.expects("Этого здесь больше нет")
    await anna.send("слух")
    await anna.expects("Ничего не нашлось")


@pytest.mark.parametrize("payload", ["e_999999", "i_999999"])
async def test_a_link_to_nothing_is_answered(anna: Person, payload: str) -> None:
    await anna.start(payload)
    await anna.expects("Этого здесь больше нет")


async def test_forged_answers_are_refused(house: House, anna: Person, forum: int) -> None:
    seen = await opened(anna, forum)
    await anna.forge("go:999999:yes", seen)
    assert await anna.answer()
    await anna.forge(f"rt:{forum}:0:1", seen)
    assert await anna.answer()


async def test_long_texts_fit_one_message(house: House, anna: Person) -> None:
    async with house.database.begin() as connection:
        item = await tell(connection, "Закон " * 60, "слово & <тег> " * 3000, now=house.clock())
    await anna.start(f"i_{item}")
    seen = await anna.expects("Закон")
    assert len(seen.text) <= 4096
