"""Who goes first, who waits for the morning, and what is found again."""

import asyncio
from datetime import time, timedelta

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from sqlalchemy import select, update

from delivery.pacer import Pacer, Turn
from delivery.recovery import recover
from delivery.spacing import Spacing
from delivery.telegram import PacedRequests
from domain.mailings import DeliveryState, Lane, MailingState, Progress
from domain.messages import Message
from sandbox.faults import Fault, FaultKind
from sandbox.server import Sandbox
from storage.outbox import mailings
from storage.tables import deliveries
from storage.tables import mailings as mailing_table
from tests.deliveries import NOON, add_people, letter, mail, states
from tests.delivery.conftest import Office, copies

NIGHT = {"quiet_start": time(15), "quiet_end": time(20)}  # it is 16:00 in Krasnoyarsk


async def test_an_urgent_mailing_overtakes_a_backlog(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 3001))
    office.pacer.full_rate = office.pacer.rate = 100
    office.pacer.burst = 2
    ordinary = await mail(office.database)
    async with office.sending():
        await office.until(lambda: sent_at_least(office, ordinary, 10))
        before = office.sandbox.ledger.total
        urgent = await mail(office.database, letter("announcement:2", "Срочно", lane=Lane.URGENT))
        await office.until(lambda: sent_at_least(office, urgent, 50))
        ordinary_meanwhile = office.sandbox.ledger.total - before - (await office.progress(urgent)).sent
    assert ordinary_meanwhile <= 100, "what the rate allows in the second that it may take to begin"


async def sent_at_least(office: Office, mailing_id: int, count: int) -> bool:
    return (await office.progress(mailing_id)).sent >= count


async def test_small_mailings_do_not_wait_for_the_end_of_a_large_one(office: Office) -> None:
    async with office.database.begin() as connection:
        people = await add_people(connection, range(1, 2001))
    office.pacer.full_rate = office.pacer.rate = 200
    office.pacer.burst = 2
    large = await mail(office.database)
    async with office.sending():
        await office.until(lambda: sent_at_least(office, large, 10))
        async with office.database.begin() as connection:
            message = Message("Ваша новость принята")
            small = await mailings.notice(connection, message, key="s", now=NOON, to=people[-5:])
        await office.finished(small)
        assert (await office.progress(large)).pending > 1000


async def test_replies_go_before_everything_that_waits() -> None:
    pacer = Pacer(50, burst=1)
    order: list[str] = []

    async def take(turn: Turn, name: str) -> None:
        await pacer.take(turn)
        order.append(name)

    waiting = [asyncio.create_task(take(Turn.ORDINARY, f"o{number}")) for number in range(5)]
    await asyncio.sleep(0)
    waiting += [asyncio.create_task(take(Turn.URGENT, "u")), asyncio.create_task(take(Turn.REPLY, "r"))]
    await asyncio.gather(*waiting)
    assert order == ["o0", "r", "u", "o1", "o2", "o3", "o4"]


async def test_a_pacer_keeps_its_rate_slows_down_and_recovers() -> None:
    now = 0.0
    pacer = Pacer(30, burst=2, clock=lambda: now)
    for _ in range(2):
        await pacer.take(Turn.ORDINARY)
    waiting = asyncio.create_task(pacer.take(Turn.ORDINARY))
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()
    pacer.slow_down()
    assert pacer.rate == 30 * 0.97
    now = 60.0
    await pacer.take(Turn.ORDINARY)
    assert pacer.rate == 30


async def test_nothing_leaves_within_a_pause_however_many_tokens_there_are() -> None:
    now = 0.0
    pacer = Pacer(1000, burst=10, clock=lambda: now)
    pacer.pause(5)
    pacer.pause(2)
    waiting = asyncio.create_task(pacer.take(Turn.REPLY))
    await asyncio.sleep(0)
    now = 4.9
    pacer._tick()
    await asyncio.sleep(0)
    assert not waiting.done(), "the shorter of two pauses ends neither"
    now = 5.0
    pacer._tick()
    await waiting


def test_endless_refusals_leave_a_quarter_of_the_rate() -> None:
    pacer = Pacer(30, clock=lambda: 0.0)
    for _ in range(500):
        pacer.slow_down()
    assert pacer.rate == 7.5


