"""Subscribers and what they want to hear about, on both databases."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.messages import Message
from domain.subscribers import ChatKind, EndReason, Frequency, QuietHours, Subscriber
from domain.topics import Topic
from storage.engine import Database
from storage.outbox import mailings
from storage.people import subscribers, subscriptions
from storage.tables import deliveries

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
SAYANOGORSK = "95708000"
KHAKASSIA = "95000000"


async def _made(database: Database, chat_id: int = 1001) -> Subscriber:
    async with database.begin() as connection:
        return await subscribers.ensure(
            connection, chat_id=chat_id, kind=ChatKind.PRIVATE, language="ru", time_zone="Europe/Moscow", now=NOW
        )


async def _read(database: Database, chat_id: int = 1001) -> Subscriber:
    async with database.read() as connection:
        found = await subscribers.by_chat(connection, chat_id)
    assert found is not None
    return found


async def test_second_contact_finds_the_subscriber_as_they_set_themselves_up(database: Database) -> None:
    first = await _made(database)
    async with database.begin() as connection:
        await subscribers.set_language(connection, first.id, "en")
    second = await _made(database)
    assert (second.id, second.language) == (first.id, "en")


async def test_settings_come_back_as_they_were_set(database: Database) -> None:
    made = await _made(database)
    async with database.begin() as connection:
        await subscribers.set_home(connection, made.id, SAYANOGORSK, "Asia/Krasnoyarsk")
        await subscribers.set_quiet(connection, made.id, QuietHours(time(22), time(8)))
        await subscribers.set_digest_hour(connection, made.id, 7)
        await subscribers.pause(connection, made.id, NOW + timedelta(days=7))
    found = await _read(database)
    assert (found.home, found.time_zone, found.digest_hour) == (SAYANOGORSK, "Asia/Krasnoyarsk", 7)
    assert found.quiet == QuietHours(time(22), time(8))
    assert found.paused_until == NOW + timedelta(days=7)


async def test_quiet_hours_and_pause_can_be_taken_back(database: Database) -> None:
    made = await _made(database)
    async with database.begin() as connection:
        await subscribers.set_quiet(connection, made.id, QuietHours(time(22), time(8)))
        await subscribers.pause(connection, made.id, NOW)
        await subscribers.set_quiet(connection, made.id, None)
        await subscribers.resume(connection, made.id)
    found = await _read(database)
    assert (found.quiet, found.paused_until) == (None, None)


async def test_who_blocked_and_writes_again_is_served_again(database: Database) -> None:
    await _made(database)
    async with database.begin() as connection:
        await subscribers.block(connection, 1001, "bot was blocked by the user", NOW)
    assert (await _read(database)).blocked_at == NOW
    assert (await _made(database)).blocked_at is None


async def test_group_that_became_a_supergroup_keeps_its_subscriber(database: Database) -> None:
    made = await _made(database, -5)
    async with database.begin() as connection:
        await subscribers.move(connection, -5, -1000000000005)
    assert (await _read(database, -1000000000005)).id == made.id


async def test_supergroup_met_before_its_group_moved_gives_way(database: Database) -> None:
    old = await _made(database, -5)
    await _made(database, -1000000000005)
    async with database.begin() as connection:
        await _subscribed(connection, old, Frequency.DAILY)
        await subscribers.move(connection, -5, -1000000000005)
        assert await subscribers.by_chat(connection, -5) is None
    assert (await _read(database, -1000000000005)).id == old.id


async def test_what_is_owed_to_the_one_that_gives_way_is_owed_to_the_group_once(database: Database) -> None:
    old, met = await _made(database, -5), await _made(database, -1000000000005)
    said = Message("Ваша новость принята")
    async with database.begin() as connection:
        one = await mailings.notice(connection, said, key="1", now=NOW, to=[met.id])
        both = await mailings.notice(connection, said, key="2", now=NOW, to=[old.id, met.id])
        await subscribers.move(connection, -5, -1000000000005)
        rows = await connection.execute(select(deliveries.c.mailing_id, deliveries.c.subscriber_id))
        assert {tuple(row) for row in rows} == {(one, old.id), (both, old.id), (both, None)}


async def test_move_to_a_chat_that_follows_something_changes_nothing(database: Database) -> None:
    old, new = await _made(database, -5), await _made(database, -1000000000005)
    async with database.begin() as connection:
        await _subscribed(connection, new, Frequency.DAILY)
        await subscribers.move(connection, -5, -1000000000005)
    assert (await _read(database, -5)).id == old.id
    assert (await _read(database, -1000000000005)).id == new.id


async def test_move_of_an_unknown_chat_leaves_the_new_one(database: Database) -> None:
    new = await _made(database, -1000000000005)
    async with database.begin() as connection:
        await subscribers.move(connection, -5, -1000000000005)
    assert (await _read(database, -1000000000005)).id == new.id


async def test_consent_is_remembered_with_its_version(database: Database) -> None:
    made = await _made(database)
    async with database.begin() as connection:
        assert await subscribers.agreed(connection, made.id) == (None, None)
        await subscribers.consent(connection, made.id, 2, NOW)
        assert await subscribers.agreed(connection, made.id) == (2, NOW)


async def test_everyone_is_listed_once(database: Database) -> None:
    for chat_id in range(1, 6):
        await _made(database, chat_id)
    async with database.read() as connection:
        assert [one.chat_id async for one in subscribers.everyone(connection)] == [1, 2, 3, 4, 5]


async def test_same_subscription_twice_is_one_with_the_newer_frequency(database: Database) -> None:
    made = await _made(database)
    async with database.begin() as connection:
        first = await _subscribed(connection, made, Frequency.AT_ONCE)
        second = await _subscribed(connection, made, Frequency.WEEKLY)
        found = await subscriptions.of(connection, made.id)
    assert first == second
    assert [one.frequency for one in found] == [Frequency.WEEKLY]


async def test_ended_subscription_is_gone_from_the_list_and_can_be_taken_back(database: Database) -> None:
    made = await _made(database)
    async with database.begin() as connection:
        number = await _subscribed(connection, made, Frequency.DAILY)
        ended = await subscriptions.end(connection, made.id, [number], EndReason.UNSUBSCRIBED, NOW)
        assert [one.id for one in ended] == [number]
        assert await subscriptions.of(connection, made.id) == ()
        assert await subscriptions.restore(connection, made.id, NOW, NOW) == 1
        back = await subscriptions.of(connection, made.id)
    assert [(one.topic, one.frequency) for one in back] == [(Topic.TOS, Frequency.DAILY)]


async def test_nobody_ends_or_changes_what_is_not_theirs(database: Database) -> None:
    anna, boris = await _made(database, 1), await _made(database, 2)
    async with database.begin() as connection:
        number = await _subscribed(connection, anna, Frequency.DAILY)
        assert await subscriptions.end(connection, boris.id, [number], EndReason.UNSUBSCRIBED, NOW) == ()
        assert await subscriptions.set_frequency(connection, boris.id, Frequency.WEEKLY, number) == 0
        assert [one.frequency for one in await subscriptions.of(connection, anna.id)] == [Frequency.DAILY]
        await subscriptions.end(connection, anna.id, [number], EndReason.UNSUBSCRIBED, NOW)
        assert await subscriptions.restore(connection, boris.id, NOW, NOW) == 0


async def test_frequency_changes_for_one_or_for_all(database: Database) -> None:
    made = await _made(database)
    async with database.begin() as connection:
        one = await _subscribed(connection, made, Frequency.DAILY)
        await subscriptions.subscribe(connection, made.id, KHAKASSIA, frequency=Frequency.DAILY, now=NOW)
        assert await subscriptions.set_frequency(connection, made.id, Frequency.WEEKLY, one) == 1
        found = {each.territory: each.frequency for each in await subscriptions.of(connection, made.id)}
        assert found == {SAYANOGORSK: Frequency.WEEKLY, KHAKASSIA: Frequency.DAILY}
        assert await subscriptions.set_frequency(connection, made.id, Frequency.AT_ONCE) == 2


async def _subscribed(connection: AsyncConnection, made: Subscriber, frequency: Frequency) -> int:
    return await subscriptions.subscribe(
        connection, made.id, SAYANOGORSK, topic=Topic.TOS, frequency=frequency, now=NOW
    )


@pytest.mark.parametrize("words", ["", "форум тос"])
async def test_saved_search_is_a_subscription_of_its_own(database: Database, words: str) -> None:
    made = await _made(database)
    async with database.begin() as connection:
        await subscriptions.subscribe(connection, made.id, KHAKASSIA, words=words, frequency=Frequency.AT_ONCE, now=NOW)
        assert [one.words for one in await subscriptions.of(connection, made.id)] == [words]
