"""Chats we serve: made at first contact, changed by their owners, forgotten when they ask for it."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Update, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.subscribers import ChatKind, QuietHours, Subscriber
from storage.tables import deliveries, subscribers, subscriptions

_COLUMNS = (
    subscribers.c.id,
    subscribers.c.chat_id,
    subscribers.c.thread_id,
    subscribers.c.kind,
    subscribers.c.language,
    subscribers.c.time_zone,
    subscribers.c.home,
    subscribers.c.quiet_start,
    subscribers.c.quiet_end,
    subscribers.c.digest_hour,
    subscribers.c.paused_until,
    subscribers.c.blocked_at,
)


def from_row(row: RowMapping) -> Subscriber:
    """A row that holds the columns of this table under their own names."""
    start, end = row["quiet_start"], row["quiet_end"]
    return Subscriber(
        id=row["id"],
        chat_id=row["chat_id"],
        thread_id=row["thread_id"],
        kind=ChatKind(row["kind"]),
        language=row["language"],
        time_zone=row["time_zone"],
        home=row["home"],
        quiet=QuietHours(start, end) if start is not None and end is not None else None,
        digest_hour=row["digest_hour"],
        paused_until=row["paused_until"],
        blocked_at=row["blocked_at"],
    )


async def by_chat(connection: AsyncConnection, chat_id: int, thread_id: int = 0) -> Subscriber | None:
    return await _one(connection, (subscribers.c.chat_id == chat_id) & (subscribers.c.thread_id == thread_id))


async def by_id(connection: AsyncConnection, subscriber_id: int) -> Subscriber | None:
    return await _one(connection, subscribers.c.id == subscriber_id)


async def _one(connection: AsyncConnection, condition: Any) -> Subscriber | None:
    row = (await connection.execute(select(*_COLUMNS).where(condition))).mappings().first()
    return from_row(row) if row else None


async def ensure(
    connection: AsyncConnection,
    *,
    chat_id: int,
    thread_id: int = 0,
    kind: ChatKind,
    language: str,
    time_zone: str,
    now: datetime,
) -> Subscriber:
    """The subscriber of a chat, made where there is none. Whoever speaks to us has not blocked us."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    values = {
        "chat_id": chat_id,
        "thread_id": thread_id,
        "kind": kind,
        "language": language,
        "time_zone": time_zone,
        "created_at": now,
    }
    await connection.execute(
        dialect.insert(subscribers)
        .values(values)
        .on_conflict_do_update(
            index_elements=["chat_id", "thread_id"], set_={"blocked_at": None, "blocked_reason": None}
        )
    )
    found = await by_chat(connection, chat_id, thread_id)
    assert found is not None  # noqa: S101  written in this transaction
    return found


async def set_language(connection: AsyncConnection, subscriber_id: int, language: str) -> None:
    await _change(connection, subscriber_id, language=language)


async def set_time_zone(connection: AsyncConnection, subscriber_id: int, time_zone: str) -> None:
    await _change(connection, subscriber_id, time_zone=time_zone)


async def set_home(connection: AsyncConnection, subscriber_id: int, territory: str, time_zone: str) -> None:
    """Where the subscriber lives; the clock there becomes theirs."""
    await _change(connection, subscriber_id, home=territory, time_zone=time_zone)


async def set_quiet(connection: AsyncConnection, subscriber_id: int, quiet: QuietHours | None) -> None:
    start, end = (quiet.start, quiet.end) if quiet else (None, None)
    await _change(connection, subscriber_id, quiet_start=start, quiet_end=end)


async def set_digest_hour(connection: AsyncConnection, subscriber_id: int, hour: int) -> None:
    """``hour``: 0 to 23, local to the subscriber."""
    await _change(connection, subscriber_id, digest_hour=hour)


async def pause(connection: AsyncConnection, subscriber_id: int, until: datetime) -> None:
    await _change(connection, subscriber_id, paused_until=until)


async def resume(connection: AsyncConnection, subscriber_id: int) -> None:
    await _change(connection, subscriber_id, paused_until=None)


async def consent(connection: AsyncConnection, subscriber_id: int, version: int, now: datetime) -> None:
    """The person agreed to the privacy terms of this version."""
    await _change(connection, subscriber_id, consent_version=version, consented_at=now)


async def agreed(connection: AsyncConnection, subscriber_id: int) -> tuple[int | None, datetime | None]:
    """The version of the terms of privacy that the person agreed to, and when; None before they did."""
    query = select(subscribers.c.consent_version, subscribers.c.consented_at).where(subscribers.c.id == subscriber_id)
    row = (await connection.execute(query)).first()
    return (row.consent_version, row.consented_at) if row else (None, None)


async def block(connection: AsyncConnection, chat_id: int, reason: str, now: datetime) -> None:
    """The chat does not want us any more: it and all its forum topics."""
    await connection.execute(_of_chat(chat_id).values(blocked_at=now, blocked_reason=reason))


async def unblock(connection: AsyncConnection, chat_id: int) -> None:
    await connection.execute(_of_chat(chat_id).values(blocked_at=None, blocked_reason=None))


async def move(connection: AsyncConnection, chat_id: int, new_chat_id: int) -> None:
    """A group became a supergroup: the same subscriber under a new id.

    One that was made under the new id meanwhile gives way, unless it follows something already.
    """
    old, met = await by_chat(connection, chat_id), await by_chat(connection, new_chat_id)
    if met is not None:
        follows = select(subscriptions.c.id).where(subscriptions.c.subscriber_id == met.id).limit(1)
        if old is None or (await connection.execute(follows)).first():
            return
        await _hand_over(connection, met.id, old.id)
        await connection.execute(delete(subscribers).where(subscribers.c.id == met.id))
    await connection.execute(_of_chat(chat_id).values(chat_id=new_chat_id))


async def _hand_over(connection: AsyncConnection, giver: int, taker: int) -> None:
    """What mailings owe to one is owed to the other; where they owe it to both, to the taker alone."""
    of_giver = update(deliveries).where(deliveries.c.subscriber_id == giver)
    taken = select(deliveries.c.mailing_id).where(deliveries.c.subscriber_id == taker)
    await connection.execute(of_giver.where(deliveries.c.mailing_id.not_in(taken)).values(subscriber_id=taker))
    await connection.execute(of_giver.values(subscriber_id=None))


async def everyone(connection: AsyncConnection) -> AsyncIterator[Subscriber]:
    """All subscribers, oldest first, a page at a time."""
    after = 0
    while True:
        page = select(*_COLUMNS).where(subscribers.c.id > after).order_by(subscribers.c.id).limit(1000)
        rows = (await connection.execute(page)).mappings().all()
        for row in rows:
            yield from_row(row)
        if not rows:
            return
        after = rows[-1]["id"]


def _of_chat(chat_id: int) -> Update:
    return update(subscribers).where(subscribers.c.chat_id == chat_id)


async def _change(connection: AsyncConnection, subscriber_id: int, **values: object) -> None:
    await connection.execute(update(subscribers).where(subscribers.c.id == subscriber_id).values(**values))
