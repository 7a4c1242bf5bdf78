"""Texts as their sources published them: written down first, read later; what is unread is work to do."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.events import EventStatus
from domain.sources import Entry, Occurrence, Source, Unread
from storage.intake.sources import source_of
from storage.tables import events, items, publications, sources

BATCH = 500


async def receive(
    connection: AsyncConnection, source_id: int, entries: Sequence[Entry], now: datetime, *, silent: bool = False
) -> list[int]:
    """Writes down what is new or changed, to be read by ingestion; returns the ids of these publications.

    A changed one gets its next version. What is the same as before is left alone.
    """
    latest = {entry.external_id: entry for entry in entries}
    known = await _known(connection, source_id, list(latest))
    touched: list[int] = []
    for entry in latest.values():
        before = known.get(entry.external_id)
        if before is None:
            touched.append(await _insert(connection, source_id, entry, now, silent=silent))
        elif before["content_hash"] != entry.content_hash:
            await _change(connection, before, entry, now)
            touched.append(before["id"])
    await checked(connection, source_id, list(known), now)
    return touched


async def known_ids(connection: AsyncConnection, source_id: int, external_ids: Sequence[str]) -> dict[str, datetime]:
    """Which of these the source published before, and when each was fetched last."""
    rows = await _known(connection, source_id, external_ids)
    return {external_id: row["fetched_at"] for external_id, row in rows.items()}


async def checked(connection: AsyncConnection, source_id: int, external_ids: Sequence[str], now: datetime) -> None:
    """Notes that these were seen again; what vanished once and is back, is back."""
    for start in range(0, len(external_ids), BATCH):
        await connection.execute(
            update(publications)
            .where(
                publications.c.source_id == source_id,
                publications.c.external_id.in_(external_ids[start : start + BATCH]),
            )
            .values(fetched_at=now, vanished_at=None)
        )


async def unread(connection: AsyncConnection, *, ids: Iterable[int] | None = None, limit: int = BATCH) -> list[Unread]:
    """What waits to be read, oldest first; only of ``ids`` where these are given."""
    chosen = [
        publications.c[name] for name in ("id", "item_id", "silent", "fetched_at", "version", *_ENTRY, "occurrence")
    ]
    query = (
        select(*chosen, *(sources.c[name].label(f"source_{name}") for name in Source.__slots__))
        .join(sources, sources.c.id == publications.c.source_id)
        .where(publications.c.read_at.is_(None))
        .order_by(publications.c.id)
        .limit(limit)
    )
    if ids is not None:
        query = query.where(publications.c.id.in_(list(ids)))
    return [_unread(row) for row in (await connection.execute(query)).mappings()]


async def still_unread(connection: AsyncConnection, publication_id: int, version: int) -> bool:
    """Whether nobody else has read this version in the meantime; until the transaction ends, nobody else will."""
    query = select(publications.c.id).where(
        publications.c.id == publication_id, publications.c.read_at.is_(None), publications.c.version == version
    )
    return (await connection.execute(query.with_for_update())).first() is not None


async def mark_read(connection: AsyncConnection, publication_id: int, item_id: int | None, now: datetime) -> None:
    await connection.execute(
        update(publications).where(publications.c.id == publication_id).values(item_id=item_id, read_at=now)
    )


async def _known(connection: AsyncConnection, source_id: int, external_ids: Sequence[str]) -> dict[str, RowMapping]:
    found: dict[str, RowMapping] = {}
    columns = (publications.c[name] for name in ("id", "external_id", "content_hash", "version", "fetched_at"))
    query = select(*columns).where(publications.c.source_id == source_id)
    for start in range(0, len(external_ids), BATCH):
        part = query.where(publications.c.external_id.in_(external_ids[start : start + BATCH]))
        found |= {row["external_id"]: row for row in (await connection.execute(part)).mappings()}
    return found


_ENTRY = ("external_id", "url", "title", "text", "published_at", "photo")


async def _insert(connection: AsyncConnection, source_id: int, entry: Entry, now: datetime, *, silent: bool) -> int:
    made = await connection.execute(
        insert(publications).values(
            source_id=source_id,
            external_id=entry.external_id,
            added_at=now,
            fetched_at=now,
            silent=silent,
            **_content(entry),
        )
    )
    assert made.inserted_primary_key is not None  # noqa: S101  both engines return the key of a single row
    return int(made.inserted_primary_key[0])


async def _change(connection: AsyncConnection, before: RowMapping, entry: Entry, now: datetime) -> None:
    content = _content(entry)
    # What was said once need not be repeated.
    kept = {name for name in ("url", "published_at", "photo") if content[name] is None}
    values = {name: value for name, value in content.items() if name not in kept}
    await connection.execute(
        update(publications)
        .where(publications.c.id == before["id"])
        .values(version=before["version"] + 1, read_at=None, fetched_at=now, **values)
    )


def _content(entry: Entry) -> dict[str, Any]:
    return {
        "url": entry.url,
        "title": entry.title,
        "text": entry.text,
        "published_at": entry.published_at,
        "photo": entry.photo,
        "content_hash": entry.content_hash,
        "occurrence": _occurrence_to_json(entry.occurrence),
    }


def _occurrence_to_json(occurrence: Occurrence | None) -> dict[str, Any] | None:
    if occurrence is None:
        return None
    ends = occurrence.ends_at.isoformat() if occurrence.ends_at else None
    return asdict(occurrence) | {"starts_at": occurrence.starts_at.isoformat(), "ends_at": ends}


def _occurrence_from_json(value: dict[str, Any] | None) -> Occurrence | None:
    if value is None:
        return None
    ends = datetime.fromisoformat(value["ends_at"]) if value["ends_at"] else None
    return Occurrence(**value | {"starts_at": datetime.fromisoformat(value["starts_at"]), "ends_at": ends})


def _unread(row: RowMapping) -> Unread:
    return Unread(
        id=row["id"],
        source=source_of({name: row[f"source_{name}"] for name in Source.__slots__}),
        entry=Entry(**{name: row[name] for name in _ENTRY}, occurrence=_occurrence_from_json(row["occurrence"])),
        item_id=row["item_id"],
        silent=row["silent"],
        fetched_at=row["fetched_at"],
        version=row["version"],
    )


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A publication whose event is still ahead."""

    id: int
    external_id: str
    url: str | None
    item_id: int
    event_id: int
    title: str
    territory: str | None


