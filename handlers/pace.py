"""One person's flood delays nobody else: each has a bucket of updates that fills again slowly."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiogram import BaseMiddleware
from aiogram.fsm.storage.base import BaseEventIsolation, StorageKey
from aiogram.types import TelegramObject, User

MOST_BUCKETS = 10_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """Updates of one person that are answered: ``burst`` at once, then ``rate`` a second."""

    burst: float = 40
    rate: float = 4


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float


@dataclass(slots=True)
class Buckets:
    """``take`` says whether one more update of this person may pass, at a moment of a monotonic clock."""

    allowance: Allowance
    _buckets: dict[int, _Bucket] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, person: int, at: float) -> bool:
        bucket = self._buckets.setdefault(person, _Bucket(self.allowance.burst, at))
        bucket.level = min(self.allowance.burst, bucket.level + (at - bucket.at) * self.allowance.rate)
        bucket.at = at
        if len(self._buckets) > MOST_BUCKETS:
            self._forget_the_calm(at)
        if bucket.level < 1:
            return False
        bucket.level -= 1
        return True

    def _forget_the_calm(self, at: float) -> None:
        full_again = self.allowance.burst / self.allowance.rate
        self._buckets = {who: bucket for who, bucket in self._buckets.items() if at - bucket.at < full_again}


class Pace(BaseMiddleware):
    """Drops what is over one person's allowance before it costs a query; stands before all others."""

    def __init__(self, allowance: Allowance) -> None:
        self._buckets = Buckets(allowance)

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        user: User | None = data.get("event_from_user")
        if user is None or self._buckets.take(user.id, asyncio.get_running_loop().time()):
            return await handler(event, data)
        return None


class InTurn(BaseEventIsolation):
    """Updates of one conversation are handled one after the other, those of different ones side by side."""

    def __init__(self) -> None:
        self._locks: dict[StorageKey, tuple[asyncio.Lock, int]] = {}

    def __len__(self) -> int:
        """Conversations that are being handled or waited for."""
        return len(self._locks)

    @asynccontextmanager
    async def lock(self, key: StorageKey) -> AsyncIterator[None]:
        lock, waiting = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks[key]
            if waiting == 1:
                del self._locks[key]
            else:
                self._locks[key] = (lock, waiting - 1)

    async def close(self) -> None:
        """Nothing is held beyond a conversation's turn."""
