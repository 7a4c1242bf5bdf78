"""What the sender does to mailings: finds those that are on, notes how far each came, and when it is done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.announcements import AnnouncementState
from domain.mailings import Mailing, MailingState
from storage.outbox.audiences import Window
from storage.outbox.mailings import ACTIVE, COLUMNS, UNSETTLED, become, from_row, tell_announcement
from storage.tables import deliveries, mailings


async def active(connection: AsyncConnection) -> list[Mailing]:
    """What is being frozen or sent, oldest first."""
    query = select(*COLUMNS).where(mailings.c.state.in_(ACTIVE)).order_by(mailings.c.id)
    return [from_row(row) for row in (await connection.execute(query)).mappings()]


async def to_freeze(connection: AsyncConnection) -> list[tuple[Mailing, int]]:
    """Mailings whose audience is still being written, urgent ones first, and how far each came."""
    query = (
        select(*COLUMNS, mailings.c.frozen_through)
        .where(mailings.c.state == MailingState.FREEZING)
        .order_by(mailings.c.lane.desc(), mailings.c.id)  # "urgent" sorts after "ordinary"
    )
    return [(from_row(row), row["frozen_through"]) for row in (await connection.execute(query)).mappings()]


async def frozen_step(connection: AsyncConnection, mailing_id: int, window: Window, now: datetime) -> None:
    """Notes how far the audience is written; after the last step the mailing owes all that it ever will."""
    values: dict[str, Any] = {"frozen_through": window.through, "size": mailings.c.size + window.added}
    if window.done:
        values["frozen_at"] = now
    await connection.execute(update(mailings).where(mailings.c.id == mailing_id).values(values))
    if window.done:
        await become(connection, mailing_id, (MailingState.FREEZING,), state=MailingState.SENDING)


async def start(connection: AsyncConnection, mailing_ids: Sequence[int], now: datetime) -> None:
    """Notes when the first message of each left."""
    begun = update(mailings).where(mailings.c.id.in_(mailing_ids), mailings.c.started_at.is_(None))
    await connection.execute(begun.values(started_at=now))


async def finish(connection: AsyncConnection, mailing_id: int, now: datetime) -> bool:
    """Ends a mailing that owes nothing any more; False where something is still open."""
    open_ = and_(deliveries.c.mailing_id == mailing_id, deliveries.c.state.in_(UNSETTLED))
    done = await become(
        connection,
        mailing_id,
        (MailingState.SENDING,),
        ~exists(select(deliveries.c.id).where(open_)),
        state=MailingState.FINISHED,
        finished_at=now,
    )
    if done:
        await tell_announcement(connection, mailing_id, AnnouncementState.SENT, now)
    return done
