"""Upcoming events that are no longer at their source: cancelled perhaps, perhaps only tidied away. A person decides."""

from datetime import datetime

from domain.sources import Source
from ingestion.collecting import Collected
from storage.engine import Database
from storage.intake import publications
from storage.intake.publications import Upcoming
from storage.intake.questions import QuestionKind, ask


async def ask_about_vanished(database: Database, source: Source, collected: Collected, now: datetime) -> int:
    """Puts a question for each; returns how many.

    Only what lists everything it has (a calendar, a plan) can say so by silence; an article says it by being gone.
    """
    if not (collected.complete and not collected.unchanged) and not collected.gone:
        return 0
    here = {entry.external_id for entry in collected.entries}
    async with database.read() as connection:
        ahead = await publications.upcoming(connection, source.id, now)
    gone = [one for one in ahead if _is_gone(one, collected, here)]
    if not gone:
        return 0
    async with database.begin() as connection:
        await publications.mark_vanished(connection, [one.id for one in gone], now)
        for one in gone:
            await ask(
                connection,
                QuestionKind.VANISHED,
                f"{one.id}:{now:%Y-%m-%d}",
                source_id=source.id,
                item_id=one.item_id,
                event_id=one.event_id,
                territory=one.territory or source.territory,
                details={"title": one.title, "source": source.title or source.url, "url": one.url},
                now=now,
            )
    return len(gone)


def _is_gone(one: Upcoming, collected: Collected, here: set[str]) -> bool:
    if collected.complete and not collected.unchanged:
        return one.external_id not in here
    return one.url in collected.gone
