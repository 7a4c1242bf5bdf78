"""A text that its source changes after people know its event: what it says anew waits for a moderator with it."""

from dataclasses import replace
from datetime import date, time

import pytest

from domain.events import EventStatus
from domain.items import ItemState
from domain.roles import Role
from sandbox.people import Person
from tests.handlers.admin.test_review import open_review, publish, stated
from tests.handlers.house import SAYANOGORSK, House
from tests.stories import event, event_of, tell

pytestmark = pytest.mark.usefixtures("post")

FIRST = "Собрание жителей\nПриглашаем на собрание 5 декабря в 18:00 в школе."
MOVED = "Собрание жителей\nПриглашаем на собрание 12 декабря в 19:00 в школе."


async def let_out_and_moved(house: House) -> Person:
    """The first version is published by a moderator, the second waits."""
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, FIRST)
    await open_review(moderator, "№ 1")
    await moderator.expects("сб 5 декабря, 18:00")
    await moderator.press("Опубликовать")
    await moderator.answer()
    await moderator.expects("Всё разобрано")
    await publish(house, MOVED)
    await open_review(moderator, "№ 1")
    await moderator.expects("сб 12 декабря, 19:00")
    return moderator


async def test_day_that_a_source_moves_is_the_events_once_a_moderator_lets_it_out(house: House) -> None:
    moderator = await let_out_and_moved(house)
    before = await stated(house, 1)
    assert [str(part) for part in before[:2]] == ["2026-12-05", "18:00:00"]
    await moderator.press("Опубликовать")
    assert "Опубликовано" in await moderator.answer()
    day, hour, _, sequence, status = await stated(house, 1)
    assert (str(day), str(hour), status) == ("2026-12-12", "19:00:00", EventStatus.CONFIRMED)
    assert sequence != before[3]


async def test_day_that_a_source_moves_is_forgotten_where_a_moderator_refuses_it(house: House) -> None:
    moderator = await let_out_and_moved(house)
    before = await stated(house, 1)
    await moderator.press("Отклонить")
    await moderator.answer()
    assert await stated(house, 1) == before


async def test_day_that_a_moderator_gives_to_a_known_event_waits_for_the_publishing(house: House) -> None:
    moderator = await let_out_and_moved(house)
    before = await stated(house, 1)
    await moderator.press("Править")
    await moderator.press("Когда и где")
    await moderator.send("20 декабря в 17:00, дом культуры")
    await moderator.expects("вс 20 декабря, 17:00 · дом культуры")
    assert await stated(house, 1) == before
    await moderator.press("Опубликовать")
    await moderator.answer()
    day, hour, venue, *_ = await stated(house, 1)
    assert (str(day), str(hour), venue) == ("2026-12-20", "17:00:00", "дом культуры")


async def test_event_that_nobody_knows_yet_moves_with_its_text(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    await publish(house, FIRST)
    await publish(house, MOVED)
    await open_review(moderator, "№ 1")
    await moderator.expects("сб 12 декабря, 19:00")
    day, *_, status = await stated(house, 1)
    assert (str(day), status) == ("2026-12-12", EventStatus.TENTATIVE)


async def test_text_in_review_adds_nothing_to_an_event_that_is_known_before_it_is_let_out(house: House) -> None:
    moderator = await house.official("Модератор", Role.MODERATOR, SAYANOGORSK)
    async with house.database.begin() as connection:
        forum = event("Форум жителей", date(2026, 12, 15), at=time(14))
        known = await event_of(connection, await tell(connection, "Все на форум", now=house.clock(), event=forum))
        told = replace(forum, venue="дом культуры", status=EventStatus.TENTATIVE)
        await tell(connection, "Форум жителей готов", now=house.clock(), state=ItemState.REVIEW, event=told)
    assert (await stated(house, known))[2] is None
    await open_review(moderator, "№ 2")
    await moderator.expects("вт 15 декабря, 14:00 · дом культуры")
    await moderator.press("Опубликовать")
    await moderator.answer()
    _, _, venue, _, status = await stated(house, known)
    assert (venue, status) == ("дом культуры", EventStatus.CONFIRMED)
