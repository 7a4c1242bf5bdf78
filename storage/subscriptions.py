"""What subscribers want to hear about. A subscription ends with a date and a reason; it does not vanish."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.subscribers import EndReason, Frequency, Subscription
from domain.topics import Topic
from storage.tables import subscriptions

_COLUMNS = (
    subscriptions.c.id,
    subscriptions.c.subscriber_id,
    subscriptions.c.territory,
    subscriptions.c.topic,
    subscriptions.c.words,
    subscriptions.c.frequency,
)
_LIVE = subscriptions.c.ended_at.is_(None)


def from_row(row: RowMapping) -> Subscription:
    """A row that holds the columns of this table under their own names."""
    return Subscription(
        id=row["id"],
        subscriber_id=row["subscriber_id"],
        territory=row["territory"],
        topic=Topic(row["topic"]) if row["topic"] else None,
        words=row["words"],
        frequency=Frequency(row["frequency"]),
    )


async def subscribe(
    connection: AsyncConnection,
    subscriber_id: int,
    territory: str,
    *,
    topic: Topic | None = None,
    words: str = "",
    frequency: Frequency,
    now: datetime,
) -> int:
    """Subscribes, or changes the frequency of the same subscription that is there. Returns its id."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    values = {
        "subscriber_id": subscriber_id,
        "territory": territory,
        "topic": topic or "",
        "words": words,
        "frequency": frequency,
        "created_at": now,
    }
    statement = (
        dialect.insert(subscriptions)
        .values(values)
        .on_conflict_do_update(
            index_elements=["subscriber_id", "territory", "topic", "words"],
            index_where=_LIVE,
            set_={"frequency": frequency},
        )
        .returning(subscriptions.c.id)
    )
    return int((await connection.execute(statement)).scalar_one())


async def of(connection: AsyncConnection, subscriber_id: int) -> tuple[Subscription, ...]:
    """The live subscriptions of one subscriber, by place and in the order of choosing."""
    return await _found(connection, _LIVE & (subscriptions.c.subscriber_id == subscriber_id))


async def one(connection: AsyncConnection, subscriber_id: int, subscription_id: int) -> Subscription | None:
    """A live subscription, if it is this subscriber's own."""
    found = await _found(connection, _own(subscriber_id, subscription_id) & _LIVE)
    return found[0] if found else None


async def set_frequency(
    connection: AsyncConnection, subscriber_id: int, frequency: Frequency, subscription_id: int | None = None
) -> int:
    """How often: for one subscription, or for all of the subscriber's. Returns how many there are."""
    condition = _own(subscriber_id, subscription_id) & _LIVE
    result = await connection.execute(update(subscriptions).where(condition).values(frequency=frequency))
    return result.rowcount


async def end(
    connection: AsyncConnection, subscriber_id: int, subscription_ids: Sequence[int], reason: EndReason, now: datetime
) -> tuple[Subscription, ...]:
    """Ends those that are live and the subscriber's own; returns them."""
    condition = (subscriptions.c.subscriber_id == subscriber_id) & subscriptions.c.id.in_(subscription_ids) & _LIVE
    ended = await _found(connection, condition)
    await connection.execute(update(subscriptions).where(condition).values(ended_at=now, end_reason=reason))
    return ended


async def restore(connection: AsyncConnection, subscriber_id: int, subscription_id: int, now: datetime) -> bool:
    """Takes back an end: subscribes anew to what was ended. False where it is not the subscriber's own."""
    condition = _own(subscriber_id, subscription_id) & _LIVE.is_not(True)
    found = await _found(connection, condition)
    for ended in found:
        await subscribe(
            connection,
            subscriber_id,
            ended.territory,
            topic=ended.topic,
            words=ended.words,
            frequency=ended.frequency,
            now=now,
        )
    return bool(found)


def _own(subscriber_id: int, subscription_id: int | None) -> ColumnElement[bool]:
    own = subscriptions.c.subscriber_id == subscriber_id
    return own if subscription_id is None else own & (subscriptions.c.id == subscription_id)


async def _found(connection: AsyncConnection, condition: ColumnElement[bool]) -> tuple[Subscription, ...]:
    query = select(*_COLUMNS).where(condition).order_by(subscriptions.c.territory, subscriptions.c.id)
    return tuple(from_row(row) for row in (await connection.execute(query)).mappings())
