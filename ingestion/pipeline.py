"""The one way in: entries of a source become publications, and these become items and events."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from analysis.reader import Reader
from domain.sources import Entry, Intake, Source
from ingestion.unread import read_unread
from storage.engine import Database
from storage.intake import publications

LONGEST = 200_000
"""Characters of one text; what is longer is a file somebody meant for another place."""


async def take_in(
    database: Database,
    reader: Reader,
    source: Source,
    entries: Sequence[Entry],
    now: datetime,
    *,
    silent: bool | None = None,
) -> Intake:
    """Takes in what a source gave. What was written down survives a crash in the middle: it is read by the next run.

    ``silent``: never to be broadcast; by default so for a source's first crawl.
    """
    refused = {entry.external_id: reason for entry in entries if (reason := refusal(entry))}
    good = [_bounded(entry) for entry in entries if entry.external_id not in refused]
    quiet = source.seeded_at is None if silent is None else silent
    async with database.begin() as connection:
        touched = await publications.receive(connection, source.id, good, now, silent=quiet)
    intake = await read_unread(database, reader, now, ids=touched)
    distinct = len({entry.external_id for entry in good})
    return intake + Intake(unchanged=distinct - len(touched), rejected=tuple(refused.items()))


def refusal(entry: Entry) -> str | None:
    """Why an entry is not taken in; None for a good one."""
    if not any(character.isalpha() for character in entry.text):
        return "has no text"
    if len(entry.text) > LONGEST:
        return f"is longer than {LONGEST} characters"
    return None


def _bounded(entry: Entry) -> Entry:
    """Without what no database takes: a NUL, halves of a surrogate pair."""
    return replace(
        entry,
        text=_clean(entry.text),
        title=_clean(entry.title)[:500] if entry.title else None,
        external_id=_clean(entry.external_id)[:1000],
    )


def _clean(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
