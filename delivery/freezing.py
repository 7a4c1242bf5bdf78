"""Writes audiences down step by step; a crash between two steps loses nothing and repeats nothing."""

from datetime import datetime

from delivery import digests
from domain.mailings import Mailing, MailingKind
from storage import audiences, corrections, mailings, matches, sending
from storage.audiences import Window
from storage.engine import Connection, Database


async def freeze_step(database: Database, now: datetime) -> bool:
    """One window of each mailing that is being frozen, urgent ones first. False where nothing was to be written."""
    async with database.read() as connection:
        waiting = await sending.to_freeze(connection)
    worked = False
    for mailing, through in waiting:
        async with database.begin() as connection:
            window = await _window(connection, mailing, through, now)
            await sending.frozen_step(connection, mailing.id, window, now)
        worked = worked or window.done or window.added > 0
    return worked


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
