"""Who gets what: items against subscriptions by place, topic and words."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from delivery.digests import bundle_waiting
from delivery.freezing import freeze_step
from delivery.matching import match_new
from domain.territories import RUSSIA
from storage.engine import Database
from storage.outbox import matches as match_store
from storage.tables import deliveries, mailings, matches, subscribers
from tests.deliveries import KHAKASSIA, NOON, SAYANOGORSK, add_item, add_people, subscribe

TOMSK = "69000000"


async def matched(database: Database) -> dict[int, str]:
    """Chat id → frequency of its match."""
    query = select(subscribers.c.chat_id, matches.c.frequency).join_from(matches, subscribers)
    async with database.read() as connection:
        return {row[0]: row[1] for row in await connection.execute(query)}


async def owed(database: Database) -> list[int]:
    query = select(subscribers.c.chat_id).join_from(deliveries, subscribers).order_by(subscribers.c.chat_id)
    async with database.read() as connection:
        return list(await connection.scalars(query))


@pytest.mark.parametrize(
    ("subscribed", "told", "concerned"),
    [
        (SAYANOGORSK, SAYANOGORSK, True),
        (KHAKASSIA, SAYANOGORSK, True),
        (SAYANOGORSK, KHAKASSIA, True),
        (SAYANOGORSK, RUSSIA, True),
        (RUSSIA, SAYANOGORSK, True),
        (TOMSK, SAYANOGORSK, False),
        (SAYANOGORSK, TOMSK, False),
    ],
)
async def test_territories_match_up_and_down_but_not_sideways(
    database: Database, subscribed: str, told: str, concerned: bool
) -> None:
    async with database.begin() as connection:
        (one,) = await add_people(connection, [1])
        await subscribe(connection, one, territory=subscribed)
        await add_item(connection, territories=[told])
    assert await match_new(database, NOON) == 1
    assert bool(await matched(database)) is concerned


async def test_a_topic_must_be_among_those_of_the_item(database: Database) -> None:
    async with database.begin() as connection:
        right, wrong = await add_people(connection, [1, 2])
        await subscribe(connection, right, topic="housing_utilities")
        await subscribe(connection, wrong, topic="sport")
        await add_item(connection)
    await match_new(database, NOON)
    assert list(await matched(database)) == [1]


async def test_a_saved_search_is_answered_in_any_form_of_its_words(database: Database) -> None:
    async with database.begin() as connection:
        answered, not_answered = await add_people(connection, [1, 2])
        await subscribe(connection, answered, words="субсидии для ТОС", frequency="daily")
        await subscribe(connection, not_answered, words="гранты для ТОС", frequency="daily")
        await add_item(connection, "ТОС получит субсидию из бюджета")
    await match_new(database, NOON)
    assert await matched(database) == {1: "daily"}


async def test_overlapping_subscriptions_give_one_match_and_the_most_frequent_wins(database: Database) -> None:
    async with database.begin() as connection:
        (one,) = await add_people(connection, [1])
        await subscribe(connection, one, territory=KHAKASSIA, frequency="weekly")
        exact = await subscribe(connection, one, topic="housing_utilities", frequency="at_once")
        await subscribe(connection, one, frequency="at_once")
        item = await add_item(connection)
    await match_new(database, NOON)
    assert await matched(database) == {1: "at_once"}
    async with database.read() as connection:
        assert await match_store.reason(connection, one, [item]) == exact


async def test_who_wants_it_at_once_is_owed_a_delivery_and_who_sleeps_is_not(database: Database) -> None:
    night = {"quiet_start": time(8), "quiet_end": time(20)}  # it is 16:00 there
    async with database.begin() as connection:
        people = [*await add_people(connection, [1, 2, 3]), *await add_people(connection, [4], **night)]
        for one, frequency in zip(people, ["at_once", "daily", "at_once", "at_once"], strict=True):
            await subscribe(connection, one, frequency=frequency)
        await add_item(connection)
    await match_new(database, NOON)
    while await freeze_step(database, NOON):
        pass
    assert await owed(database) == [1, 3]


async def test_an_item_is_matched_once(database: Database) -> None:
    async with database.begin() as connection:
        (one,) = await add_people(connection, [1])
        await subscribe(connection, one)
        await add_item(connection)
        await add_item(connection, "Ждёт модератора", state="review")
        await add_item(connection, "Из архива", matched_at=NOON)
    assert await match_new(database, NOON) == 1
    assert await match_new(database, NOON) == 0
    async with database.read() as connection:
        assert list(await connection.scalars(select(mailings.c.key))) == ["item:1"]


async def test_what_came_at_night_comes_in_one_piece_in_the_morning(database: Database) -> None:
    night = {"quiet_start": time(8), "quiet_end": time(20)}
    async with database.begin() as connection:
        (sleeper,) = await add_people(connection, [4], **night)
        await subscribe(connection, sleeper)
        for title in ("Первая", "Вторая", "Третья"):
            await add_item(connection, title)
    await match_new(database, NOON)
    assert await bundle_waiting(database, NOON + timedelta(hours=5)) == 0, "its own mailings come first"
    while await freeze_step(database, NOON):
        pass
    assert await bundle_waiting(database, NOON + timedelta(hours=3)) == 0, "still quiet"
    assert await bundle_waiting(database, NOON + timedelta(hours=5)) == 1
    assert await bundle_waiting(database, NOON + timedelta(hours=6)) == 0
    async with database.read() as connection:
        (content,) = list(await connection.scalars(select(deliveries.c.content)))
    assert content["items"] == [3, 2, 1]