def test_a_chat_is_spaced_by_a_second_and_a_group_by_twenty_a_minute() -> None:
    now = 100.0
    spacing = Spacing(clock=lambda: now)
    spacing.took(5)
    assert spacing.wait(5) == 1
    assert spacing.wait(6) == 0
    for _ in range(20):
        spacing.took(-5)
        now += 1
    assert spacing.wait(-5) == 40
    now += 40
    assert spacing.wait(-5) == 0
    assert not spacing.was_recent(-5)


def test_a_chat_that_was_made_to_wait_may_be_refused_again_for_itself_alone() -> None:
    now = 100.0
    spacing = Spacing(clock=lambda: now)
    spacing.pause(5, 3)
    now += 3.5
    assert spacing.wait(5) == 0
    assert spacing.was_recent(5)
    now += 1
    assert not spacing.was_recent(5)


async def test_replies_through_aiogram_wait_out_a_flood_and_arrive(sandbox: Sandbox) -> None:
    anna = sandbox.person("Анна")
    await anna.start()
    sandbox.fault(Fault(FaultKind.FLOOD, retry_after=1, times=1))
    pacer = Pacer(30)
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    session.middleware(PacedRequests(pacer, Spacing()))
    async with Bot(sandbox.token, session=session) as bot:
        await bot.send_message(anna.id, "Здравствуйте")
    assert sandbox.ledger.count(anna.id) == 1
    assert pacer.rate < 30


async def test_quiet_hours_hold_the_ordinary_back_until_morning_and_not_the_urgent(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, [1])
        await add_people(connection, [2], **NIGHT)
    ordinary = await mail(office.database)
    urgent = await mail(office.database, letter("announcement:2", "Срочно", lane=Lane.URGENT))
    async with office.sending():
        await office.finished(urgent)
        await office.until(lambda: is_postponed(office, ordinary))
        assert await states(office.database, ordinary) == {1: "sent", 2: "pending"}
    async with office.database.read() as connection:
        waits_until = await connection.scalar(select(deliveries.c.due_at).where(deliveries.c.due_at.is_not(None)))
    assert waits_until == NOON.replace(hour=13)  # 20:00 in Krasnoyarsk
    office.now = NOON + timedelta(hours=4)
    async with office.sending():
        await office.finished(ordinary)
    assert await states(office.database, ordinary) == {1: "sent", 2: "sent"}


async def is_postponed(office: Office, mailing_id: int) -> bool:
    progress = await office.progress(mailing_id)
    async with office.database.read() as connection:
        due = await connection.scalar(select(deliveries.c.due_at).where(deliveries.c.due_at.is_not(None)))
    return due is not None and progress.sent == 1


async def test_who_left_or_paused_meanwhile_is_skipped(office: Office) -> None:
    from sqlalchemy import delete

    from storage.tables import subscribers

    async with office.database.begin() as connection:
        people = await add_people(connection, [1, 2, 3])
    mailing_id = await mail(office.database)
    from delivery.freezing import freeze_step

    await freeze_step(office.database, NOON)
    async with office.database.begin() as connection:
        await connection.execute(delete(subscribers).where(subscribers.c.id == people[0]))
        paused = update(subscribers).where(subscribers.c.id == people[1])
        await connection.execute(paused.values(paused_until=NOON + timedelta(days=1)))
    async with office.sending():
        await office.finished(mailing_id)
    assert await office.progress(mailing_id) == Progress(3, 0, 0, 1, 0, 0, 2)
    assert copies(office) == {3: 1}


async def test_a_hundred_spoilt_rows_are_found_and_every_mailing_ends(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 301))
    first = await mail(office.database)
    cancelled = await mail(office.database, letter("announcement:2", "Второе"))
    async with office.sending():
        await office.finished(first, cancelled)
    table = deliveries
    async with office.database.begin() as connection:
        spoilt = update(table).where(table.c.mailing_id == first, table.c.id % 6 == 0)
        await connection.execute(spoilt.values(state=DeliveryState.SENDING, message_id=None))
        owed = update(table).where(table.c.mailing_id == cancelled, table.c.id % 6 == 0)
        await connection.execute(owed.values(state=DeliveryState.PENDING))
        ended = update(mailing_table).where(mailing_table.c.id == cancelled)
        await connection.execute(ended.values(state=MailingState.CANCELLED))
    office.now += timedelta(minutes=2)
    assert await recover(office.database, office.now) == 51
    async with office.sending():
        await office.finished(first, cancelled)
    for mailing_id in (first, cancelled):
        progress = await office.progress(mailing_id)
        assert progress.is_complete
        assert progress.audience == 300
    assert max(copies(office).values()) == 2
