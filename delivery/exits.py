"""Where claimed jobs wait for their token: at the free exit, or at the paid one where speed is paid for."""

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable

from delivery.outbox import Job
from delivery.pacer import Pacer

AHEAD = 0.06
"""Seconds of the rate that are claimed before their token is there."""
MOST_AT_ONCE = 300
"""Calls under way: at 1000 messages a second and 300 ms of latency so many are."""
CAREFUL = 4
"""Calls under way while Telegram answers with faults."""


class Exit:
    """The jobs of one pacer, urgent before ordinary; each has a task of its own once it may leave."""

    def __init__(self, pacer: Pacer, carry: Callable[[Job], Awaitable[None]]) -> None:
        self._pacer = pacer
        self._carry = carry
        self._ready: tuple[deque[Job], deque[Job]] = (deque(), deque())
        self._filled = asyncio.Event()
        self.under_way: set[asyncio.Future[None]] = set()

    def add(self, job: Job) -> None:
        self._ready[job.turn - 1].append(job)
        self._filled.set()

    def room(self, *, careful: bool) -> int:
        """How many more may be claimed now."""
        if self._pacer.pausing > AHEAD:
            return 0
        waiting = len(self._ready[0]) + len(self._ready[1])
        most = CAREFUL if careful else MOST_AT_ONCE
        ahead = max(2, math.ceil(self._pacer.rate * AHEAD))
        return max(0, min(ahead, most - len(self.under_way)) - waiting)

    async def run(self) -> None:
        """Lets jobs out, one for each token, until it is cancelled."""
        while True:
            if not any(self._ready):
                self._filled.clear()
                await self._filled.wait()
            await self._pacer.take(self._next().turn)
            job = self._next()  # an urgent one may have come while the token was waited for
            (self._ready[0] or self._ready[1]).popleft()
            task = asyncio.ensure_future(self._carry(job))
            self.under_way.add(task)
            task.add_done_callback(self.under_way.discard)

    def empty(self) -> list[Job]:
        """What has not left, which is then not here any more."""
        left = [*self._ready[0], *self._ready[1]]
        for queue in self._ready:
            queue.clear()
        return left

    def _next(self) -> Job:
        return (self._ready[0] or self._ready[1])[0]
