"""Who may do what, and where: the grants that every update is checked against."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.roles import Grant, Role
from storage.tables import roles


async def of_user(connection: AsyncConnection, user_id: int) -> tuple[Grant, ...]:
    """Everything one person was granted, as it stands now."""
    query = select(roles.c.user_id, roles.c.role, roles.c.territory).where(roles.c.user_id == user_id)
    return tuple(Grant(row.user_id, Role(row.role), row.territory) for row in await connection.execute(query))