async def upcoming(connection: AsyncConnection, source_id: int, now: datetime) -> list[Upcoming]:
    """What a source announced that is still to come, and had not vanished so far."""
    query = (
        select(
            *(publications.c[name] for name in ("id", "external_id", "url", "item_id")),
            *(events.c[name] for name in ("title", "territory")),
            events.c.id.label("event_id"),
        )
        .join(items, items.c.id == publications.c.item_id)
        .join(events, events.c.id == items.c.event_id)
        .where(
            publications.c.source_id == source_id,
            publications.c.vanished_at.is_(None),
            events.c.starts_at > now,
            events.c.status.in_((EventStatus.TENTATIVE, EventStatus.CONFIRMED)),
        )
    )
    return [Upcoming(**row) for row in (await connection.execute(query)).mappings()]


async def mark_vanished(connection: AsyncConnection, ids: Sequence[int], now: datetime) -> None:
    await connection.execute(update(publications).where(publications.c.id.in_(ids)).values(vanished_at=now))


async def to_look_at_again(
    connection: AsyncConnection, source_id: int, *, now: datetime, fetched_before: datetime, limit: int
) -> list[str]:
    """Addresses of what announces an event that is still ahead and was not looked at for a while, oldest look first."""
    ahead = (
        select(items.c.id)
        .join(events, events.c.id == items.c.event_id)
        .where(events.c.starts_at > now, events.c.status.in_((EventStatus.TENTATIVE, EventStatus.CONFIRMED)))
    )
    return await _stale(connection, source_id, publications.c.item_id.in_(ahead), fetched_before, limit)


async def recent_to_look_at(
    connection: AsyncConnection, source_id: int, *, added_after: datetime, fetched_before: datetime, limit: int
) -> list[str]:
    """Addresses of recent articles that were not looked at for a while: they may have been edited."""
    return await _stale(connection, source_id, publications.c.added_at >= added_after, fetched_before, limit)


async def looked_at(connection: AsyncConnection, source_id: int, addresses: Sequence[str], now: datetime) -> None:
    here = (publications.c.source_id == source_id, publications.c.url.in_(addresses))
    await connection.execute(update(publications).where(*here).values(fetched_at=now))


async def _stale(
    connection: AsyncConnection, source_id: int, which: Any, fetched_before: datetime, limit: int
) -> list[str]:
    query = (
        select(publications.c.url)
        .where(
            publications.c.source_id == source_id,
            which,
            publications.c.fetched_at < fetched_before,
            publications.c.vanished_at.is_(None),
            publications.c.url.is_not(None),
        )
        .order_by(publications.c.fetched_at)
        .limit(limit)
    )
    return [url for url in await connection.scalars(query) if url]


async def told_of(connection: AsyncConnection, source_id: int, external_id: str) -> tuple[str, str | None] | None:
    """Text and photo that a source published under an id; None where it is not known."""
    query = select(publications.c.text, publications.c.photo).where(
        publications.c.source_id == source_id, publications.c.external_id == external_id
    )
    found = (await connection.execute(query)).first()
    return None if found is None else (found[0], found[1])
