"""Who may do what, and where: the grants that every update is checked against."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.roles import Act, Grant, Role, may
from domain.territories import RUSSIA
from storage.engine import insert_ignoring
from storage.tables import roles, territory_paths


async def of_user(connection: AsyncConnection, user_id: int) -> tuple[Grant, ...]:
    """Everything one person was granted, as it stands now."""
    query = select(roles.c.user_id, roles.c.role, roles.c.territory).where(roles.c.user_id == user_id)
    return tuple(Grant(row.user_id, Role(row.role), row.territory) for row in await connection.execute(query))


async def grant(
    connection: AsyncConnection,
    user_id: int,
    role: Role,
    territory: str = RUSSIA,
    *,
    now: datetime,
    granted_by: int | None = None,
) -> bool:
    """Gives a role in a territory and everything inside it; False where the person has it already."""
    row = {"user_id": user_id, "role": role, "territory": territory, "granted_by": granted_by, "granted_at": now}
    return (await connection.execute(insert_ignoring(connection, roles).values(row))).rowcount == 1


async def revoke(connection: AsyncConnection, user_id: int, role: Role, territory: str = RUSSIA) -> bool:
    """Takes a role back; False where the person did not have it."""
    gone = delete(roles).where(roles.c.user_id == user_id, roles.c.role == role, roles.c.territory == territory)
    return (await connection.execute(gone)).rowcount == 1


async def ensure_owners(connection: AsyncConnection, owner_ids: Iterable[int], now: datetime) -> None:
    """Makes the people of OWNER_IDS owners of everything; whoever is one stays so until revoked by hand."""
    for user_id in owner_ids:
        await grant(connection, user_id, Role.OWNER, RUSSIA, now=now)


async def everyone(connection: AsyncConnection, *, within: Sequence[str] | None = None) -> list[Grant]:
    """All grants, mightiest roles first; ``within``: only those given in these territories and inside them."""
    query = select(roles.c.user_id, roles.c.role, roles.c.territory).order_by(roles.c.territory, roles.c.user_id)
    if within is not None:
        inside = select(territory_paths.c.code).where(territory_paths.c.ancestor.in_(within))
        query = query.where(roles.c.territory.in_(inside))
    found = [Grant(row.user_id, Role(row.role), row.territory) for row in await connection.execute(query)]
    order = list(Role)
    return sorted(found, key=lambda one: order.index(one.role))


async def people_who_may(connection: AsyncConnection, act: Act, territory: str) -> tuple[int, ...]:
    """Ids of those who may do something in a territory: who is told that something waits for them."""
    path = select(territory_paths.c.ancestor).where(territory_paths.c.code == territory)
    around = tuple(await connection.scalars(path))
    query = select(roles.c.user_id, roles.c.role, roles.c.territory).where(roles.c.territory.in_(around))
    grants = [Grant(row.user_id, Role(row.role), row.territory) for row in await connection.execute(query)]
    return tuple(sorted({one.user_id for one in grants if may([one], act, around)}))
