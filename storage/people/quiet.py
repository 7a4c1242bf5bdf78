"""Whose night it is: quiet hours in SQL, by each subscriber's own clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, false, literal, or_, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Time

from storage.tables import subscribers

# Jumps from zone to zone along the index; a DISTINCT would walk over every subscriber.
_ZONES = text(
    "WITH RECURSIVE zones(zone) AS ("
    " SELECT min(time_zone) FROM subscribers UNION ALL"
    " SELECT (SELECT min(time_zone) FROM subscribers WHERE time_zone > zones.zone) FROM zones WHERE zone IS NOT NULL"
    ") SELECT zone FROM zones WHERE zone IS NOT NULL"
)


async def zones(connection: AsyncConnection) -> list[str]:
    """IANA names of the time zones that subscribers live in."""
    return list(await connection.scalars(_ZONES))


async def is_quiet(connection: AsyncConnection, now: datetime) -> ColumnElement[bool]:
    """A condition on ``subscribers``: their quiet hours cover this moment."""
    found = await zones(connection)
    if not found:
        return false()
    clocks = {zone: literal(now.astimezone(ZoneInfo(zone)).time(), Time) for zone in found}
    local = case(clocks, value=subscribers.c.time_zone)
    start, end = subscribers.c.quiet_start, subscribers.c.quiet_end
    return and_(
        start.is_not(None),
        end.is_not(None),
        or_(
            and_(start <= end, start <= local, local < end),
            and_(start > end, or_(local >= start, local < end)),
        ),
    )
