"""Second thoughts: a new version for every delivered copy, or its recall, as mailings of their own.

What is said anew is written to the original in the same transaction, so that every delivery claimed afterwards
leaves with the new words, and every older copy is among those to edit.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.announcements import AnnouncementState
from domain.mailings import DeliveryState, Mailing, MailingDraft, MailingKind, MailingState
from storage.outbox import mailings
from storage.outbox.audiences import WINDOW, Window, write
from storage.tables import announcements, deliveries
from storage.tables import mailings as table


async def correct(
    connection: AsyncConnection, mailing_id: int, content: dict[str, Any], now: datetime, *, by: int | None = None
) -> int | None:
    """Says it anew (``content``: title, text, photo) to everybody, those who have it and those who do not yet.

    An item's mailing needs no ``content``: it says what the item says now.

    Returns the id of the mailing of corrections; None where there is nothing to correct.
    """
    original = await _original(connection, mailing_id)
    if original is None or original.kind not in (MailingKind.ANNOUNCEMENT, MailingKind.ITEM):
        return None
    version = await _next_version(connection, original)
    before = original.content or {}
    said = {**before, **content, "corrected": True}
    if said.get("photo") != before.get("photo"):
        said["another_photo"] = True  # of later versions too: somebody may still have the copy with the first one
    await connection.execute(update(table).where(table.c.id == original.id).values(content=said, version=version))
    await _end_older(connection, original, now)
    return await _create(connection, original, MailingKind.CORRECTION, version, said, now, by)


async def recall(connection: AsyncConnection, mailing_id: int, now: datetime, *, by: int | None = None) -> int | None:
    """Ends the sending and takes every delivered copy back; None where there is nothing to recall."""
    original = await _original(connection, mailing_id)
    if original is None:
        return None
    await mailings.cancel(connection, original.id, now)
    version = await _next_version(connection, original)
    await connection.execute(update(table).where(table.c.id == original.id).values(version=version))
    await _end_older(connection, original, now)
    if original.announcement_id is not None:
        recalled = update(announcements).where(announcements.c.id == original.announcement_id)
        await connection.execute(recalled.values(state=AnnouncementState.RECALLED, updated_at=now))
    return await _create(connection, original, MailingKind.RECALL, version, original.content, now, by)


async def freeze(connection: AsyncConnection, mailing: Mailing, through: int) -> Window:
    """Writes what the next window of the original's copies needs; waits for those that are still on their way."""
    original = deliveries.alias("original")
    older = (original.c.mailing_id == mailing.corrects) & (original.c.version < mailing.version)
    sent = older & (original.c.state == DeliveryState.SENT) & (original.c.message_id.is_not(None))
    beyond = select(original.c.id).where(sent, original.c.id > through).order_by(original.c.id)
    upper = await connection.scalar(select(func.max(beyond.limit(WINDOW).subquery().c.id)))
    if upper is None:
        on_their_way = older & (original.c.state == DeliveryState.SENDING)
        waits = await connection.scalar(select(exists(select(original.c.id).where(on_their_way))))
        return Window(0, 0, done=not waits)
    chosen = select(literal(mailing.id), original.c.subscriber_id, literal(DeliveryState.PENDING.value)).where(
        sent, original.c.id > through, original.c.id <= upper, original.c.subscriber_id.is_not(None)
    )
    return Window(await write(connection, chosen), upper, done=False)


async def _original(connection: AsyncConnection, mailing_id: int) -> Mailing | None:
    """The mailing itself, or the one that it corrects."""
    found = await mailings.find(connection, mailing_id)
    if found is None or found.corrects is None:
        return found
    return await mailings.find(connection, found.corrects)


async def _next_version(connection: AsyncConnection, original: Mailing) -> int:
    latest = select(func.max(table.c.version)).where((table.c.id == original.id) | (table.c.corrects == original.id))
    return int((await connection.scalar(latest)) or original.version) + 1


async def _end_older(connection: AsyncConnection, original: Mailing, now: datetime) -> None:
    """An earlier correction that is still on must not overwrite the later one."""
    states = (*mailings.ACTIVE, MailingState.PAUSED)
    older = select(table.c.id).where(table.c.corrects == original.id, table.c.state.in_(states))
    for mailing_id in list(await connection.scalars(older)):
        await mailings.cancel(connection, mailing_id, now)


async def _create(
    connection: AsyncConnection,
    original: Mailing,
    kind: MailingKind,
    version: int,
    content: dict[str, Any] | None,
    now: datetime,
    by: int | None,
) -> int:
    draft = MailingDraft(
        kind=kind,
        key=f"{kind}:{original.id}:{version}",
        content=content,
        lane=original.lane,
        announcement_id=original.announcement_id,
        event_id=original.event_id,
        item_id=original.item_id,
        corrects=original.id,
        version=version,
        created_by=by,
    )
    return await mailings.create(connection, draft, now)
