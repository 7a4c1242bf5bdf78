"""The same story told twice: recent items whose signatures share a band with a text, and how alike they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.duplicates import POSSIBLE, Signature, same_story, similarity
from domain.items import Draft, ItemState
from storage.engine import insert_ignoring
from storage.tables import events, item_bands, items

KEPT = timedelta(days=14)
"""How long an item is compared with what comes in."""
LOCK = 0x6974656D73
"""Number of the lock on making items: "items" in ASCII."""
CLOSE = timedelta(days=3)
"""Texts without dates of their own are of one story if they came out this close to each other."""


@dataclass(frozen=True, slots=True)
class Similar:
    item_id: int
    title: str
    similarity: float
    """Estimated share of common three-word shingles, 0 to 1."""


async def similar_to_text(
    connection: AsyncConnection, signature: Signature, *, at_least: float = POSSIBLE, limit: int = 3
) -> list[Similar]:
    """Recent items that tell what a text tells, likest first: for suggestions and for announcements being composed."""
    rows = await _candidates(connection, signature)
    found = [Similar(row["id"], row["title"], _likeness(row, signature)) for row in rows]
    return sorted((one for one in found if one.similarity >= at_least), key=lambda one: -one.similarity)[:limit]


async def one_at_a_time(connection: AsyncConnection) -> None:
    """Until the transaction ends nobody else makes items: a story told twice at one moment is still one story.

    SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(LOCK)))


async def find_same(connection: AsyncConnection, draft: Draft, signature: Signature) -> int | None:
    """The item under which a publication is merged; None where the story is new."""
    best: tuple[float, int] | None = None
    for row in await _candidates(connection, signature):
        alike = _likeness(row, signature)
        overlap = _dates_overlap(draft, row)
        if overlap is False:
            continue  # the same words for another day are another notice
        together = overlap is True or (overlap is None and abs(row["published_at"] - draft.published_at) <= CLOSE)
        same_place = row["place"] == draft.place and set(row["territories"]) == set(draft.territories)
        if same_story(alike, same_place=same_place, overlapping_dates=together) and (best is None or alike > best[0]):
            best = (alike, row["id"])
    return None if best is None else best[1]


async def remember(connection: AsyncConnection, item_id: int, signature: Signature, now: datetime) -> None:
    """Lets later texts be compared with this one."""
    rows = [{"band": band, "item_id": item_id, "added_at": now} for band in set(signature.bands)]
    await connection.execute(insert_ignoring(connection, item_bands), rows)


async def forget(connection: AsyncConnection, now: datetime) -> int:
    """Drops the bands of what is too old to be told again; returns how many."""
    return (await connection.execute(delete(item_bands).where(item_bands.c.added_at < now - KEPT))).rowcount


async def _candidates(connection: AsyncConnection, signature: Signature) -> Sequence[Any]:
    shared = select(item_bands.c.item_id).where(item_bands.c.band.in_(signature.bands))
    columns = [items.c[name] for name in ("id", "state", "title", "signature", "place", "territories", "published_at")]
    days = [events.c.start_date, events.c.end_date]
    query = (
        select(*columns, *days)
        .outerjoin(events, events.c.id == items.c.event_id)
        .where(items.c.id.in_(shared))
        .order_by(items.c.id.desc())
        .limit(200)
    )
    # The state is looked at here: asked of it too, SQLite would walk through everything published.
    rows = (await connection.execute(query)).mappings()
    return [row for row in rows if row["state"] in (ItemState.PUBLISHED, ItemState.REVIEW)]


def _likeness(row: Any, signature: Signature) -> float:
    return similarity(Signature.from_bytes(row["signature"]), signature) if row["signature"] else 0.0


def _dates_overlap(draft: Draft, row: Any) -> bool | None:
    """None where one of the two names no day."""
    known: date | None = row["start_date"] or row["end_date"]
    if known is None or draft.event is None or draft.event.days is None:
        return None
    first, last = draft.event.days
    return first <= (row["end_date"] or known) and known <= last
