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


async def follow(
    connection: AsyncConnection,
    subscriber_id: int,
    territory: str,
    topics: Sequence[Topic],
    *,
    frequency: Frequency,
    now: datetime,
    keep: bool = False,
) -> None:
    """Makes these the topics of the place (none: every topic); saved searches stay as they are.

    keep: topics that were followed before keep their frequency.
    """
    before = [one for one in await of(connection, subscriber_id) if one.territory == territory and not one.words]
    wanted: Sequence[Topic | None] = topics or (None,)
    left = [one.id for one in before if one.topic not in wanted]
    await end(connection, subscriber_id, left, EndReason.REPLACED, now)
    known = {one.topic: one.frequency for one in before} if keep else {}
    for topic in wanted:
        often = known.get(topic, frequency)
        await subscribe(connection, subscriber_id, territory, topic=topic, frequency=often, now=now)


async def of(connection: AsyncConnection, subscriber_id: int) -> tuple[Subscription, ...]:
    """The live subscriptions of one subscriber, by place and in the order of choosing."""
    return await _found(connection, _LIVE & (subscriptions.c.subscriber_id == subscriber_id))


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


async def restore(connection: AsyncConnection, subscriber_id: int, ended_at: datetime, now: datetime) -> int:
    """Takes back what the subscriber ended at that moment; returns how many subscriptions came back."""
    ended = (
        (subscriptions.c.subscriber_id == subscriber_id)
        & (subscriptions.c.ended_at == ended_at)
        & (subscriptions.c.end_reason == EndReason.UNSUBSCRIBED)
    )
    found = await _found(connection, ended)
    for one in found:
        await subscribe(
            connection,
            subscriber_id,
            one.territory,
            topic=one.topic,
            words=one.words,
            frequency=one.frequency,
            now=now,
        )
    return len(found)


def _own(subscriber_id: int, subscription_id: int | None) -> ColumnElement[bool]:
    own = subscriptions.c.subscriber_id == subscriber_id
    return own if subscription_id is None else own & (subscriptions.c.id == subscription_id)


async def _found(connection: AsyncConnection, condition: ColumnElement[bool]) -> tuple[Subscription, ...]:
    query = select(*_COLUMNS).where(condition).order_by(subscriptions.c.territory, subscriptions.c.id)
    return tuple(from_row(row) for row in (await connection.execute(query)).mappings())
