"""Reminders: before an event or a last day to apply, recomputed when it moves, silent when it is cancelled."""

from datetime import datetime

from domain.mailings import MailingDraft, MailingKind
from storage.engine import Database
from storage.outbox import due_reminders, mailings
from storage.outbox.due_reminders import Reminding


async def remind_due(database: Database, now: datetime) -> int:
    """Makes the mailings of the reminders that are due; returns how many were new."""
    async with database.begin() as connection:
        await due_reminders.follow_changes(connection, now)
        owed = await due_reminders.owed(connection, now)
        made = 0
        for one in owed:
            draft = _draft(one)
            if await mailings.by_key(connection, draft.key) is not None:
                continue
            mailing_id = await mailings.create(connection, draft, now, frozen=True)
            added = await due_reminders.freeze(
                connection, mailing_id, one.event.id, one.deadline_id, one.minutes, one.due_at
            )
            await mailings.add_deliveries(connection, mailing_id, added)
            made += 1
    return made


def _draft(one: Reminding) -> MailingDraft:
    """Named by the moment it reminds of: an event that moves is reminded of again."""
    return MailingDraft(
        kind=MailingKind.REMINDER,
        key=f"reminder:{one.event.id}:{one.deadline_id or 0}:{one.minutes}:{one.moment.isoformat()}",
        event_id=one.event.id,
        content={"deadline": one.deadline_id, "moment": one.moment.isoformat()},
    )
