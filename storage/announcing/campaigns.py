"""Campaigns: the date they stand around and the announcements that are their waves."""

from datetime import date, datetime

from sqlalchemy import RowMapping, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.announcements import Announcement
from domain.campaigns import Campaign
from storage.announcing.announcements import from_row
from storage.tables import announcements, campaigns

_COLUMNS = [campaigns.c[name] for name in Campaign.__slots__]


async def create(
    connection: AsyncConnection, title: str, around: date, author_id: int, now: datetime, *, event_id: int | None = None
) -> int:
    made = await connection.execute(
        insert(campaigns).values(title=title, around=around, author_id=author_id, created_at=now, event_id=event_id)
    )
    assert made.inserted_primary_key is not None  # noqa: S101  both engines return the key of a single row
    return int(made.inserted_primary_key[0])


async def get(connection: AsyncConnection, campaign_id: int) -> Campaign | None:
    row = (await connection.execute(select(*_COLUMNS).where(campaigns.c.id == campaign_id))).mappings().first()
    return _from_row(row) if row else None


async def listed(connection: AsyncConnection, *, limit: int = 200) -> list[Campaign]:
    """Newest first."""
    query = select(*_COLUMNS).order_by(campaigns.c.id.desc()).limit(limit)
    return [_from_row(row) for row in (await connection.execute(query)).mappings()]


async def waves(connection: AsyncConnection, campaign_id: int) -> list[Announcement]:
    """Its announcements in the order of their time."""
    query = (
        select(announcements)
        .where(announcements.c.campaign_id == campaign_id)
        .order_by(announcements.c.scheduled_at, announcements.c.id)
    )
    return [from_row(row) for row in (await connection.execute(query)).mappings()]


def _from_row(row: RowMapping) -> Campaign:
    return Campaign(**{name: row[name] for name in Campaign.__slots__})
