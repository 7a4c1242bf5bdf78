"""Waiting for something to be seen, woken by the world's own events: no polling, no sleeping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sandbox.world import Json, World

T = TypeVar("T")


async def until(world: World, look: Callable[[], T | None], seconds: float, complaint: Callable[[], str]) -> T:
    """What `look` finds, now or after a change in the world. AssertionError with `complaint()` when time is up."""
    changed = asyncio.Event()

    def wake(_event: Json) -> None:
        changed.set()

    stop = world.listen(wake)
    try:
        async with asyncio.timeout(seconds):
            while (found := look()) is None:
                changed.clear()
                await changed.wait()
            return found
    except TimeoutError:
        raise AssertionError(complaint()) from None
    finally:
        stop()
