"""How much of everything there is at one moment: what metrics, `stats` and `doctor` tell an operator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.events import EventStatus
from domain.mailings import DeliveryState, Lane, MailingState
from domain.sources import SourceState
from storage.tables import (
    deliveries,
    events,
    items,
    mailings,
    publications,
    sources,
    subscribers,
    subscriptions,
    suggestions,
    updates,
)

_RUNNING = (MailingState.FREEZING, MailingState.SENDING)
_UNSETTLED = (DeliveryState.PENDING, DeliveryState.SENDING)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts; a mapping holds only the keys there is at least one of, unless it says otherwise."""

    subscribers: int
    blocked: int
    paused: int
    subscriptions: int
    publications: int
    unread: int
    items: Mapping[str, int]
    """By state."""
    events_ahead: int
    sources: Mapping[str, int]
    """By health: well, failing, paused; always all three."""
    suggestions: Mapping[str, int]
    mailings: Mapping[str, int]
    deliveries: Mapping[str, int]
    """By state, always all of them."""
    outbox: Mapping[str, int]
    """Deliveries of running mailings that are not settled, by lane, always both."""
    oldest_mailing: datetime | None
    """When the oldest mailing that still owes something due was made."""
    updates_waiting: int
    updates_handled: int
    """Of those that are still kept."""
    oldest_update: datetime | None
    last_poll: datetime | None


async def count(connection: AsyncConnection, now: datetime) -> Figures:
    return Figures(
        subscribers=await _count(connection, subscribers),
        blocked=await _count(connection, subscribers, subscribers.c.blocked_at.is_not(None)),
        paused=await _count(connection, subscribers, subscribers.c.paused_until > now),
        subscriptions=await _count(connection, subscriptions, subscriptions.c.ended_at.is_(None)),
        publications=await _count(connection, publications),
        unread=await _count(connection, publications, publications.c.read_at.is_(None)),
        items=await _by(connection, items.c.state),
        events_ahead=await _count(connection, events, _ahead(now)),
        sources=await _health(connection),
        suggestions=await _by(connection, suggestions.c.state),
        mailings=await _by(connection, mailings.c.state),
        deliveries=dict.fromkeys(DeliveryState, 0) | await _by(connection, deliveries.c.state),
        outbox=await _outbox(connection),
        oldest_mailing=await _oldest_mailing(connection, now),
        updates_waiting=await _count(connection, updates, updates.c.done_at.is_(None)),
        updates_handled=await _count(connection, updates, updates.c.done_at.is_not(None)),
        oldest_update=await _moment(connection, updates.c.received_at, updates.c.done_at.is_(None)),
        last_poll=await connection.scalar(select(func.max(sources.c.last_poll_at))),
    )


def _ahead(now: datetime) -> ColumnElement[bool]:
    return (events.c.ends_at >= now) & events.c.status.not_in((EventStatus.CANCELLED, EventStatus.PAST))


async def _count(connection: AsyncConnection, table: FromClause, *conditions: ColumnElement[bool]) -> int:
    return (await connection.execute(select(func.count()).select_from(table).where(*conditions))).scalar_one()


async def _by(connection: AsyncConnection, column: ColumnElement[Any]) -> dict[str, int]:
    rows = await connection.execute(select(column, func.count()).group_by(column))
    return {row[0]: row[1] for row in rows}


async def _moment(
    connection: AsyncConnection, column: ColumnElement[Any], *conditions: ColumnElement[bool]
) -> datetime | None:
    found: datetime | None = await connection.scalar(select(func.min(column)).where(*conditions))
    return found


async def _health(connection: AsyncConnection) -> dict[str, int]:
    active = sources.c.state == SourceState.ACTIVE
    return {
        "well": await _count(connection, sources, active, sources.c.failures == 0),
        "failing": await _count(connection, sources, active, sources.c.failures > 0),
        "paused": await _count(connection, sources, sources.c.state == SourceState.PAUSED),
    }


async def _outbox(connection: AsyncConnection) -> dict[str, int]:
    owed = (
        select(mailings.c.lane, func.count())
        .join(deliveries, deliveries.c.mailing_id == mailings.c.id)
        .where(mailings.c.state.in_(_RUNNING), deliveries.c.state.in_(_UNSETTLED))
        .group_by(mailings.c.lane)
    )
    return dict.fromkeys(Lane, 0) | {row[0]: row[1] for row in await connection.execute(owed)}


async def _oldest_mailing(connection: AsyncConnection, now: datetime) -> datetime | None:
    timely = or_(deliveries.c.due_at.is_(None), deliveries.c.due_at <= now)
    owes = select(deliveries.c.id).where(
        and_(deliveries.c.mailing_id == mailings.c.id, deliveries.c.state.in_(_UNSETTLED), timely)
    )
    return await _moment(connection, mailings.c.created_at, mailings.c.state.in_(_RUNNING), owes.exists())
