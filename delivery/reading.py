"""Reads the outbox ahead of the sender, and decides what need not or must not be sent at all."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from delivery.contents import Contents, prepare
from delivery.outbox import READ, Feed, Job, Outbox
from delivery.settling import Books
from domain.mailings import DeliveryState, Ending, Lane, Mailing, MailingKind, MailingState, Promise
from domain.subscribers import QuietHours
from storage.engine import Database
from storage.outbox import deliveries, sending
from storage.outbox.deliveries import MOST_ATTEMPTS, Owed, Settlement

LONGEST_SLEEP = 60.0
"""Seconds after which a mailing that waits for somebody's morning is looked at again."""
SHORT_SLEEP = 0.05
"""While the last messages are on their way."""
SILENT_KINDS = frozenset({MailingKind.CORRECTION, MailingKind.RECALL})
"""Edits and deletions wake nobody."""


class Reader:
    """Fills the feeds of an outbox."""

    def __init__(
        self, database: Database, outbox: Outbox, books: Books, clock: Callable[[], datetime], *, pays: bool
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._books = books
        self._clock = clock
        self._pays = pays

    async def refresh(self) -> None:
        """Looks which mailings are on."""
        async with self._database.read() as connection:
            active = await sending.active(connection)
        self._outbox.refresh(one if self._pays else replace(one, paid=False) for one in active)

    async def feed(self, feed: Feed) -> None:
        """One step of reading: what is due, then what is ambiguous, then the end of the mailing."""
        now = self._clock()
        async with self._database.read() as connection:
            due = await deliveries.due(connection, feed.mailing, after=feed.after, now=now, limit=READ)
            left = (
                []
                if due
                else await deliveries.ambiguous(connection, feed.mailing, after=feed.after_ambiguous, limit=READ)
            )
            fresh = [owed for owed in (due or left) if owed.id not in self._outbox.held]
            contents = await prepare(connection, feed.mailing, fresh, now) if fresh else None
        if self._outbox.feeds.get(feed.mailing.id) is not feed:
            return  # paused meanwhile
        if due:
            feed.after = due[-1].id
        elif left:
            feed.after_ambiguous = left[-1].id
        else:
            await self._come_to_an_end(feed, now)
        if contents is not None:
            self._triage(feed, fresh, contents, now)

    async def _come_to_an_end(self, feed: Feed, now: datetime) -> None:
        feed.after = feed.after_ambiguous = 0
        feed.wake_at = time.monotonic() + SHORT_SLEEP
        if feed.held or feed.mailing.state is not MailingState.SENDING:
            return
        async with self._database.read() as connection:
            next_due = await deliveries.next_due(connection, feed.mailing.id)
        if next_due is not None:
            wait = min(LONGEST_SLEEP, max(SHORT_SLEEP, (next_due - now).total_seconds()))
            feed.wake_at = time.monotonic() + wait
            return
        async with self._database.begin() as connection:
            finished = await sending.finish(connection, feed.mailing.id, now)
        if finished:
            self._outbox.feeds.pop(feed.mailing.id, None)

    def _triage(self, feed: Feed, fresh: Sequence[Owed], contents: Contents, now: datetime) -> None:
        mornings: dict[tuple[object, ...], datetime | None] = {}
        for owed in fresh:
            self._outbox.hold(feed, owed.id)
            refusal = _refusal(feed.mailing, owed, contents, now)
            if refusal is not None:
                self._settle(owed, refusal)
                continue
            key = (owed.time_zone, owed.quiet_start, owed.quiet_end)
            if key not in mornings:
                mornings[key] = _morning(owed, now)
            morning = mornings[key]
            if morning is None or passes_quiet_hours(feed.mailing):
                feed.jobs.append(Job(owed, contents, feed))
            else:
                self._books.open.postponed[owed.id] = morning

    def _settle(self, owed: Owed, settlement: Settlement) -> None:
        claimed = owed.state == DeliveryState.SENDING
        (self._books.open.settled if claimed else self._books.open.skipped).append(settlement)


def passes_quiet_hours(mailing: Mailing) -> bool:
    """Only what a person declared urgent wakes people; what a source calls urgent does not."""
    by_a_person = mailing.kind in (MailingKind.ANNOUNCEMENT, MailingKind.NOTICE)
    return mailing.kind in SILENT_KINDS or (by_a_person and mailing.lane is Lane.URGENT)


def _refusal(mailing: Mailing, owed: Owed, contents: Contents, now: datetime) -> Settlement | None:
    """Why this one is not sent; None where it is."""
    if owed.state == DeliveryState.SENDING and (
        owed.attempts >= MOST_ATTEMPTS or mailing.promise is Promise.AT_MOST_ONCE
    ):
        return Settlement(owed.id, DeliveryState.UNKNOWN, error=Ending.AMBIGUOUS)
    ending = _ending(mailing, owed, contents, now)
    if ending is None:
        return None
    return Settlement(owed.id, DeliveryState.SKIPPED, error=ending)


def _ending(mailing: Mailing, owed: Owed, contents: Contents, now: datetime) -> Ending | None:
    if owed.chat_id is None:
        return Ending.LEFT
    if owed.is_blocked:
        return Ending.BLOCKED
    if owed.paused_until is not None and owed.paused_until > now and mailing.kind not in SILENT_KINDS:
        return Ending.PAUSED
    if mailing.corrects is not None and owed.copy_id is None:
        return Ending.GONE
    return Ending.STALE if contents.wire(owed) is None else None


def _morning(owed: Owed, now: datetime) -> datetime | None:
    """When the subscriber's quiet hours end; None where it is not their night."""
    if owed.quiet_start is None or owed.quiet_end is None:
        return None
    zone = ZoneInfo(owed.time_zone)
    local = now.astimezone(zone)
    if not QuietHours(owed.quiet_start, owed.quiet_end).covers(local.time()):
        return None
    end = local.replace(hour=owed.quiet_end.hour, minute=owed.quiet_end.minute, second=0, microsecond=0, fold=0)
    if end <= local:
        end += timedelta(days=1)
    return end
