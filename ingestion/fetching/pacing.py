"""How quickly one host is asked again: the slower it answers, the longer it is left in peace."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

PATIENCE = 5.0
"""A host rests this many times as long as it took to answer."""
SHORTEST, LONGEST = 0.05, 10.0
"""Seconds."""
AT_ONCE = 3
"""Requests under way to one host: one that hangs does not hold up the next."""
REMEMBERED = 20_000


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    free_at: float = 0.0
    delay: float | None = None


class Pacing:
    """Spacing of requests by host. Times are those of the loop's clock."""

    def __init__(self) -> None:
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    def ask_for(self, host: str, delay: float | None) -> None:
        """The pause that a host asks for itself, in seconds."""
        self._host(host).delay = delay

    def rest(self, host: str, seconds: float) -> None:
        """Leaves a host in peace for so long (Retry-After)."""
        known = self._host(host)
        known.free_at = max(known.free_at, asyncio.get_running_loop().time() + seconds)

    def wait(self, host: str) -> float:
        """Seconds until the host may be asked."""
        return max(0.0, self._host(host).free_at - asyncio.get_running_loop().time())

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Waits for a host's turn and holds it while it is asked."""
        known, loop = self._host(host), asyncio.get_running_loop()
        async with known.slots:
            begin = max(known.free_at, loop.time())
            known.free_at = begin + (known.delay or SHORTEST)
            await asyncio.sleep(begin - loop.time())
            started = loop.time()
            yield
            pause = min(max(PATIENCE * (loop.time() - started), SHORTEST), LONGEST)
            known.free_at = max(known.free_at, loop.time() + (pause if known.delay is None else 0.0))

    def _host(self, host: str) -> _Host:
        known = self._hosts.setdefault(host, _Host())
        self._hosts.move_to_end(host)
        if len(self._hosts) > REMEMBERED:
            self._hosts.popitem(last=False)
        return known
