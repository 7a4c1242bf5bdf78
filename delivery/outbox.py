"""What may leave next: deliveries read ahead, mailing by mailing, urgent ones first, each mailing in its turn."""

import heapq
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import count

from delivery.contents import Contents
from delivery.pacer import Turn
from delivery.spacing import Spacing
from domain.mailings import Lane, Mailing
from storage.outbox.deliveries import Owed

READ = 500
"""Deliveries read at once; half of it in store is the sign to read on."""


@dataclass(frozen=True, slots=True)
class Job:
    """One delivery on its way from the database to the messenger."""

    owed: Owed
    contents: Contents
    feed: "Feed"
    after_another: bool = False
    """Its chat was written to within the last second."""

    @property
    def id(self) -> int:
        return self.owed.id

    @property
    def chat_id(self) -> int:
        return self.owed.chat_id or 0

    @property
    def turn(self) -> Turn:
        return self.feed.turn

    @property
    def is_paid(self) -> bool:
        return self.contents.mailing.paid


@dataclass(slots=True, eq=False)
class Feed:
    """One mailing as far as it is read: the keyset never looks at what is behind it."""

    mailing: Mailing
    jobs: deque[Job] = field(default_factory=deque)
    after: int = 0
    after_ambiguous: int = 0
    wake_at: float = 0.0
    """On the monotonic clock: nothing is to be read before."""
    held: int = 0
    """Deliveries of it that are somewhere in this process."""

    @property
    def turn(self) -> Turn:
        return Turn.URGENT if self.mailing.lane is Lane.URGENT else Turn.ORDINARY

    def is_hungry(self, now: float) -> bool:
        return len(self.jobs) <= READ // 2 and now >= self.wake_at


class Outbox:
    """The feeds of all mailings that are on, and what was put back to be tried again a little later."""

    def __init__(self, spacing: Spacing, clock: Callable[[], float] = time.monotonic) -> None:
        self.feeds: dict[int, Feed] = {}
        self.held: dict[int, Feed] = {}
        """Deliveries that this process has in hand, whatever the database says of them."""
        self._spacing = spacing
        self._clock = clock
        self._later: list[tuple[float, int, Job]] = []
        self._numbers = count()
        self._turns: deque[int] = deque()

    def refresh(self, active: Iterable[Mailing]) -> None:
        """Takes up new mailings, and lets go of those that were paused or ended."""
        known = {mailing.id: mailing for mailing in active}
        for mailing_id in self.feeds.keys() - known.keys():
            self._drop(self.feeds.pop(mailing_id))
        for mailing in known.values():
            feed = self.feeds.get(mailing.id)
            if feed is None:
                self.feeds[mailing.id] = Feed(mailing)
                self._turns.append(mailing.id)
            elif (feed.mailing.version, feed.mailing.paid) != (mailing.version, mailing.paid):
                # Corrected, or not paid for any more: what was read ahead is worded for what was.
                self._drop(feed)
                self.feeds[mailing.id] = Feed(mailing)
            elif (feed.mailing.size, feed.mailing.state) != (mailing.size, mailing.state):
                feed.mailing, feed.wake_at = mailing, 0.0

    def hungry(self) -> list[Feed]:
        """Feeds to be read on, urgent ones first."""
        now = self._clock()
        return sorted((feed for feed in self.feeds.values() if feed.is_hungry(now)), key=lambda feed: feed.turn)

    def hold(self, feed: Feed, delivery_id: int) -> None:
        self.held[delivery_id] = feed
        feed.held += 1

    def let_go(self, ids: Iterable[int]) -> None:
        """The database knows all about these now, or is to be asked about them again."""
        for delivery_id in ids:
            feed = self.held.pop(delivery_id, None)
            if feed is not None:
                feed.held -= 1

    def put_back(self, job: Job, seconds: float, *, chat_id: int | None = None) -> None:
        """To be tried again after so long, in another chat if the chat moved."""
        if chat_id is not None:
            job = replace(job, owed=replace(job.owed, chat_id=chat_id))
        heapq.heappush(self._later, (self._clock() + seconds, next(self._numbers), job))

    def pick(self, wanted: int, *, paid: bool = False) -> list[Job]:
        """The next jobs: urgent before ordinary, one of each mailing in turn, none to a chat that must rest.

        ``paid``: of the mailings that may cost Stars, or else of the others.
        """
        picked: list[Job] = []
        for turn in (Turn.URGENT, Turn.ORDINARY):
            self._pick_later(picked, wanted, turn, paid)
            self._pick_new(picked, wanted, turn, paid)
        return picked

    def _pick_later(self, picked: list[Job], wanted: int, turn: Turn, paid: bool) -> None:
        passed_over = []
        now = self._clock()
        while self._later and self._later[0][0] <= now and len(picked) < wanted:
            entry = heapq.heappop(self._later)
            if entry[2].turn is not turn or entry[2].is_paid is not paid:
                passed_over.append(entry)
            else:
                self._take(entry[2], picked)
        for entry in passed_over:
            heapq.heappush(self._later, entry)

    def _pick_new(self, picked: list[Job], wanted: int, turn: Turn, paid: bool) -> None:
        idle = 0
        while len(picked) < wanted and idle < len(self._turns):
            mailing_id = self._turns.popleft()
            feed = self.feeds.get(mailing_id)
            if feed is None:
                continue
            self._turns.append(mailing_id)
            if feed.turn is turn and feed.mailing.paid is paid and feed.jobs:
                self._take(feed.jobs.popleft(), picked)
                idle = 0
            else:
                idle += 1

    def _take(self, job: Job, picked: list[Job]) -> None:
        if self.feeds.get(job.feed.mailing.id) is not job.feed:
            self.let_go([job.id])
            return
        rest = self._spacing.wait(job.chat_id)
        if rest > 0:
            self.put_back(job, rest)
            return
        recent = self._spacing.was_recent(job.chat_id)
        self._spacing.took(job.chat_id)
        picked.append(replace(job, after_another=recent) if recent else job)

    def _drop(self, feed: Feed) -> None:
        self.let_go(job.id for job in feed.jobs)
        feed.jobs.clear()
