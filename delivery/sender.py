"""The sender: one in all processes, by lease. Claims, sends and settles until it is told to stop.

A delivery's intent is committed before its message is written to a socket. What a crash leaves between the two is
ambiguous: it goes last, is tried once more at most, and is listed as unknown otherwise.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog

from delivery.bot_api import Telegram
from delivery.exits import Exit
from delivery.freezing import freeze_step
from delivery.outbox import Feed, Job, Outbox
from delivery.outcomes import Outcome, ambiguous
from delivery.ownership import is_gone, new_owner
from delivery.pacer import Pacer, Pacers
from delivery.posting import Post
from delivery.reading import Reader
from delivery.settling import LEASE, Books, LeaseLostError
from delivery.spacing import Spacing
from storage.engine import Database
from storage.operation import leases

log = structlog.get_logger(__name__)

SETTLE_EVERY = 0.025
"""Seconds between the transactions of the books: what a crash may repeat is what leaves in that time."""
LEASE_LENGTH = timedelta(seconds=15)
REFRESH_EVERY = 0.25
DRAIN = 10.0
"""Seconds that calls under way get to end in when the sender stops."""
SICK = 30.0
"""Seconds until a mailing that could not be read is tried again."""
AGAIN = 1.0
"""Seconds until the next try where the database or the lease was not to be had."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Sender:
    """Carries out every mailing of a database. ``run`` it in as many processes as there are: one of them sends.

    ``paid``: the pace of mailings that may cost Stars; without it these go at the usual one, for nothing.
    """

    def __init__(
        self,
        database: Database,
        telegram: Telegram,
        pacer: Pacer,
        spacing: Spacing | None = None,
        *,
        paid: Pacer | None = None,
        clock: Callable[[], datetime] = utc_now,
        lease_length: timedelta = LEASE_LENGTH,
    ) -> None:
        self._database = database
        self._telegram = telegram
        self._pacers = Pacers(pacer, paid)
        self._spacing = spacing or Spacing()
        self._clock = clock
        self._lease_length = lease_length

    async def run(self, stop: asyncio.Event) -> None:
        """Sends until ``stop`` is set and what was under way has ended, at most ten seconds later."""
        while not stop.is_set():
            owner = new_owner()
            try:
                if await self._acquire(owner):
                    await self._send_as(owner, stop)
            except LeaseLostError:
                log.warning("another process sends now")
            except Exception:  # the next round finds everything again by query
                log.exception("sending was interrupted")
            await _wait(stop, AGAIN)

    async def _acquire(self, owner: str) -> bool:
        async with self._database.begin() as connection:
            return await leases.acquire(
                connection, LEASE, owner, now=self._clock(), length=self._lease_length, is_gone=is_gone
            )

    async def _send_as(self, owner: str, stop: asyncio.Event) -> None:
        books = Books(self._database, owner, self._lease_length, self._clock)
        round_ = Round(self._database, books, Post(self._telegram, self._pacers, self._spacing), self._clock)
        try:
            await round_.run(stop)
        finally:
            with suppress(Exception):  # it runs out by itself
                async with self._database.begin() as connection:
                    await leases.release(connection, LEASE, owner)


