"""Writes audiences down step by step; a crash between two steps loses nothing and repeats nothing."""

from datetime import datetime

import structlog

from delivery import digests
from domain.mailings import Mailing, MailingKind
from storage.engine import Connection, Database
from storage.outbox import audiences, corrections, mailings, matches, sending
from storage.outbox.audiences import Window

log = structlog.get_logger(__name__)


async def freeze_step(database: Database, now: datetime) -> bool:
    """One window of each mailing that is being frozen, urgent ones first. False where nothing was to be written."""
    async with database.read() as connection:
        waiting = await sending.to_freeze(connection)
    steps = [await _step(database, mailing, through, now) for mailing, through in waiting]
    return any(steps)


async def _step(database: Database, mailing: Mailing, through: int, now: datetime) -> bool:
    try:
        async with database.begin() as connection:
            window = await _window(connection, mailing, through, now)
            await sending.frozen_step(connection, mailing.id, window, now)
    except Exception:  # one audience that cannot be written must not hold up the others
        log.exception("an audience could not be written", mailing=mailing.id)
        return False
    return window.done or window.added > 0


async def _window(connection: Connection, mailing: Mailing, through: int, now: datetime) -> Window:
    if mailing.corrects is not None:
        return await corrections.freeze(connection, mailing, through)
    if mailing.kind is MailingKind.ITEM:
        return await matches.freeze(connection, mailing, through, now)
    if mailing.kind is MailingKind.DIGEST:
        return await digests.freeze(connection, mailing, through, now)
    audience = await mailings.audience_of(connection, mailing.id)
    if audience is None:
        return Window(0, through, done=True)
    return await audiences.freeze(connection, mailing.id, audience, through, now)
