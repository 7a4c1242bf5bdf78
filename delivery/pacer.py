"""The one owner of the rate: a bucket of tokens, given out lane by lane, so that a reply never waits for a mailing."""

import asyncio
import heapq
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from itertools import count

SLOWING = 0.97
"""What is left of the rate after each general refusal."""
LEAST = 0.25
"""Share of the full rate below which refusals do not slow it: they are then about something else than speed."""
RECOVERY = 0.001
"""Share of the full rate that comes back each second."""
GRAIN = 0.004
"""Seconds below which a timer is not worth setting: at 1000/s four tokens are given at once."""


class Turn(IntEnum):
    """Who goes first."""

    REPLY = 0
    URGENT = 1
    ORDINARY = 2


class Pacer:
    """At most ``rate`` tokens a second, ``burst`` of them at once.

    A burst of 1 would lose 4 % of the rate to late timers; in any one second no more than rate + burst leave.
    """

    def __init__(self, rate: float, burst: float | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.full_rate = self.rate = rate
        self.burst = burst if burst is not None else max(1.5, rate / 100)
        self._clock = clock
        self._level = self.burst
        self._then = clock()
        self._resume_at = 0.0
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._timer: asyncio.TimerHandle | None = None

    async def take(self, turn: Turn) -> None:
        """Waits for a token; those of an earlier lane are served first, within a lane who came first."""
        if not self._waiting and self._is_open():
            self._level -= 1
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (turn, next(self._numbers), waiter))
        self._give_out()
        await waiter

    def pause(self, seconds: float) -> None:
        """Nothing leaves for so long."""
        self._resume_at = max(self._resume_at, self._clock() + seconds)

    @property
    def pausing(self) -> float:
        """Seconds until the pause is over; 0 where there is none."""
        return max(0.0, self._resume_at - self._clock())

    def slow_down(self) -> None:
        self._refill()
        self.rate = max(self.full_rate * LEAST, self.rate * SLOWING)

    def _is_open(self) -> bool:
        self._refill()
        return self._level >= 1 and self._then >= self._resume_at

    def _refill(self) -> None:
        now = self._clock()
        passed, self._then = max(0.0, now - self._then), now
        self.rate = min(self.full_rate, self.rate + self.full_rate * RECOVERY * passed)
        self._level = min(self.burst, self._level + passed * self.rate)

    def _give_out(self) -> None:
        while self._waiting and (self._waiting[0][2].done() or self._is_open()):
            waiter = heapq.heappop(self._waiting)[2]
            if not waiter.done():  # who was cancelled takes nothing
                self._level -= 1
                waiter.set_result(None)
        if self._waiting and self._timer is None:
            delay = max(self._resume_at - self._then, (1 - self._level) / self.rate, GRAIN)
            self._timer = asyncio.get_running_loop().call_later(delay, self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._give_out()


def paid_pacer(rate: float) -> Pacer | None:
    """The pace of what costs Stars, at most ``rate`` in any one second; None where nothing is paid for."""
    return Pacer(rate * 0.99, burst=max(1.5, rate / 100)) if rate else None


@dataclass(frozen=True, slots=True)
class Pacers:
    """The usual pace, and that of mailings which may cost Stars."""

    free: Pacer
    paid: Pacer | None = None

    def by_lane(self) -> dict[bool, Pacer]:
        """Whether it is paid → its pacer."""
        return {False: self.free} if self.paid is None else {False: self.free, True: self.paid}

    def of(self, *, paid: bool) -> Pacer:
        return self.paid if paid and self.paid else self.free
