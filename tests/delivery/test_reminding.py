"""Reminders follow their events; moves and cancellations reach all who said they would come."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from delivery.reminding import remind_due
from delivery.telling import tell_changes
from domain.events import Answer, EventStatus
from domain.mailings import DeliveryState
from storage.engine import Database
from storage.people import reminders
from storage.tables import attendances, deadlines, deliveries, events, mailings, subscribers
from tests.deliveries import NOON, add_event, add_item, add_people
from tests.delivery.conftest import Office

START = datetime(2026, 12, 15, 7, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


async def comes(database: Database, event: int, person: int, answer: Answer = Answer.YES, at: datetime = NOON) -> None:
    row = {"event_id": event, "subscriber_id": person, "answer": answer, "answered_at": at}
    async with database.begin() as connection:
        await connection.execute(insert(attendances).values(row))


async def reminded(database: Database) -> list[tuple[str, int]]:
    """(key without its moment, chat id), in order."""
    query = (
        select(mailings.c.key, subscribers.c.chat_id)
        .join_from(deliveries, mailings, mailings.c.id == deliveries.c.mailing_id)
        .join(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
        .order_by(deliveries.c.id)
    )
    async with database.read() as connection:
        return [(":".join(row[0].split(":")[:4]), row[1]) for row in await connection.execute(query)]


async def test_who_comes_is_reminded_a_day_and_an_hour_before(database: Database) -> None:
    async with database.begin() as connection:
        yes, maybe = await add_people(connection, [1, 2])
        event = await add_event(connection)
    await comes(database, event, yes)
    await comes(database, event, maybe, Answer.MAYBE)
    for now in (START - 2 * DAY, START - DAY, START - DAY + HOUR, START - HOUR, START - HOUR / 2, START + HOUR):
        await remind_due(database, now)
    assert await reminded(database) == [(f"reminder:{event}:0:1440", 1), (f"reminder:{event}:0:60", 1)]


async def test_who_chose_otherwise_is_reminded_as_chosen(database: Database) -> None:
    async with database.begin() as connection:
        (one,) = await add_people(connection, [1])
        event = await add_event(connection)
        assert await reminders.want(connection, one, event, None, 180, NOON)
    await comes(database, event, one)
    for hours in range(48, -2, -1):
        await remind_due(database, START - hours * HOUR)
    assert await reminded(database) == [(f"reminder:{event}:0:180", 1)]


async def test_a_deadline_is_reminded_of_seven_days_and_one_day_before(database: Database) -> None:
    async with database.begin() as connection:
        (one,) = await add_people(connection, [1])
        event = await add_event(connection, starts_at=None, start_date=None, start_time=None)
        stage = await connection.execute(insert(deadlines).values(event_id=event, at=START))
        number = stage.inserted_primary_key[0] if stage.inserted_primary_key else 0
    await comes(database, event, one, Answer.MAYBE)
    for days in range(9, -2, -1):
        await remind_due(database, START - days * DAY)
    assert await reminded(database) == [(f"reminder:{event}:{number}:10080", 1), (f"reminder:{event}:{number}:1440", 1)]


async def test_a_reminder_moves_with_its_event_and_is_owed_again(database: Database) -> None:
    async with database.begin() as connection:
        (one,) = await add_people(connection, [1])
        event = await add_event(connection)
        assert await reminders.want(connection, one, event, None, 1440, NOON)
    await remind_due(database, START - DAY)
    async with database.begin() as connection:
        later = {"start_date": date(2026, 12, 17), "starts_at": START + 2 * DAY, "sequence": 1}
        await connection.execute(update(events).values(later))
    for hours in (20, -1, -20, -24, -25):
        await remind_due(database, START - hours * HOUR)
    assert await reminded(database) == [(f"reminder:{event}:0:1440", 1)] * 2


async def test_a_cancelled_event_is_not_reminded_of(database: Database) -> None:
    async with database.begin() as connection:
        (one,) = await add_people(connection, [1])
        event = await add_event(connection, status=EventStatus.CANCELLED)
    await comes(database, event, one)
    await remind_due(database, START - HOUR)
    assert await reminded(database) == []


async def test_a_reminder_missed_while_down_comes_late_but_not_after_the_beginning(database: Database) -> None:
    async with database.begin() as connection:
        (one,) = await add_people(connection, [1])
        event = await add_event(connection)
    await comes(database, event, one)
    await remind_due(database, START + timedelta(minutes=1))
    assert await reminded(database) == []
    await remind_due(database, START - HOUR / 2)
    assert len(await reminded(database)) == 2


async def test_a_move_and_a_cancellation_are_told_once_to_all_who_come(database: Database) -> None:
    async with database.begin() as connection:
        yes, maybe, no, late = await add_people(connection, [1, 2, 3, 4])
        event = await add_event(connection)
    for one, answer in ((yes, Answer.YES), (maybe, Answer.MAYBE), (no, Answer.NO)):
        await comes(database, event, one, answer)
    assert await tell_changes(database, NOON) == 0
    changes: list[dict[str, Any]] = [{"venue": "Школа 5"}, {"status": EventStatus.CANCELLED}]
    for number, values in enumerate(changes, 1):
        async with database.begin() as connection:
            await connection.execute(update(events).values(sequence=number, **values))
        assert await tell_changes(database, NOON + number * HOUR) == 1
        assert await tell_changes(database, NOON + number * HOUR) == 0
    await comes(database, event, late, at=NOON + DAY)
    assert await reminded(database) == [(f"event:{event}:{n}", chat) for n in (1, 2) for chat in (1, 2)]


async def test_the_words_of_a_reminder_and_of_a_move_reach_people(office: Office) -> None:
    async with office.database.begin() as connection:
        (one,) = await add_people(connection, [1])
        event = await add_event(connection)
        await add_item(connection, event_id=event)
    await comes(office.database, event, one)
    await tell_changes(office.database, NOON)
    async with office.database.begin() as connection:
        later = {"start_date": date(2026, 12, 17), "starts_at": START + 2 * DAY, "sequence": 1}
        await connection.execute(update(events).values(later))
    await tell_changes(office.database, NOON)
    office.now = START + DAY
    await remind_due(office.database, office.now)
    async with office.sending():
        await office.finished(1, 2)
    texts = [post.message["text"] for post in office.sandbox.world.chats[1].posts.values()]
    assert len(texts) == 2
    assert any("V форум ТОС" in text and "15 декабря, 14:00" in text and "17 декабря, 14:00" in text for text in texts)
    async with office.database.read() as connection:
        assert set(await connection.scalars(select(deliveries.c.state))) == {DeliveryState.SENT}
