"""So many updates are handled at once; who only waits for Telegram steps aside and lets another begin."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 32


class Slots:
    """Who steps aside is bounded by the sending rate: each has spent a token on the request that was refused."""

    def __init__(self, count: int = AT_ONCE) -> None:
        self._free = asyncio.Semaphore(count)
        self._holders: set[asyncio.Task[object] | None] = set()

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        await self._take()
        try:
            yield
        finally:
            self._give_back()

    @asynccontextmanager
    async def aside(self) -> AsyncIterator[None]:
        """Gives the slot of the running task back for as long as it waits; a task without one simply waits."""
        if asyncio.current_task() not in self._holders:
            yield
            return
        self._give_back()
        try:
            yield
        finally:
            await self._take()

    async def _take(self) -> None:
        await self._free.acquire()
        self._holders.add(asyncio.current_task())

    def _give_back(self) -> None:
        self._holders.discard(asyncio.current_task())
        self._free.release()
