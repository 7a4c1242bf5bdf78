"""A source that suddenly gives far more than usual was moved, broken or broken into: nothing of it is broadcast."""

from collections.abc import Sequence
from datetime import datetime

from domain.sources import Entry, Intake, Source
from storage.engine import Database
from storage.intake import publications, source_health
from storage.intake.questions import QuestionKind, ask

MANY = 30
"""New texts at once that are nobody's ordinary day."""
TIMES_USUAL = 10


async def is_burst(database: Database, source: Source, entries: Sequence[Entry], now: datetime) -> bool:
    """Whether these are more than 30 new texts at once, and more than ten usual days of this source."""
    if len(entries) <= MANY:
        return False
    async with database.read() as connection:
        known = await publications.known_ids(connection, source.id, [entry.external_id for entry in entries])
        usual = await source_health.usual_per_day(connection, source.id, now)
    new = sum(entry.external_id not in known for entry in entries)
    return new > max(MANY, TIMES_USUAL * usual)


async def raise_burst(
    database: Database, source: Source, intake: Intake, entries: Sequence[Entry], now: datetime
) -> None:
    """Asks a moderator what to make of it."""
    titles = [entry.title or entry.text[:100] for entry in entries[:5]]
    async with database.begin() as connection:
        await ask(
            connection,
            QuestionKind.BURST,
            f"{source.id}:{now:%Y-%m-%dT%H:%M}",
            source_id=source.id,
            territory=source.territory,
            details={"source": source.title or source.url, "count": intake.added + intake.merged, "titles": titles},
            now=now,
        )