class Round:
    """The sending of one holder of the lease: its outbox, and the loops that keep it going."""

    def __init__(self, database: Database, books: Books, post: Post, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._books = books
        self._post = post
        self._clock = clock
        self._outbox = Outbox(post.spacing)
        self._exits = {paid: Exit(pacer, self._carry) for paid, pacer in post.pacers.by_lane().items()}
        self._reader = Reader(database, self._outbox, books, clock, pays=True in self._exits)
        self._begun: set[int] = set()
        self._ending = False

    async def run(self, stop: asyncio.Event) -> None:
        """Raises what ended a loop: LeaseLostError, or a fault that is no matter of a single try."""
        books = asyncio.create_task(self._keep_books())
        running = [one.run() for one in self._exits.values()]
        loops = [asyncio.ensure_future(loop) for loop in (self._read(), self._freeze(), stop.wait(), *running)]
        try:
            done, _ = await asyncio.wait([books, *loops], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            self._ending = True
            for task in loops:
                task.cancel()
            await asyncio.gather(*loops, return_exceptions=True)
            await asyncio.wait([books])  # it ends by itself: a commit that is cut off leaves intents nobody knows of
            await self._drain(orderly=stop.is_set())

    # --- the loops ---------------------------------------------------------------------------------------------------

    async def _read(self) -> None:
        refresh_at = 0.0
        while True:
            now = asyncio.get_running_loop().time()
            if now >= refresh_at:
                await self._reader.refresh()
                refresh_at = now + REFRESH_EVERY
            hungry = self._outbox.hungry()
            for feed in hungry:
                await self._read_on(feed)
            await asyncio.sleep(0 if hungry else SETTLE_EVERY)

    async def _read_on(self, feed: Feed) -> None:
        try:
            await self._reader.feed(feed)
        except Exception:  # one mailing that cannot be read must not hold up the others
            log.exception("a mailing could not be read", mailing=feed.mailing.id)
            feed.wake_at = time.monotonic() + SICK

    async def _freeze(self) -> None:
        while True:
            worked = await freeze_step(self._database, self._clock())
            await asyncio.sleep(0 if worked else REFRESH_EVERY)

    async def _keep_books(self) -> None:
        lease_at = 0.0
        while not self._ending:
            now = asyncio.get_running_loop().time()
            jobs = [
                job
                for paid, one in self._exits.items()
                for job in self._outbox.pick(one.room(careful=self._post.is_careful), paid=paid)
            ]
            if jobs or self._books.open or now >= lease_at:
                lease_at = now + self._books.lease_length.total_seconds() / 5
                await self._write(jobs)
            await asyncio.sleep(SETTLE_EVERY)

    # --- one step of each --------------------------------------------------------------------------------------------

    async def _write(self, jobs: list[Job]) -> None:
        try:
            claimed, entries = await self._books.write([job.id for job in jobs])
        except LeaseLostError:
            raise
        except Exception:
            log.exception("the books could not be written")
            for job in jobs:
                self._outbox.put_back(job, AGAIN)
            await asyncio.sleep(AGAIN)
            return
        self._outbox.let_go(entries.ids)
        for job in jobs:
            if claimed.get(job.id) == job.contents.mailing.version:
                self._exits[job.is_paid].add(job)
            elif job.id in claimed:  # corrected meanwhile: to be worded anew
                self._books.open.given_back.append(job.id)
                self._outbox.let_go([job.id])
            else:
                self._outbox.let_go([job.id])

    async def _carry(self, job: Job) -> None:
        try:
            outcome = await self._post.send(job, self._clock())
        except Exception as error:  # whatever it was, the message may have left
            log.exception("a message could not be sent", delivery=job.id)
            outcome = ambiguous(type(error).__name__)
        self._record(job, outcome)

    def _record(self, job: Job, outcome: Outcome) -> None:
        decision = self._post.decide(job, outcome)
        entries = self._books.open
        if decision.settlement is not None:
            entries.settled.append(decision.settlement)
        if decision.again_in is not None:
            entries.given_back.append(job.id)
            self._outbox.put_back(job, decision.again_in, chat_id=outcome.moved_to)
        if decision.settlement is None and decision.again_in is None:
            self._outbox.let_go([job.id])  # ambiguous: found again when everything else is done
        if decision.unreachable:
            entries.unreachable[job.chat_id] = decision.unreachable
        if decision.out_of_stars:
            entries.out_of_stars.add(job.contents.mailing.id)
        if outcome.moved_to is not None:
            entries.moved[job.chat_id] = outcome.moved_to
        if job.contents.mailing.id not in self._begun:
            self._begun.add(job.contents.mailing.id)
            entries.started.add(job.contents.mailing.id)

    # --- the end -----------------------------------------------------------------------------------------------------

    async def _drain(self, *, orderly: bool) -> None:
        """Gives back what was claimed and has not left; what is under way may end and is written down."""
        for one in self._exits.values():
            self._books.open.given_back.extend(job.id for job in one.empty())
        under_way = [task for one in self._exits.values() for task in one.under_way]
        if not orderly:
            for task in under_way:
                task.cancel()
        if under_way:
            await asyncio.wait(under_way, timeout=DRAIN)
        for task in under_way:
            task.cancel()
        if self._books.open:
            with suppress(LeaseLostError):
                await self._books.write()


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
