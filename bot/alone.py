"""Work that only one of several processes may do: whoever holds the lease does it, the others stand ready."""

import asyncio
import os
import socket
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog

from storage import leases
from storage.engine import Database

log = structlog.get_logger(__name__)

LENGTH = timedelta(seconds=30)
RENEW = 10.0
"""Seconds between renewals: three may fail before another process takes over."""


def owner_name() -> str:
    """Names this process, so that a successor on the same machine can see whether it is still there."""
    return f"{socket.gethostname()[:24]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"


async def alone(database: Database, name: str, owner: str, work: Callable[[], Awaitable[None]]) -> None:
    """Runs ``work`` while this process holds the lease, and again when it wins it back; raises what ``work`` raises."""
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


def is_gone(owner: str) -> bool:
    """Whether the owner was a process of this machine that is no longer there."""
    host, _, rest = owner.partition(":")
    number = rest.partition(":")[0]
    if host != socket.gethostname()[:24] or not number.isdecimal():
        return False
    if int(number) == os.getpid():  # the number was given anew, as in a container where it is always 1
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
