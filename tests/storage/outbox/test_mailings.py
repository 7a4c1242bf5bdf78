"""Mailings from their making to their end, on both engines."""

from datetime import time, timedelta

from sqlalchemy import insert, select, update

from domain.announcements import AnnouncementKind, AnnouncementState, Audience, Priority
from domain.mailings import DeliveryState, MailingState, Progress, Size
from domain.messages import Button, Message
from domain.territories import RUSSIA
from domain.topics import Topic
from storage.engine import Connection, Database
from storage.outbox import audiences, deliveries, mailings, sending
from storage.tables import announcements, subscribers
from tests.deliveries import KHAKASSIA, NOON, SAYANOGORSK, add_people, letter, mail, states, subscribe

TOMSK = "69000000"


async def freeze_all(connection: Connection, mailing_id: int) -> None:
    for mailing, through in await sending.to_freeze(connection):
        audience = await mailings.audience_of(connection, mailing.id)
        assert audience
        if mailing.id == mailing_id:
            window = await audiences.freeze(connection, mailing_id, audience, through, NOON)
            await sending.frozen_step(connection, mailing_id, window, NOON)


async def test_a_matter_has_one_mailing(database: Database) -> None:
    first = await mail(database)
    assert await mail(database) == first


async def test_who_lives_there_or_follows_it_is_meant(database: Database) -> None:
    async with database.begin() as connection:
        lives, follows, region, elsewhere = await add_people(connection, [1, 2, 3, 4])
        for one in (follows, region, elsewhere):
            await connection.execute(update(subscribers).where(subscribers.c.id == one).values(home=TOMSK))
        await subscribe(connection, follows)
        await subscribe(connection, region, territory=KHAKASSIA)
        found = await connection.scalars(
            select(subscribers.c.id).where(audiences.meant(Audience((SAYANOGORSK,)), NOON)).order_by(subscribers.c.id)
        )
    assert list(found) == [lives, follows, region]


async def test_topics_narrow_an_audience(database: Database) -> None:
    async with database.begin() as connection:
        tos, everything, sport, silent = await add_people(connection, [1, 2, 3, 4])
        await subscribe(connection, tos, topic="tos")
        await subscribe(connection, everything)
        await subscribe(connection, sport, topic="sport")
        for audience in (Audience((SAYANOGORSK,), (Topic.TOS,)), Audience((RUSSIA,), (Topic.TOS,))):
            found = await connection.scalars(select(subscribers.c.id).where(audiences.meant(audience, NOON)))
            assert set(found) == {tos, everything}
    assert silent not in {tos, everything}


async def test_the_count_says_for_whom_it_is_night(database: Database) -> None:
    night = {"quiet_start": time(22), "quiet_end": time(8)}
    async with database.begin() as connection:
        await add_people(connection, [1, 2], time_zone="Asia/Kamchatka", **night)  # 21:00
        await add_people(connection, [3], time_zone="Pacific/Kiritimati", **night)  # 23:00
        await add_people(connection, [4], time_zone="Europe/Moscow", quiet_start=time(12), quiet_end=time(13))
        await add_people(connection, [5], blocked_at=NOON)
        await add_people(connection, [6], paused_until=NOON + timedelta(days=1))
        assert await audiences.count(connection, Audience((RUSSIA,)), NOON) == Size(people=4, quiet=2)


async def test_an_audience_is_frozen_once_and_in_windows(database: Database) -> None:
    async with database.begin() as connection:
        await add_people(connection, range(1, 26))
    mailing_id = await mail(database)
    async with database.begin() as connection:
        first = await audiences.freeze(connection, mailing_id, Audience((RUSSIA,)), 0, NOON)
        again = await audiences.freeze(connection, mailing_id, Audience((RUSSIA,)), 0, NOON)
        await sending.frozen_step(connection, mailing_id, first, NOON)
        assert (first.added, first.done, again.added) == (25, True, 0)
        found = await mailings.find(connection, mailing_id)
    assert found
    assert (found.state, found.size, found.frozen_at) == (MailingState.SENDING, 25, NOON)


async def test_claimed_deliveries_are_settled_and_the_mailing_finishes(database: Database) -> None:
    async with database.begin() as connection:
        await add_people(connection, [1, 2, 3])
    mailing_id = await mail(database)
    async with database.begin() as connection:
        await freeze_all(connection, mailing_id)
        mailing = await mailings.find(connection, mailing_id)
        assert mailing
        owed = await deliveries.due(connection, mailing, after=0, now=NOON, limit=10)
        assert [one.chat_id for one in owed] == [1, 2, 3]
        assert await deliveries.claim(connection, [one.id for one in owed]) == dict.fromkeys([o.id for o in owed], 1)
        assert not await sending.finish(connection, mailing_id, NOON)
        outcomes = [deliveries.Settlement(one.id, DeliveryState.SENT, 100 + one.id) for one in owed[:2]]
        await deliveries.settle(connection, outcomes, NOON)
        await deliveries.give_back(connection, [owed[2].id])
        assert await mailings.progress(connection, mailing_id) == Progress(3, 1, 0, 2, 0, 0, 0)
        assert await deliveries.claim(connection, [one.id for one in owed]) == {owed[2].id: 1}
        await deliveries.settle(connection, [deliveries.Settlement(owed[2].id, DeliveryState.FAILED, None, "x")], NOON)
        assert await sending.finish(connection, mailing_id, NOON)
        progress = await mailings.progress(connection, mailing_id)
    assert progress.is_complete
    assert progress.failed == 1


