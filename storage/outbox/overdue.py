"""What is stuck, found by query: states that no living sender leaves behind for long."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.mailings import DeliveryState, Ending, MailingState
from storage.outbox import mailings as acts
from storage.tables import deliveries, mailings

IN_FLIGHT = timedelta(minutes=1)
"""How long what was on its way when a mailing was cancelled may take to be settled."""
REMEMBERED = timedelta(days=7)


async def skip_cancelled(connection: AsyncConnection, now: datetime) -> int:
    """The next window of what cancelled mailings still owe; returns how many deliveries it skipped."""
    pending = select(deliveries.c.id).where(
        deliveries.c.mailing_id == mailings.c.id, deliveries.c.state == DeliveryState.PENDING
    )
    query = select(mailings.c.id).where(mailings.c.state == MailingState.CANCELLED, exists(pending)).limit(1)
    mailing_id = await connection.scalar(query)
    return await acts.skip_window(connection, mailing_id, now) if mailing_id else 0


async def end_ambiguous(connection: AsyncConnection, now: datetime) -> int:
    """Intents of cancelled mailings that nobody will try again: unknown. Not those of the last minute's sender."""
    over = select(mailings.c.id).where(
        mailings.c.state == MailingState.CANCELLED, mailings.c.finished_at < now - IN_FLIGHT
    )
    left = update(deliveries).where(deliveries.c.mailing_id.in_(over), deliveries.c.state == DeliveryState.SENDING)
    values = {"state": DeliveryState.UNKNOWN, "error": Ending.AMBIGUOUS, "settled_at": now}
    return (await connection.execute(left.values(values))).rowcount


async def reopen_finished(connection: AsyncConnection, now: datetime) -> int:
    """Mailings called finished of late that still owe something are on again."""
    owed = select(deliveries.c.id).where(
        deliveries.c.mailing_id == mailings.c.id,
        deliveries.c.state.in_((DeliveryState.PENDING, DeliveryState.SENDING)),
    )
    recent = mailings.c.finished_at > now - REMEMBERED
    reopened = update(mailings).where(mailings.c.state == MailingState.FINISHED, recent, exists(owed))
    values = {"state": MailingState.SENDING, "finished_at": None}
    return (await connection.execute(reopened.values(values))).rowcount
