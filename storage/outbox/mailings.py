"""Acts of sending: made, frozen, paused, cancelled and finished. What each owes stands in storage.outbox.deliveries."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, exists, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.announcements import AnnouncementState, Audience, Priority
from domain.mailings import (
    DeliveryState,
    Ending,
    Lane,
    Mailing,
    MailingDraft,
    MailingKind,
    MailingState,
    Progress,
    Promise,
)
from domain.messages import Button, Message
from domain.topics import Topic
from storage.announcing import announced
from storage.engine import insert_ignoring
from storage.outbox import audiences
from storage.tables import announcements, deliveries, mailings, subscribers

ACTIVE = (MailingState.FREEZING, MailingState.SENDING)
UNSETTLED = (DeliveryState.PENDING, DeliveryState.SENDING)

COLUMNS = [mailings.c[name] for name in Mailing.__slots__]


def from_row(row: RowMapping) -> Mailing:
    """A row that holds the columns of this table under their own names."""
    values: dict[str, Any] = {name: row[name] for name in Mailing.__slots__}
    values["kind"] = MailingKind(values["kind"])
    values["state"] = MailingState(values["state"])
    values["lane"] = Lane(values["lane"])
    values["promise"] = Promise(values["promise"])
    return Mailing(**values)


async def create(
    connection: AsyncConnection,
    draft: MailingDraft,
    now: datetime,
    *,
    frozen: bool = False,
    state: MailingState = MailingState.FREEZING,
) -> int:
    """Writes a mailing down and returns its id; the id of the one that is there for the same matter.

    Its audience is written by the sender, in steps; ``frozen`` where the caller writes the deliveries itself.
    """
    values = _values(draft) | {"created_at": now, "frozen_at": now if frozen else None}
    values["state"] = MailingState.SENDING if frozen else state
    await connection.execute(insert_ignoring(connection, mailings).values(values))
    return int((await connection.execute(select(mailings.c.id).where(mailings.c.key == draft.key))).scalar_one())


async def announce(connection: AsyncConnection, announcement_id: int, now: datetime, *, by: int | None = None) -> int:
    """The mailing of an announcement, which is then `sending`. One announcement has one mailing."""
    mailing_id = await plan(connection, announcement_id, now, by=by)
    planned = (MailingState.PLANNED,)
    if await become(connection, mailing_id, planned, state=MailingState.FREEZING, created_at=now):
        sending = update(announcements).where(announcements.c.id == announcement_id)
        await connection.execute(sending.values(state=AnnouncementState.SENDING, updated_at=now))
        await announced.publish(connection, announcement_id, now)
    return mailing_id


async def plan(connection: AsyncConnection, announcement_id: int, now: datetime, *, by: int | None = None) -> int:
    """The mailing of an announcement that waits for its time, saying what the announcement says now."""
    query = select(announcements).where(announcements.c.id == announcement_id)
    row = (await connection.execute(query)).mappings().one()
    urgent = row["priority"] == Priority.URGENT
    draft = MailingDraft(
        kind=MailingKind.ANNOUNCEMENT,
        key=f"announcement:{announcement_id}",
        content={"title": row["title"], "text": row["text"], "photo": row["photo"], "kind": row["kind"]},
        lane=Lane.URGENT if urgent else Lane.ORDINARY,
        promise=Promise.AT_MOST_ONCE if row["at_most_once"] else Promise.AT_LEAST_ONCE,
        audience=Audience(tuple(row["territories"]), tuple(Topic(topic) for topic in row["topics"])),
        announcement_id=announcement_id,
        item_id=row["item_id"],
        event_id=row["event_id"],
        version=row["version"],
        paid=row["paid"],
        created_by=by if by is not None else row["author_id"],
    )
    mailing_id = await create(connection, draft, now, state=MailingState.PLANNED)
    await become(connection, mailing_id, (MailingState.PLANNED,), **_values(draft))
    return mailing_id


async def announce_due(connection: AsyncConnection, now: datetime) -> list[int]:
    """Mailings of the announcements whose time has come; found by query, however late."""
    due = select(announcements.c.id).where(
        announcements.c.state == AnnouncementState.SCHEDULED, announcements.c.scheduled_at <= now
    )
    return [await announce(connection, announcement_id, now) for announcement_id in list(await connection.scalars(due))]


async def notice(
    connection: AsyncConnection,
    message: Message,
    *,
    key: str,
    now: datetime,
    chats: Sequence[int] = (),
    to: Sequence[int] = (),
    lane: Lane = Lane.ORDINARY,
) -> int:
    """A small message of the house to people by chat id, or by subscriber id (``to``).

    ``key`` names the matter: said once, however often this is called. Who is not known to us is passed over.
    """
    draft = MailingDraft(
        kind=MailingKind.NOTICE, key=f"notice:{key}", content={"message": message_to_json(message)}, lane=lane
    )
    mailing_id = await create(connection, draft, now, frozen=True)
    wanted = (subscribers.c.chat_id.in_(chats) & (subscribers.c.thread_id == 0)) | subscribers.c.id.in_(to)
    chosen = select(literal(mailing_id), subscribers.c.id, literal(DeliveryState.PENDING.value)).where(wanted)
    await add_deliveries(connection, mailing_id, await audiences.write(connection, chosen))
    return mailing_id


async def add_deliveries(connection: AsyncConnection, mailing_id: int, added: int) -> None:
    """Tells a mailing that it owes more; one that was finished is open again."""
    if not added:
        return
    grown = update(mailings).where(mailings.c.id == mailing_id).values(size=mailings.c.size + added)
    await connection.execute(grown)
    finished = update(mailings).where(mailings.c.id == mailing_id, mailings.c.state == MailingState.FINISHED)
    await connection.execute(finished.values(state=MailingState.SENDING, finished_at=None))


async def find(connection: AsyncConnection, mailing_id: int) -> Mailing | None:
    return await _one(connection, mailing_id)


async def by_key(connection: AsyncConnection, key: str) -> int | None:
    """The id of the mailing of a matter."""
    return await connection.scalar(select(mailings.c.id).where(mailings.c.key == key))


async def of_announcement(connection: AsyncConnection, announcement_id: int) -> Mailing | None:
    """The mailing that carried an announcement out (not its corrections)."""
    query = select(*COLUMNS).where(mailings.c.key == f"announcement:{announcement_id}")
    row = (await connection.execute(query)).mappings().first()
    return from_row(row) if row else None


async def audience_of(connection: AsyncConnection, mailing_id: int) -> Audience | None:
    """Who was meant when the mailing was made; None where its kind decides by other means."""
    found = await connection.scalar(select(mailings.c.audience).where(mailings.c.id == mailing_id))
    return Audience(tuple(found["territories"]), tuple(Topic(topic) for topic in found["topics"])) if found else None


async def latest(
    connection: AsyncConnection, *, kinds: Sequence[MailingKind] = (), before: int | None = None, limit: int = 20
) -> list[Mailing]:
    """The newest mailings first; only of some kinds where these are named, only ids below ``before``."""
    query = select(*COLUMNS).order_by(mailings.c.id.desc()).limit(limit)
    if kinds:
        query = query.where(mailings.c.kind.in_(kinds))
    if before is not None:
        query = query.where(mailings.c.id < before)
    return [from_row(row) for row in (await connection.execute(query)).mappings()]


async def progress(connection: AsyncConnection, mailing_id: int) -> Progress:
    """Counted from the deliveries themselves, so that the states always add up to the audience."""
    query = select(deliveries.c.state, func.count()).where(deliveries.c.mailing_id == mailing_id)
    counted = {row[0]: row[1] for row in await connection.execute(query.group_by(deliveries.c.state))}
    return Progress(sum(counted.values()), *(counted.get(state.value, 0) for state in DeliveryState))


async def pause(connection: AsyncConnection, mailing_id: int) -> bool:
    """Stops the sending; what is on its way arrives. False where it is not being sent."""
    return await become(connection, mailing_id, ACTIVE, state=MailingState.PAUSED)


async def resume(connection: AsyncConnection, mailing_id: int) -> bool:
    """Goes on where it was paused, with the freezing or the sending."""
    paused = (MailingState.PAUSED,)
    freezing = await become(connection, mailing_id, paused, mailings.c.frozen_at.is_(None), state=MailingState.FREEZING)
    return freezing or await become(connection, mailing_id, paused, state=MailingState.SENDING)


async def cancel(connection: AsyncConnection, mailing_id: int, now: datetime) -> bool:
    """Ends the sending for good: what has not left is skipped, in steps where it is much."""
    states = (MailingState.PLANNED, *ACTIVE, MailingState.PAUSED)
    done = await become(connection, mailing_id, states, state=MailingState.CANCELLED, finished_at=now)
    if done:
        await skip_window(connection, mailing_id, now)
        await tell_announcement(connection, mailing_id, AnnouncementState.CANCELLED, now)
    return done


async def stop_paying(connection: AsyncConnection, mailing_id: int) -> bool:
    """What is left of it costs no Stars; False where nothing was to be paid."""
    paid = update(mailings).where(mailings.c.id == mailing_id, mailings.c.paid)
    return (await connection.execute(paid.values(paid=False))).rowcount == 1


async def retry(connection: AsyncConnection, mailing_id: int, *, unknown: bool = False) -> int:
    """Owes again what failed (and, where asked for, what is unknown); who blocked us is left alone."""
    states = [DeliveryState.FAILED, DeliveryState.UNKNOWN] if unknown else [DeliveryState.FAILED]
    reachable = select(subscribers.c.id).where(
        subscribers.c.id == deliveries.c.subscriber_id, subscribers.c.blocked_at.is_(None)
    )
    owed = update(deliveries).where(
        deliveries.c.mailing_id == mailing_id, deliveries.c.state.in_(states), exists(reachable)
    )
    values = {"state": DeliveryState.PENDING, "attempts": 0, "error": None, "settled_at": None, "due_at": None}
    count = (await connection.execute(owed.values(values))).rowcount
    if count:
        ended = (MailingState.FINISHED,)
        await become(connection, mailing_id, ended, state=MailingState.SENDING, finished_at=None)
    return count


def message_to_json(message: Message) -> dict[str, Any]:
    return asdict(message)


def message_from_json(value: dict[str, Any]) -> Message:
    rows = tuple(tuple(Button(**button) for button in row) for row in value["buttons"])
    return Message(**value | {"buttons": rows})


def _values(draft: MailingDraft) -> dict[str, Any]:
    values = {name: getattr(draft, name) for name in MailingDraft.__slots__}
    return values | {"audience": _audience_to_json(draft.audience)}


def _audience_to_json(audience: Audience | None) -> dict[str, Any] | None:
    return {"territories": list(audience.territories), "topics": list(audience.topics)} if audience else None


async def _one(connection: AsyncConnection, mailing_id: int) -> Mailing | None:
    row = (await connection.execute(select(*COLUMNS).where(mailings.c.id == mailing_id))).mappings().first()
    return from_row(row) if row else None


async def become(
    connection: AsyncConnection, mailing_id: int, states: Sequence[MailingState], *conditions: Any, **values: Any
) -> bool:
    changed = update(mailings).where(mailings.c.id == mailing_id, mailings.c.state.in_(states), *conditions)
    return (await connection.execute(changed.values(values))).rowcount == 1


async def skip_window(connection: AsyncConnection, mailing_id: int, now: datetime) -> int:
    """Marks the next ten thousand that a cancelled mailing still owes as skipped; returns how many these were."""
    waiting = (
        select(deliveries.c.id)
        .where(deliveries.c.mailing_id == mailing_id, deliveries.c.state == DeliveryState.PENDING)
        .order_by(deliveries.c.id)
        .limit(audiences.WINDOW)
    )
    skipped = update(deliveries).where(deliveries.c.id.in_(waiting.scalar_subquery()))
    values = {"state": DeliveryState.SKIPPED, "error": Ending.CANCELLED, "settled_at": now}
    return (await connection.execute(skipped.values(values))).rowcount


async def tell_announcement(
    connection: AsyncConnection, mailing_id: int, state: AnnouncementState, now: datetime
) -> None:
    concerned = select(mailings.c.announcement_id).where(
        mailings.c.id == mailing_id, mailings.c.kind == MailingKind.ANNOUNCEMENT
    )
    ended = update(announcements).where(
        announcements.c.id.in_(concerned.scalar_subquery()), announcements.c.state == AnnouncementState.SENDING
    )
    await connection.execute(ended.values(state=state, updated_at=now))
