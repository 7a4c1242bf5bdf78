"""Who is meant by a mailing, and the writing of it into deliveries, ten thousand at a time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, true, union
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.announcements import Audience
from domain.mailings import DeliveryState, Size
from domain.territories import RUSSIA
from storage.engine import insert_ignoring
from storage.people.quiet import is_quiet
from storage.tables import deliveries, subscribers, subscriptions, territory_paths

WINDOW = 10_000
"""Rows a transaction: it holds the lock of SQLite for some 20 ms, and the sender's own groups fit between two."""


@dataclass(frozen=True, slots=True)
class Window:
    """What one step of freezing did: rows written, where to go on, and whether nothing is left."""

    added: int
    through: int
    done: bool


async def count(connection: AsyncConnection, audience: Audience, now: datetime) -> Size:
    """How many would get a mailing to this audience now, and how many of them only after their quiet hours."""
    quiet = await is_quiet(connection, now)
    query = select(func.count(), func.count().filter(quiet)).select_from(subscribers).where(meant(audience, now))
    people, sleeping = (await connection.execute(query)).one()
    return Size(people, sleeping)


def meant(audience: Audience, now: datetime) -> ColumnElement[bool]:
    """A condition on ``subscribers``: reachable, not on a pause, and of this audience."""
    return and_(reachable(now), _of(audience))


def reachable(now: datetime) -> ColumnElement[bool]:
    """A condition on ``subscribers``: the chat takes messages and wants them."""
    paused_until = subscribers.c.paused_until
    return and_(subscribers.c.blocked_at.is_(None), or_(paused_until.is_(None), paused_until <= now))


def inside(territories: tuple[str, ...]) -> Select[tuple[str]]:
    """Codes of these territories and of everything within them."""
    return select(territory_paths.c.code).where(territory_paths.c.ancestor.in_(territories))


def around(territories: tuple[str, ...]) -> Select[tuple[str]]:
    """Codes of these territories and of everything that contains them."""
    return select(territory_paths.c.ancestor).where(territory_paths.c.code.in_(territories))


def _of(audience: Audience) -> ColumnElement[bool]:
    everywhere = RUSSIA in audience.territories
    if everywhere and not audience.topics:
        return true()
    lives_there = true() if everywhere else subscribers.c.home.in_(inside(audience.territories))
    if not audience.topics:
        return or_(lives_there, _follows(audience, _concerned(audience.territories)))
    if everywhere:
        return _follows(audience, true())
    return _follows(audience, or_(_concerned(audience.territories), lives_there))


def _concerned(territories: tuple[str, ...]) -> ColumnElement[bool]:
    """Who follows a region hears of its municipalities, and the other way round."""
    related = union(inside(territories), around(territories)).subquery()
    return subscriptions.c.territory.in_(select(related.c[0]))


def _follows(audience: Audience, where: ColumnElement[bool]) -> ColumnElement[bool]:
    topics = subscriptions.c.topic.in_(["", *audience.topics]) if audience.topics else true()
    return exists(
        select(literal(1)).where(
            subscriptions.c.subscriber_id == subscribers.c.id,
            subscriptions.c.ended_at.is_(None),
            subscriptions.c.words == "",
            topics,
            where,
        )
    )


async def freeze(
    connection: AsyncConnection, mailing_id: int, audience: Audience, through: int, now: datetime
) -> Window:
    """Writes the deliveries of the next window of subscribers after the id ``through``."""
    last = (await connection.scalar(select(func.max(subscribers.c.id)))) or 0
    upper = min(through + WINDOW, last)
    chosen = (
        select(literal(mailing_id), subscribers.c.id, literal(DeliveryState.PENDING.value))
        .where(subscribers.c.id > through, subscribers.c.id <= upper, meant(audience, now))
        .order_by(subscribers.c.id)
    )
    added = await write(connection, chosen)
    return Window(added, upper, upper >= last)


async def write(connection: AsyncConnection, chosen: Select[tuple[int, int, str]]) -> int:
    """Deliveries for what is chosen: (mailing id, subscriber id, state). Who has one already is passed over."""
    statement = insert_ignoring(connection, deliveries).from_select(["mailing_id", "subscriber_id", "state"], chosen)
    written = await connection.execute(statement)
    return int(written.rowcount)
