"""Which items concern whom, and why: written once for each person, however many of their subscriptions match."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, literal, select, true, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.items import Item, ItemState
from domain.mailings import DeliveryState, Mailing
from domain.subscribers import Frequency
from domain.territories import RUSSIA
from storage.engine import insert_ignoring
from storage.outbox.audiences import WINDOW, Window, around, inside, reachable, write
from storage.people.quiet import is_quiet
from storage.tables import deliveries, items, matches, subscribers, subscriptions, territory_paths

_LIVE = subscriptions.c.ended_at.is_(None)
_COLUMNS = ["subscriber_id", "item_id", "subscription_id", "frequency"]


@dataclass(frozen=True, slots=True)
class Group:
    """Subscriptions that one seek of the index finds, in the order of their subscribers."""

    territory: str
    topic: str
    frequency: Frequency


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search that an item may answer."""

    subscription_id: int
    words: str


async def unmatched(connection: AsyncConnection, limit: int = 100) -> list[int]:
    """Published items that nobody was looked for yet, oldest first."""
    query = select(items.c.id).where(items.c.matched_at.is_(None), items.c.state == ItemState.PUBLISHED)
    return list(await connection.scalars(query.order_by(items.c.id).limit(limit)))


async def groups(connection: AsyncConnection, item: Item) -> list[Group]:
    """The subscriptions without words that the item concerns, those that should win first: often before rarely,
    the item's own topic before any topic, the smaller territory before the larger."""
    depth = select(func.count()).where(territory_paths.c.code == subscriptions.c.territory).scalar_subquery()
    chosen = select(subscriptions.c.territory, subscriptions.c.topic, subscriptions.c.frequency).distinct()
    rows = await connection.execute(
        chosen.where(_LIVE, subscriptions.c.words == "", _concerned(item)).add_columns(depth)
    )
    order = list(Frequency)
    found = sorted(rows, key=lambda row: (order.index(Frequency(row[2])), row[1] == "", -row[3], row[0], row[1]))
    return [Group(row[0], row[1], Frequency(row[2])) for row in found]


async def saved(connection: AsyncConnection, item: Item) -> list[Saved]:
    """Saved searches of the item's territories and topics; whether their words answer is for analysis to say."""
    query = select(subscriptions.c.id, subscriptions.c.words)
    rows = await connection.execute(query.where(_LIVE, subscriptions.c.words != "", _concerned(item)))
    return [Saved(row[0], row[1]) for row in rows]


async def write_group(connection: AsyncConnection, item_id: int, group: Group, after: int) -> int | None:
    """Writes the matches of the next window of a group behind the subscriber ``after``; None where it was the last."""
    of_group = and_(
        _LIVE,
        subscriptions.c.territory == group.territory,
        subscriptions.c.topic == group.topic,
        subscriptions.c.frequency == group.frequency,
        subscriptions.c.words == "",
        subscriptions.c.subscriber_id > after,
    )
    ids = select(subscriptions.c.subscriber_id).where(of_group).order_by(subscriptions.c.subscriber_id)
    last = await connection.scalar(ids.offset(WINDOW - 1).limit(1))
    condition = of_group if last is None else of_group & (subscriptions.c.subscriber_id <= last)
    await _insert(connection, item_id, condition)
    return last


async def write_saved(connection: AsyncConnection, item_id: int, subscription_ids: Sequence[int]) -> None:
    for start in range(0, len(subscription_ids), 500):
        await _insert(connection, item_id, subscriptions.c.id.in_(subscription_ids[start : start + 500]))


async def mark_matched(connection: AsyncConnection, item_id: int, now: datetime) -> bool:
    """Notes that the item is matched; True where somebody wants it at once."""
    await connection.execute(update(items).where(items.c.id == item_id).values(matched_at=now))
    wanted = select(matches.c.item_id).where(matches.c.item_id == item_id, matches.c.frequency == Frequency.AT_ONCE)
    return bool(await connection.scalar(select(exists(wanted))))


async def freeze(connection: AsyncConnection, mailing: Mailing, through: int, now: datetime) -> Window:
    """Deliveries of an item for the next window of those who want it at once and are awake."""
    waiting = and_(
        matches.c.item_id == mailing.item_id,
        matches.c.frequency == Frequency.AT_ONCE,
        matches.c.mailing_id.is_(None),
        matches.c.subscriber_id > through,
    )
    ids = select(matches.c.subscriber_id).where(waiting).order_by(matches.c.subscriber_id)
    last = await connection.scalar(ids.offset(WINDOW - 1).limit(1))
    chosen = and_(waiting, true() if last is None else matches.c.subscriber_id <= last)
    awake = reachable(now) & ~(await is_quiet(connection, now))
    owed = (
        select(literal(mailing.id), matches.c.subscriber_id, literal(DeliveryState.PENDING.value))
        .join_from(matches, subscribers, subscribers.c.id == matches.c.subscriber_id)
        .where(chosen, awake)
    )
    added = await write(connection, owed)
    written = select(deliveries.c.id).where(
        deliveries.c.mailing_id == mailing.id, deliveries.c.subscriber_id == matches.c.subscriber_id
    )
    carried = update(matches).where(chosen, exists(written))
    await connection.execute(carried.values(mailing_id=mailing.id))
    return Window(added, last or through, done=last is None)


async def reason(connection: AsyncConnection, subscriber_id: int, item_ids: Iterable[int]) -> int | None:
    """The subscription by which one of these items concerns a subscriber."""
    query = select(matches.c.subscription_id).where(
        matches.c.subscriber_id == subscriber_id, matches.c.item_id.in_(list(item_ids))
    )
    return await connection.scalar(query.limit(1))


async def _insert(connection: AsyncConnection, item_id: int, condition: ColumnElement[bool]) -> None:
    chosen = select(
        subscriptions.c.subscriber_id, literal(item_id), subscriptions.c.id, subscriptions.c.frequency
    ).where(condition)
    await connection.execute(insert_ignoring(connection, matches).from_select(_COLUMNS, chosen))


def _concerned(item: Item) -> ColumnElement[bool]:
    """Who follows a region hears of its municipalities; who follows a municipality also of its region and of Russia."""
    topics = subscriptions.c.topic.in_(["", *item.topics])
    if RUSSIA in item.territories:
        return topics
    related = union(inside(item.territories), around(item.territories)).subquery()
    return and_(topics, subscriptions.c.territory.in_(select(related.c[0])))
