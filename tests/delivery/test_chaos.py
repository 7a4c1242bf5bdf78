"""Crashes, cut power and worse: a real sender process is killed, and the local Telegram's ledger counts the copies.

The short forms run with every `make test`, the long ones (200 kills in 20,000 messages) with `make soak`.
"""

import asyncio
import random
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import select

from domain.mailings import DeliveryState, Promise
from sandbox.faults import Fault, FaultKind
from storage.engine import Database
from storage.outbox import mailings
from storage.tables import deliveries, subscribers
from tests.deliveries import add_people, letter, mail
from tests.delivery.conftest import Office, copies

RATE = 300
LATENCY = 0.05
MOST_REPEATED = 30
"""Messages that one kill may repeat at this rate: 300/s for the latency, a settling and a commit."""


@asynccontextmanager
async def crew(office: Office, rate: float = RATE) -> AsyncIterator[Process]:
    """A sender process; killed at the end if it still lives."""
    url = office.database.url.render_as_string()
    command = [sys.executable, "-m", "tests.delivery.sender_process", url, office.sandbox.url, str(rate)]
    process = await asyncio.create_subprocess_exec(*command)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def grows(office: Office, by: int) -> None:
    """Waits until so many more messages were accepted."""
    goal = office.sandbox.ledger.total + by
    async with asyncio.timeout(30):
        while office.sandbox.ledger.total < goal:  # noqa: ASYNC110  the ledger tells nobody
            await asyncio.sleep(0.001)


async def kill_often(office: Office, mailing_id: int, kills: int, people: int, seed: int) -> None:
    """Kills the sender at random moments all over the mailing, then lets one finish it."""
    chance = random.Random(seed)
    for _ in range(kills):
        async with crew(office) as process:
            await grows(office, chance.randint(1, max(2, people // (kills + 1))))
            process.send_signal(signal.SIGKILL)
    async with crew(office):
        await office.finished(mailing_id)


async def chats_in(database: Database, mailing_id: int, state: DeliveryState) -> set[int]:
    query = select(subscribers.c.chat_id).join_from(deliveries, subscribers)
    async with database.read() as connection:
        return set(
            await connection.scalars(query.where(deliveries.c.mailing_id == mailing_id, deliveries.c.state == state))
        )


async def prepare(office: Office, people: int, promise: Promise = Promise.AT_LEAST_ONCE) -> int:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, people + 1))
    office.sandbox.fault(Fault(FaultKind.LATENCY, seconds=LATENCY))
    return await mail(office.database, letter(promise=promise))


SIZES = [
    pytest.param(200, 2, id="short"),
    pytest.param(20_000, 200, id="long", marks=[pytest.mark.soak, pytest.mark.timeout(3600)]),
]


@pytest.mark.parametrize(("people", "kills"), SIZES)
async def test_killed_again_and_again_it_loses_nobody_and_sends_nobody_three(
    office: Office, people: int, kills: int
) -> None:
    mailing_id = await prepare(office, people)
    await kill_often(office, mailing_id, kills, people, seed=people)
    reached = copies(office)
    unknown = await chats_in(office.database, mailing_id, DeliveryState.UNKNOWN)
    progress = await office.progress(mailing_id)
    assert set(range(1, people + 1)) - set(reached) - unknown == set()
    assert max(reached.values()) <= 2
    assert sum(count - 1 for count in reached.values()) <= MOST_REPEATED * kills
    assert progress.is_complete
    assert progress.audience == people


@pytest.mark.parametrize(("people", "kills"), [SIZES[0], pytest.param(4_000, 40, id="long", marks=SIZES[1].marks)])
async def test_at_most_once_repeats_nothing_and_lists_what_it_does_not_know(
    office: Office, people: int, kills: int
) -> None:
    mailing_id = await prepare(office, people, Promise.AT_MOST_ONCE)
    # What a kill leaves unknown is never sent: the mailing is through with fewer messages than people.
    await kill_often(office, mailing_id, kills, people // 2, seed=1)
    reached = copies(office)
    assert set(reached.values()) == {1}
    unknown = await chats_in(office.database, mailing_id, DeliveryState.UNKNOWN)
    assert set(range(1, people + 1)) - set(reached) <= unknown
    assert (await office.progress(mailing_id)).is_complete


@pytest.mark.parametrize(("people", "kills"), [SIZES[0], pytest.param(4_000, 40, id="long", marks=SIZES[1].marks)])
async def test_floods_resets_and_kills_together_lose_nobody(office: Office, people: int, kills: int) -> None:
    mailing_id = await prepare(office, people)
    office.sandbox.faults.clear()
    office.sandbox.fault(Fault(FaultKind.RESET, rate=0.025))
    office.sandbox.fault(Fault(FaultKind.FLOOD, rate=0.05, retry_after=0))
    office.sandbox.fault(Fault(FaultKind.LATENCY, seconds=LATENCY))
    await kill_often(office, mailing_id, kills, people, seed=2)
    reached = copies(office)
    unknown = await chats_in(office.database, mailing_id, DeliveryState.UNKNOWN)
    assert set(range(1, people + 1)) - set(reached) - unknown == set()
    assert max(reached.values()) <= 2


async def test_sigterm_drains_and_repeats_nothing(office: Office) -> None:
    mailing_id = await prepare(office, 200)
    for part in (40, 60):
        async with crew(office) as process:
            await grows(office, part)
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(10):
                assert await process.wait() == 0
        assert (await office.progress(mailing_id)).sending == 0
    async with crew(office):
        await office.finished(mailing_id)
    assert copies(office) == dict.fromkeys(range(1, 201), 1)


@pytest.mark.parametrize(
    ("people", "times"),
    [
        pytest.param(400, 6, id="short"),
        pytest.param(10_000, 50, id="long", marks=[pytest.mark.soak, pytest.mark.timeout(900)]),
    ],
)
async def test_random_pauses_lose_nobody_and_a_cancellation_stops_at_once(
    office: Office, people: int, times: int
) -> None:
    mailing_id = await prepare(office, people)
    chance = random.Random(people)
    async with crew(office, rate=100):
        for _ in range(times):
            await grows(office, chance.randint(1, people // (4 * times)))
            async with office.database.begin() as connection:
                assert await mailings.pause(connection, mailing_id)
            async with office.database.begin() as connection:
                assert await mailings.resume(connection, mailing_id)
        async with office.database.begin() as connection:
            assert await mailings.cancel(connection, mailing_id, office.now)
        at_cancel = office.sandbox.ledger.total
        await office.until(lambda: nothing_is_open(office, mailing_id))
    progress = await office.progress(mailing_id)
    assert progress.is_complete
    assert progress.sent == office.sandbox.ledger.total
    assert set(copies(office).values()) == {1}
    assert office.sandbox.ledger.total - at_cancel <= 30, "at most what was claimed and on its way"


async def nothing_is_open(office: Office, mailing_id: int) -> bool:
    progress = await office.progress(mailing_id)
    return progress.is_complete
