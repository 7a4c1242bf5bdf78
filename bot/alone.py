"""Work that only one of several processes may do: whoever holds the lease does it, the others stand ready."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog

from delivery.ownership import is_gone, new_owner
from storage.engine import Database
from storage.operation import leases

log = structlog.get_logger(__name__)

LENGTH = timedelta(seconds=30)
RENEW = 10.0
"""Seconds between renewals: three may fail before another process takes over."""


async def alone(database: Database, name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Runs ``work`` while this process holds the lease, and again when it wins it back; raises what ``work`` raises."""
    owner = new_owner()
    while True:
        if not await _acquire(database, name, owner):
            await asyncio.sleep(RENEW)
            continue
        log.info("lease taken", lease=name)
        try:
            await _while_held(database, name, owner, work)
        finally:
            await _release(database, name, owner)


async def _while_held(database: Database, name: str, owner: str, work: Callable[[], Awaitable[None]]) -> None:
    working = asyncio.ensure_future(work())
    try:
        while not working.done():
            await asyncio.wait([working], timeout=RENEW)
            if not working.done() and not await _acquire(database, name, owner):
                log.warning("lease lost", lease=name)
                break
        else:
            working.result()
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await working


async def _acquire(database: Database, name: str, owner: str) -> bool:
    async with database.begin() as connection:
        return await leases.acquire(connection, name, owner, now=datetime.now(UTC), length=LENGTH, is_gone=is_gone)


async def _release(database: Database, name: str, owner: str) -> None:
    async with database.begin() as connection:
        await leases.release(connection, name, owner)
