"""What waits for somebody's digest, and the digests that were made: one for each person and period."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.digests import Period
from domain.items import ItemState
from domain.mailings import MailingKind
from domain.subscribers import Frequency
from storage.outbox import deliveries
from storage.outbox.audiences import reachable
from storage.people.quiet import is_quiet
from storage.tables import digests, items, mailings, matches, subscribers

WINDOW = 500
"""People a transaction: each has a content of their own."""
_TAKE = (
    update(matches)
    .where(matches.c.subscriber_id == bindparam("person"), matches.c.item_id == bindparam("item"))
    .values(mailing_id=bindparam("by"))
)


async def hours(connection: AsyncConnection) -> list[tuple[str, int]]:
    """The (time zone, hour) at which subscribers want their digests."""
    rows = await connection.execute(select(subscribers.c.time_zone, subscribers.c.digest_hour).distinct())
    return [(row[0], row[1]) for row in rows]


async def made(connection: AsyncConnection, keys: Iterable[str]) -> set[str]:
    """Which of these mailings exist already."""
    return set(await connection.scalars(select(mailings.c.key).where(mailings.c.key.in_(list(keys)))))


async def is_wanted(connection: AsyncConnection, frequency: Frequency, zone: str, hour: int, due_at: datetime) -> bool:
    """Whether anything waits for the digest of anybody at this hour."""
    at_this_hour = (subscribers.c.time_zone == zone) & (subscribers.c.digest_hour == hour)
    waiting = (
        select(literal(1))
        .select_from(matches)
        .join(subscribers, subscribers.c.id == matches.c.subscriber_id)
        .join(items, items.c.id == matches.c.item_id)
        .where(_waits(frequency, due_at), at_this_hour)
    )
    return bool(await connection.scalar(select(exists(waiting))))


async def owed(
    connection: AsyncConnection,
    frequency: Frequency,
    zone: str,
    hour: int,
    period: Period,
    *,
    after: int,
    now: datetime,
) -> dict[int, list[int]]:
    """Subscriber id → ids of the items for their digest: the next window of people above the id ``after``."""
    has_one = select(digests.c.subscriber_id).where(
        digests.c.subscriber_id == subscribers.c.id,
        digests.c.frequency == frequency,
        digests.c.period == period.day,
    )
    people = (
        select(subscribers.c.id)
        .where(
            subscribers.c.time_zone == zone,
            subscribers.c.digest_hour == hour,
            subscribers.c.id > after,
            reachable(now),
            _has_waiting(frequency, period.due_at),
            ~exists(has_one),
        )
        .order_by(subscribers.c.id)
        .limit(WINDOW)
    )
    return await _items_of(connection, list(await connection.scalars(people)), frequency, period.due_at)


async def bundled(connection: AsyncConnection, *, after: int, since: datetime, now: datetime) -> dict[int, list[int]]:
    """As `owed`, for what was wanted at once and waited for a morning, a pause's end or a return.

    Only what matched since ``since`` and whose own mailing is on its way: before that, nobody was passed over yet.
    """
    awake = reachable(now) & ~(await is_quiet(connection, now))
    passed_over = and_(_was_passed_over(), items.c.matched_at >= since)
    people = (
        select(matches.c.subscriber_id)
        .join_from(matches, items, items.c.id == matches.c.item_id)
        .join(subscribers, subscribers.c.id == matches.c.subscriber_id)
        .where(_waits(Frequency.AT_ONCE, now), passed_over, awake, matches.c.subscriber_id > after)
        .group_by(matches.c.subscriber_id)
        .order_by(matches.c.subscriber_id)
        .limit(WINDOW)
    )
    ids = list(await connection.scalars(people))
    return await _items_of(connection, ids, Frequency.AT_ONCE, now, passed_over)


async def write(
    connection: AsyncConnection,
    mailing_id: int,
    contents: dict[int, dict[str, Any]],
    carried: dict[int, list[int]],
) -> dict[int, int]:
    """The deliveries of digests (subscriber id → content), and the items that they carry, which wait no longer."""
    rows = [{"subscriber_id": person, "content": content} for person, content in contents.items()]
    added = await deliveries.add(connection, mailing_id, rows)
    taken = [{"person": person, "item": item, "by": mailing_id} for person, items in carried.items() for item in items]
    if taken:
        await connection.execute(_TAKE, taken)
    return added


async def note(
    connection: AsyncConnection, added: dict[int, int], frequency: Frequency, period: Period, now: datetime
) -> None:
    """Remembers that these people had their digest of this period (subscriber id → delivery id)."""
    rows = [
        {"subscriber_id": person, "frequency": frequency, "period": period.day, "delivery_id": delivery, "made_at": now}
        for person, delivery in added.items()
    ]
    if rows:
        await connection.execute(insert(digests), rows)


async def _items_of(
    connection: AsyncConnection,
    people: Sequence[int],
    frequency: Frequency,
    until: datetime,
    condition: ColumnElement[bool] | None = None,
) -> dict[int, list[int]]:
    query = (
        select(matches.c.subscriber_id, matches.c.item_id)
        .join_from(matches, items, items.c.id == matches.c.item_id)
        .where(matches.c.subscriber_id.in_(people), _waits(frequency, until))
        .order_by(matches.c.subscriber_id, matches.c.item_id.desc())
    )
    found: dict[int, list[int]] = {}
    for person, item_id in await connection.execute(query if condition is None else query.where(condition)):
        found.setdefault(person, []).append(item_id)
    return found


def _waits(frequency: Frequency, until: datetime) -> ColumnElement[bool]:
    return and_(
        matches.c.mailing_id.is_(None),
        matches.c.frequency == frequency,
        items.c.state == ItemState.PUBLISHED,
        items.c.matched_at <= until,
    )


def _has_waiting(frequency: Frequency, until: datetime) -> ColumnElement[bool]:
    waiting = select(literal(1)).join_from(matches, items, items.c.id == matches.c.item_id)
    return exists(waiting.where(matches.c.subscriber_id == subscribers.c.id, _waits(frequency, until)))


def _was_passed_over() -> ColumnElement[bool]:
    own = select(mailings.c.id).where(
        mailings.c.item_id == matches.c.item_id,
        mailings.c.kind == MailingKind.ITEM,
        mailings.c.frozen_at.is_not(None),
    )
    return exists(own)