async def test_a_delivery_is_attempted_twice_and_no_more(database: Database) -> None:
    async with database.begin() as connection:
        await add_people(connection, [1])
    mailing_id = await mail(database)
    async with database.begin() as connection:
        await freeze_all(connection, mailing_id)
        mailing = await mailings.find(connection, mailing_id)
        assert mailing
        (owed,) = await deliveries.due(connection, mailing, after=0, now=NOON, limit=10)
        assert await deliveries.claim(connection, [owed.id])
        assert await deliveries.claim(connection, [owed.id])
        assert not await deliveries.claim(connection, [owed.id])


async def test_nothing_is_claimed_from_a_mailing_that_is_paused_or_over(database: Database) -> None:
    async with database.begin() as connection:
        await add_people(connection, [1, 2])
    mailing_id = await mail(database)
    async with database.begin() as connection:
        await freeze_all(connection, mailing_id)
        mailing = await mailings.find(connection, mailing_id)
        assert mailing
        ids = [one.id for one in await deliveries.due(connection, mailing, after=0, now=NOON, limit=10)]
        assert await mailings.pause(connection, mailing_id)
        assert not await deliveries.claim(connection, ids)
        assert await mailings.resume(connection, mailing_id)
        assert len(await deliveries.claim(connection, ids[:1])) == 1
        assert await mailings.cancel(connection, mailing_id, NOON)
        assert not await deliveries.claim(connection, ids)
    assert sorted((await states(database, mailing_id)).values()) == ["sending", "skipped"]


async def test_a_mailing_paused_while_it_is_frozen_goes_on_freezing(database: Database) -> None:
    mailing_id = await mail(database)
    async with database.begin() as connection:
        assert await mailings.pause(connection, mailing_id)
        assert await sending.to_freeze(connection) == []
        assert await mailings.resume(connection, mailing_id)
        assert [mailing.id for mailing, _ in await sending.to_freeze(connection)] == [mailing_id]


async def test_failed_deliveries_are_owed_again_but_not_to_who_blocked_us(database: Database) -> None:
    async with database.begin() as connection:
        await add_people(connection, [1, 2])
        await add_people(connection, [3], blocked_at=NOON)
    mailing_id = await mail(database)
    async with database.begin() as connection:
        await connection.execute(update(subscribers).values(blocked_at=None))
        await freeze_all(connection, mailing_id)
        await connection.execute(update(subscribers).where(subscribers.c.chat_id == 3).values(blocked_at=NOON))
        mailing = await mailings.find(connection, mailing_id)
        assert mailing
        ids = [one.id for one in await deliveries.due(connection, mailing, after=0, now=NOON, limit=10)]
        await deliveries.claim(connection, ids)
        await deliveries.settle(
            connection, [deliveries.Settlement(one, DeliveryState.FAILED, error="refused") for one in ids], NOON
        )
        assert await sending.finish(connection, mailing_id, NOON)
        assert await mailings.retry(connection, mailing_id) == 2
    assert await states(database, mailing_id) == {1: "pending", 2: "pending", 3: "failed"}


async def test_an_announcement_becomes_a_mailing_when_its_time_comes(database: Database) -> None:
    async with database.begin() as connection:
        made = await connection.execute(
            insert(announcements).values(
                author_id=7,
                kind=AnnouncementKind.NEWS,
                state=AnnouncementState.SCHEDULED,
                priority=Priority.URGENT,
                title="Отключение",
                text="Воды не будет",
                territories=[SAYANOGORSK],
                topics=[],
                scheduled_at=NOON,
                created_at=NOON,
                updated_at=NOON,
            )
        )
        assert made.inserted_primary_key
        number = made.inserted_primary_key[0]
        assert await mailings.announce_due(connection, NOON - timedelta(seconds=1)) == []
        (mailing_id,) = await mailings.announce_due(connection, NOON)
        assert await mailings.announce_due(connection, NOON) == []
        found = await mailings.of_announcement(connection, number)
        assert found
        assert (found.id, found.lane, found.created_at) == (mailing_id, "urgent", NOON)
        await freeze_all(connection, mailing_id)
        assert await sending.finish(connection, mailing_id, NOON)
        assert await connection.scalar(select(announcements.c.state)) == AnnouncementState.SENT


async def test_a_notice_is_said_once_to_those_we_know(database: Database) -> None:
    message = Message("Источник молчит", ((Button("Открыть", action="x:1"),),))
    async with database.begin() as connection:
        (subscriber,) = await add_people(connection, [1])
        await add_people(connection, [2])
        first = await mailings.notice(connection, message, key="source:5", now=NOON, chats=[2, 99], to=[subscriber])
        assert await mailings.notice(connection, message, key="source:5", now=NOON, chats=[2]) == first
        found = await mailings.find(connection, first)
        assert found
        assert found.content
        assert found.size == 2
        assert mailings.message_from_json(found.content["message"]) == message
    assert await states(database, first) == {1: "pending", 2: "pending"}


async def test_deliveries_added_to_a_finished_mailing_open_it_again(database: Database) -> None:
    async with database.begin() as connection:
        (one,) = await add_people(connection, [1])
        mailing_id = await mailings.create(connection, letter(), NOON, frozen=True)
        assert await sending.finish(connection, mailing_id, NOON)
        added = await deliveries.add(connection, mailing_id, [{"subscriber_id": one, "content": {"items": [1]}}])
        again = await deliveries.add(connection, mailing_id, [{"subscriber_id": one, "content": {"items": [2]}}])
        assert (list(added), again) == ([one], {})
        found = await mailings.find(connection, mailing_id)
    assert found
    assert (found.state, found.size) == (MailingState.SENDING, 1)
