"""Tells those who come that an event was moved or cancelled; each change once."""

from datetime import datetime

from domain.events import Event
from domain.mailings import MailingDraft, MailingKind
from storage.engine import Connection, Database
from storage.outbox import mailings, told
from storage.outbox.told import Told


async def tell_changes(database: Database, now: datetime) -> int:
    """Returns of how many events something was told."""
    async with database.read() as connection:
        waiting = await told.changed(connection)
    count = 0
    for event, known in waiting:
        async with database.begin() as connection:
            if known is not None and told.differs(event, known):
                await _tell(connection, event, known, now)
                count += 1
            await told.note(connection, event)
    return count


async def _tell(connection: Connection, event: Event, known: Told, now: datetime) -> None:
    draft = MailingDraft(
        kind=MailingKind.NOTICE,
        key=f"event:{event.id}:{event.sequence}",
        event_id=event.id,
        content={"before": known, "sequence": event.sequence},
    )
    mailing_id = await mailings.create(connection, draft, now, frozen=True)
    await mailings.add_deliveries(connection, mailing_id, await told.freeze(connection, mailing_id, event.id, now))
