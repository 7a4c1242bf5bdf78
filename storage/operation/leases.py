"""Who may act alone: one sender among all processes, fenced by its name in every transaction."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import insert_ignoring
from storage.tables import leases


async def acquire(
    connection: AsyncConnection,
    name: str,
    owner: str,
    *,
    now: datetime,
    length: timedelta,
    is_gone: Callable[[str], bool] = lambda _owner: False,
) -> bool:
    """Takes the lease where nobody holds it, where it ran out, or where its holder is known to be dead."""
    found = (await connection.execute(select(leases).where(leases.c.name == name).with_for_update())).mappings().first()
    if found is None:
        row = {"name": name, "owner": owner, "expires_at": now + length}
        return (await connection.execute(insert_ignoring(connection, leases).values(row))).rowcount == 1
    if found["owner"] != owner and found["expires_at"] > now and not is_gone(found["owner"]):
        return False
    await connection.execute(update(leases).where(leases.c.name == name).values(owner=owner, expires_at=now + length))
    return True


async def keep(connection: AsyncConnection, name: str, owner: str, *, now: datetime, length: timedelta) -> bool:
    """Renews the lease; False where another has taken it, and then nothing of this transaction may stand."""
    renewed = update(leases).where(leases.c.name == name, leases.c.owner == owner).values(expires_at=now + length)
    return (await connection.execute(renewed)).rowcount == 1


async def release(connection: AsyncConnection, name: str, owner: str) -> None:
    await connection.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))


async def holder(connection: AsyncConnection, name: str, now: datetime) -> str | None:
    """Who holds the lease at this moment."""
    query = select(leases.c.owner).where(leases.c.name == name, leases.c.expires_at > now)
    return (await connection.execute(query)).scalar_one_or_none()
