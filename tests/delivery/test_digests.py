"""Digests: each once, at its reader's hour, whatever the clocks do."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, update

from delivery.digests import split, start_digests
from delivery.freezing import freeze_step
from domain.digests import latest_period
from domain.subscribers import Frequency
from storage.content import cards
from storage.engine import Database
from storage.tables import deliveries, digests, items, matches, subscribers
from tests.deliveries import NOON, add_event, add_item, add_people, subscribe

RUSSIAN_ZONES = [
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
]


async def tick(database: Database, now: datetime) -> None:
    await start_digests(database, now)
    while await freeze_step(database, now):
        pass


async def prepare(
    database: Database, zones: list[str], frequency: Frequency = Frequency.DAILY, **values: Any
) -> list[int]:
    """One person a zone, by whose index the chat is known."""
    people = []
    async with database.begin() as connection:
        for number, zone in enumerate(zones, 1):
            people += await add_people(connection, [number], time_zone=zone, **values)
            await subscribe(connection, people[-1], frequency=frequency)
    return people


async def publish(database: Database, people: list[int], frequency: Frequency, at: datetime) -> int:
    """An item that is matched already, as it would be at that moment."""
    async with database.begin() as connection:
        item = await add_item(connection, f"Новость {at}", matched_at=at)
        rows = [
            {"subscriber_id": one, "item_id": item, "subscription_id": one, "frequency": frequency} for one in people
        ]
        await connection.execute(insert(matches), rows)
    return item


async def received(database: Database) -> dict[int, list[list[int]]]:
    """Subscriber → the items of each digest."""
    query = select(deliveries.c.subscriber_id, deliveries.c.content).order_by(deliveries.c.id)
    found: dict[int, list[list[int]]] = {}
    async with database.read() as connection:
        for person, content in await connection.execute(query):
            found.setdefault(person, []).append(content["items"])
    return found


async def test_each_of_eleven_zones_gets_its_digest_in_its_own_evening(database: Database) -> None:
    people = await prepare(database, RUSSIAN_ZONES)
    start = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
    item = await publish(database, people, Frequency.DAILY, start - timedelta(hours=1))
    got_at: dict[int, datetime] = {}
    for half in range(24 * 2):
        now = start + timedelta(minutes=30 * half)
        await tick(database, now)
        for person in await received(database):
            got_at.setdefault(person, now)
    assert await received(database) == {person: [[item]] for person in people}
    for person, zone in zip(people, RUSSIAN_ZONES, strict=True):
        assert got_at[person].astimezone(ZoneInfo(zone)).hour == 19, zone


async def test_digests_missed_while_the_process_was_down_come_once(database: Database) -> None:
    people = await prepare(database, RUSSIAN_ZONES)
    item = await publish(database, people, Frequency.DAILY, NOON)
    await tick(database, NOON + timedelta(days=3))
    await tick(database, NOON + timedelta(days=3, minutes=1))
    assert await received(database) == {person: [[item]] for person in people}


async def test_clock_jumps_repeat_no_digest(database: Database) -> None:
    people = await prepare(database, ["Asia/Krasnoyarsk"])
    evening = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    first = await publish(database, people, Frequency.DAILY, evening - timedelta(hours=2))
    for jump in (0, 60, -60, 30, -120, 61):
        await tick(database, evening + timedelta(minutes=jump))
    second = await publish(database, people, Frequency.DAILY, evening + timedelta(hours=2))
    for hours in (22, 25, 23, 24, 26):
        await tick(database, evening + timedelta(hours=hours))
    assert await received(database) == {people[0]: [[first], [second]]}


async def test_an_empty_digest_is_not_sent(database: Database) -> None:
    people = await prepare(database, ["Europe/Moscow"])
    item = await publish(database, people, Frequency.DAILY, NOON)
    async with database.begin() as connection:
        await connection.execute(update(items).values(state="withdrawn"))
    await tick(database, NOON + timedelta(days=2))
    assert await received(database) == {}
    async with database.begin() as connection:
        await connection.execute(update(items).where(items.c.id == item).values(state="published"))
    await tick(database, NOON + timedelta(days=3))
    assert await received(database) == {people[0]: [[item]]}


async def test_no_item_comes_twice(database: Database) -> None:
    people = await prepare(database, ["Europe/Moscow"])
    told = []
    for day in range(5):
        told.append(await publish(database, people, Frequency.DAILY, NOON + timedelta(days=day)))
        await tick(database, NOON + timedelta(days=day, hours=8))
    seen = Counter(item for digest in (await received(database))[people[0]] for item in digest)
    assert seen == dict.fromkeys(told, 1)


async def test_weekly_digests_come_on_fridays(database: Database) -> None:
    people = await prepare(database, ["Asia/Vladivostok"], Frequency.WEEKLY)
    await publish(database, people, Frequency.WEEKLY, NOON)  # a Tuesday
    for hours in range(3, 24 * 5, 3):
        await tick(database, NOON + timedelta(hours=hours))
    async with database.read() as connection:
        ((period, made_at),) = (await connection.execute(select(digests.c.period, digests.c.made_at))).all()
    assert period == date(2026, 12, 4)
    assert made_at.astimezone(ZoneInfo("Asia/Vladivostok")).hour == 19


async def test_who_paused_gets_it_with_a_later_digest(database: Database) -> None:
    people = await prepare(database, ["Europe/Moscow"], paused_until=NOON + timedelta(days=2))
    item = await publish(database, people, Frequency.DAILY, NOON)
    await tick(database, NOON + timedelta(days=1))
    assert await received(database) == {}
    await tick(database, NOON + timedelta(days=2, hours=10))
    assert await received(database) == {people[0]: [[item]]}


async def test_a_changed_hour_gives_no_second_digest_of_the_day(database: Database) -> None:
    people = await prepare(database, ["Europe/Moscow"], digest_hour=9)
    first = await publish(database, people, Frequency.DAILY, NOON - timedelta(hours=5))
    await tick(database, NOON)
    second = await publish(database, people, Frequency.DAILY, NOON + timedelta(hours=1))
    async with database.begin() as connection:
        await connection.execute(update(subscribers).values(digest_hour=18))
    await tick(database, NOON + timedelta(hours=8))
    assert await received(database) == {people[0]: [[first]]}
    await tick(database, NOON + timedelta(hours=32))
    assert await received(database) == {people[0]: [[first], [second]]}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("hour", [1, 2, 3, 19])
def test_every_local_day_has_one_digest_moment_through_both_changes_of_clock(zone: str, hour: int) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    periods = [
        latest_period(Frequency.DAILY, zone, hour, start + timedelta(minutes=30 * step)) for step in range(48 * 260)
    ]
    moments = {period.day: period.due_at for period in periods}
    assert len(set(periods)) == len(moments), "one moment for each day"
    days = sorted(moments)
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))
    assert sorted(moments.values()) == [moments[day] for day in days]


async def test_long_digests_are_parted_in_the_order_of_their_sections(database: Database) -> None:
    async with database.begin() as connection:
        event = await add_event(connection, starts_at=NOON + timedelta(days=2))
        ids = [await add_item(connection, f"Новость {number}") for number in range(30)]
        ids.append(await add_item(connection, "Форум", event_id=event))
        ids.append(await add_item(connection, "Авария", urgent=True))
        listed = await cards.listed(connection, ids)
    parts = split(listed, NOON)
    assert [len(part) for part in parts] == [12, 12, 8]
    assert parts[0][:2] == [ids[-1], ids[-2]]
    assert sorted(item for part in parts for item in part) == ids
