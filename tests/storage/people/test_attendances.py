"""Answers to an event: counted, changed, bounded by its places."""

import asyncio
from datetime import UTC, date, datetime, time

from domain.cards import Attendance
from domain.events import Answer
from domain.subscribers import ChatKind
from storage.engine import Connection, Database
from storage.people import attendances, reminders, subscribers
from storage.people.attendances import Reply
from tests.stories import event, event_of, limit_places, tell

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)


async def forum(connection: Connection) -> int:
    draft = event("V форум ТОС", date(2026, 12, 15), at=time(14), deadline=date(2026, 12, 10))
    return await event_of(connection, await tell(connection, "V форум ТОС", now=NOW, event=draft))


async def people(connection: Connection, count: int) -> list[int]:
    made = [
        await subscribers.ensure(
            connection, chat_id=1000 + at, kind=ChatKind.PRIVATE, language="ru", time_zone="Asia/Krasnoyarsk", now=NOW
        )
        for at in range(count)
    ]
    return [one.id for one in made]


async def test_answers_are_counted_and_the_latest_of_each_person_holds(database: Database) -> None:
    async with database.begin() as connection:
        number, (anna, boris) = await forum(connection), await people(connection, 2)
        await attendances.answer(connection, number, anna, Answer.YES, NOW)
        await attendances.answer(connection, number, anna, Answer.MAYBE, NOW)
        await attendances.answer(connection, number, boris, Answer.YES, NOW)
        assert await attendances.attendance(connection, number, anna) == Attendance(1, 1, 0, Answer.MAYBE)


async def test_of_many_at_once_only_as_many_come_as_there_are_places(database: Database) -> None:
    async with database.begin() as connection:
        number, everyone = await forum(connection), await people(connection, 8)
        await limit_places(connection, number, 3)

    async def come(person: int) -> Reply:
        async with database.begin() as connection:
            return await attendances.answer(connection, number, person, Answer.YES, NOW)

    replies = await asyncio.gather(*map(come, everyone))
    assert sorted(replies) == [Reply.FULL] * 5 + [Reply.TAKEN] * 3
    async with database.read() as connection:
        assert (await attendances.attendance(connection, number, None)).yes == 3


async def test_who_has_a_place_may_say_so_again(database: Database) -> None:
    async with database.begin() as connection:
        number, (anna,) = await forum(connection), await people(connection, 1)
        await limit_places(connection, number, 1)
        for _ in range(2):
            assert await attendances.answer(connection, number, anna, Answer.YES, NOW) is Reply.TAKEN


async def test_nobody_answers_to_what_is_not_there(database: Database) -> None:
    async with database.begin() as connection:
        (anna,) = await people(connection, 1)
        assert await attendances.answer(connection, 999, anna, Answer.YES, NOW) is Reply.CLOSED


async def test_a_reminder_is_due_before_the_event_and_is_asked_for_once(database: Database) -> None:
    async with database.begin() as connection:
        number, (anna,) = await forum(connection), await people(connection, 1)
        for _ in range(2):
            assert await reminders.want(connection, anna, number, None, 60, NOW)
        assert await reminders.wanted(connection, anna, number) == {(None, 60)}
        assert not await reminders.want(connection, anna, number, None, 60 * 24 * 365, NOW)
        assert not await reminders.want(connection, anna, number, 12345, 60, NOW)
        await reminders.unwant(connection, anna, number, None, 60)
        assert await reminders.wanted(connection, anna, number) == frozenset()
