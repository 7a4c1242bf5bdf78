"""Makes items of publications that wait to be read, whoever wrote them down: pollers, handlers, an import."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from analysis.duplicates import Signature, signature
from analysis.reader import Reader
from domain.readings import Reading
from domain.sources import Intake, Unread
from ingestion import drafts
from storage import territories
from storage.content import items
from storage.content.items import Outcome, Saved
from storage.engine import Connection, Database
from storage.intake import publications, stories

log = structlog.get_logger(__name__)

GROUP = 20
"""Publications read and saved in one transaction."""


@dataclass(frozen=True, slots=True)
class _Read:
    unread: Unread
    reading: Reading
    signature: Signature


async def read_unread(database: Database, reader: Reader, now: datetime, *, ids: Sequence[int] | None = None) -> Intake:
    """Reads everything that waits, or what waits among ``ids``; returns what became of it."""
    intake = Intake()
    left = None if ids is None else list(ids)
    while left is None or left:
        chosen = None if left is None else left[:GROUP]
        async with database.read() as connection:
            waiting = await publications.unread(connection, ids=chosen, limit=GROUP)
        if waiting:
            intake += await _take(database, reader, waiting, now)
        elif left is None:
            break
        left = None if left is None else left[GROUP:]
    return intake


async def _take(database: Database, reader: Reader, waiting: Sequence[Unread], now: datetime) -> Intake:
    zones = await _zones(database, [one.source.territory for one in waiting if one.source.territory])
    read: list[_Read] = []
    rejected: list[tuple[Unread, str]] = []
    for one in waiting:
        zone = zones.get(one.source.territory or "", drafts.ZONE)
        try:
            read.append(await asyncio.to_thread(_read, reader, one, zone))
        except Exception as error:
            log.exception("a text could not be read", publication=one.id)
            rejected.append((one, f"could not be read: {type(error).__name__}"))
    zones |= await _zones(database, [code for one in read for code in one.reading.territories])
    counted = dict.fromkeys(Outcome, 0)
    async with database.begin() as connection:
        await stories.one_at_a_time(connection)
        changed: list[int] = []
        for done in read:
            saved = await _save(connection, done, zones, now)
            if saved is None:
                rejected.append((done.unread, "could not be saved"))
            else:
                counted[saved.outcome] += 1
                changed.append(saved.item_id)
        await _index(connection, changed)
        for one, _reason in rejected:
            await publications.mark_read(connection, one.id, one.item_id, now)
    return Intake(
        added=counted[Outcome.ADDED],
        merged=counted[Outcome.MERGED],
        updated=counted[Outcome.UPDATED],
        rejected=tuple((one.entry.external_id, reason) for one, reason in rejected),
    )


async def _save(connection: Connection, done: _Read, zones: dict[str, str], now: datetime) -> Saved | None:
    """Each in a savepoint of its own, so that one that fails takes no other with it."""
    one = done.unread
    try:
        async with connection.begin_nested():
            if await publications.still_unread(connection, one.id, one.version):
                draft = drafts.draft(one, done.reading, zones, now)
                return await items.save(connection, draft, done.signature, now)
            return await items.saved_before(connection, one.id, one.version)
    except Exception:
        log.exception("a text could not be saved", publication=one.id)
        return None


async def _index(connection: Connection, item_ids: Sequence[int]) -> None:
    """All at once for a third of the cost; where one cannot be indexed, each by itself."""
    try:
        async with connection.begin_nested():
            await items.refresh_index(connection, item_ids)
    except Exception:
        log.exception("texts could not be indexed together", items=item_ids)
        for one in item_ids if len(item_ids) > 1 else ():
            await _index(connection, [one])


def _read(reader: Reader, one: Unread, zone: str) -> _Read:
    entry = one.entry
    reading = reader.read(entry.text, published=drafts.anchor(one, zone), home=one.source.territory, title=entry.title)
    return _Read(one, reading, signature(entry.text))


async def _zones(database: Database, codes: Sequence[str]) -> dict[str, str]:
    async with database.read() as connection:
        return await territories.zones(connection, codes)
