"""The inbox: every update is written before it is acknowledged, so that a crash loses none and repeats none."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import insert_ignoring
from storage.tables import updates

MAX_ATTEMPTS = 3
"""An update that ended the process this often is not tried again."""


async def receive(connection: AsyncConnection, payloads: Sequence[dict[str, Any]], now: datetime) -> set[int]:
    """Writes updates down; returns the ids of those that were not known yet."""
    if not payloads:
        return set()
    ids = [payload["update_id"] for payload in payloads]
    known = set(await connection.scalars(select(updates.c.update_id).where(updates.c.update_id.in_(ids))))
    rows = [{"update_id": payload["update_id"], "payload": payload, "received_at": now} for payload in payloads]
    await connection.execute(insert_ignoring(connection, updates), rows)
    return set(ids) - known


async def waiting(connection: AsyncConnection) -> list[dict[str, Any]]:
    """What was received and not done, oldest first; counts one more attempt for each."""
    await connection.execute(update(updates).where(updates.c.done_at.is_(None)).values(attempts=updates.c.attempts + 1))
    left = select(updates.c.payload).where(updates.c.done_at.is_(None), updates.c.attempts <= MAX_ATTEMPTS)
    return list(await connection.scalars(left.order_by(updates.c.update_id)))


async def done(connection: AsyncConnection, ids: Iterable[int], now: datetime) -> None:
    """Marks updates as handled and forgets what stood in them: only the id is needed to know them again."""
    handled = update(updates).where(updates.c.update_id == bindparam("handled")).values(done_at=now, payload={})
    rows = [{"handled": one} for one in ids]
    if rows:
        await connection.execute(handled, rows)


async def forget(connection: AsyncConnection, before: datetime) -> int:
    """Removes what was done before a moment; Telegram repeats nothing that is older than a day."""
    return (await connection.execute(delete(updates).where(updates.c.done_at < before))).rowcount


async def count_waiting(connection: AsyncConnection) -> int:
    return (await connection.scalar(select(func.count()).where(updates.c.done_at.is_(None)))) or 0
