"""What admins compose: drafts that survive restarts, their way to being sent, and every version that was said."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.duplicates import POSSIBLE, signature, similarity
from domain.announcements import (
    Announcement,
    AnnouncementKind,
    AnnouncementState,
    Audience,
    Priority,
    may_become,
)
from domain.topics import Topic
from storage.tables import announcement_versions, announcements, events, items

RECENT = timedelta(days=14)
"""How far back it is looked for something alike."""
MOST_LISTED = 1000
MOST_COMPARED = 200

_COLUMNS = [announcements.c[name] for name in Announcement.__slots__ if name != "audience"]
_COLUMNS += [announcements.c.territories, announcements.c.topics]


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said. ``text`` is HTML of the tags of domain.messages.Message; ``photo`` a file id."""

    title: str
    text: str
    photo: str | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    announcement_id: int
    similarity: float


async def create(
    connection: AsyncConnection,
    author_id: int,
    kind: AnnouncementKind,
    now: datetime,
    *,
    priority: Priority = Priority.ORDINARY,
    wording: Wording | None = None,
    audience: Audience | None = None,
    scheduled_at: datetime | None = None,
    event_id: int | None = None,
    campaign_id: int | None = None,
    at_most_once: bool = False,
    paid: bool = False,
) -> int:
    """A draft; returns its id."""
    said, meant = wording or Wording("", ""), audience or Audience(())
    made = await connection.execute(
        insert(announcements).values(
            author_id=author_id,
            kind=kind,
            state=AnnouncementState.DRAFT,
            priority=priority,
            **_wording(said),
            **_audience(meant),
            scheduled_at=scheduled_at,
            event_id=event_id,
            campaign_id=campaign_id,
            at_most_once=at_most_once,
            paid=paid,
            created_at=now,
            updated_at=now,
        )
    )
    assert made.inserted_primary_key is not None  # noqa: S101  both engines return the key of a single row
    return int(made.inserted_primary_key[0])


async def get(connection: AsyncConnection, announcement_id: int) -> Announcement | None:
    query = select(*_COLUMNS).where(announcements.c.id == announcement_id)
    row = (await connection.execute(query)).mappings().first()
    return from_row(row) if row else None


async def listed(
    connection: AsyncConnection, states: Collection[AnnouncementState] = (), *, limit: int = MOST_LISTED
) -> list[Announcement]:
    """Newest first; only of some states where these are named."""
    query = select(*_COLUMNS).order_by(announcements.c.id.desc()).limit(limit)
    if states:
        query = query.where(announcements.c.state.in_(states))
    return [from_row(row) for row in (await connection.execute(query)).mappings()]


async def write(connection: AsyncConnection, announcement_id: int, wording: Wording, now: datetime) -> bool:
    """Puts other words into a draft; False where it is none any more."""
    return await _edit_draft(connection, announcement_id, now, **_wording(wording))


async def aim(connection: AsyncConnection, announcement_id: int, audience: Audience, now: datetime) -> bool:
    """Chooses who is meant by a draft; False where it is none any more."""
    return await _edit_draft(connection, announcement_id, now, **_audience(audience))


async def set_time(
    connection: AsyncConnection, announcement_id: int, scheduled_at: datetime | None, now: datetime
) -> bool:
    """When a draft is to leave; None: as soon as it is sent off. False where it is no draft any more."""
    return await _edit_draft(connection, announcement_id, now, scheduled_at=scheduled_at)


async def set_paid(connection: AsyncConnection, announcement_id: int, now: datetime, *, paid: bool) -> bool:
    """Whether a draft may cost Stars to leave faster; False where it is no draft any more."""
    return await _edit_draft(connection, announcement_id, now, paid=paid)


async def set_event(connection: AsyncConnection, announcement_id: int, event_id: int | None, now: datetime) -> bool:
    """The event that a draft stands for; False where it is no draft any more."""
    return await _edit_draft(connection, announcement_id, now, event_id=event_id)


async def join_campaign(connection: AsyncConnection, announcement_id: int, campaign_id: int, now: datetime) -> bool:
    return await _edit_draft(connection, announcement_id, now, campaign_id=campaign_id)


async def become(
    connection: AsyncConnection,
    announcement_id: int,
    state: AnnouncementState,
    now: datetime,
    *,
    approved_by: int | None = None,
) -> bool:
    """Takes the step where it may be taken from the state it is in; of two who press at once one is too late."""
    before = [one for one in AnnouncementState if may_become(one, state)]
    values: dict[str, Any] = {"state": state, "updated_at": now}
    if approved_by is not None or state is AnnouncementState.DRAFT:
        values["approved_by"] = approved_by
    step = update(announcements).where(announcements.c.id == announcement_id, announcements.c.state.in_(before))
    return (await connection.execute(step.values(values))).rowcount == 1


async def discard(connection: AsyncConnection, announcement_id: int, now: datetime) -> bool:
    """Throws a draft away, and the event that only it stood for; False where it is no draft any more."""
    known = await get(connection, announcement_id)
    if known is None or known.state is not AnnouncementState.DRAFT:
        return False
    await set_event(connection, announcement_id, None, now)
    if known.event_id is not None and not await _stands_elsewhere(connection, known.event_id):
        await connection.execute(delete(events).where(events.c.id == known.event_id, events.c.told_sequence.is_(None)))
    return await become(connection, announcement_id, AnnouncementState.CANCELLED, now)


async def new_version(
    connection: AsyncConnection, announcement_id: int, wording: Wording, author_id: int, now: datetime
) -> int | None:
    """Other words for what was sent or is being sent; the number of the version, None where there is no such thing."""
    known = await get(connection, announcement_id)
    if known is None:
        return None
    await keep_version(connection, known, known.author_id, now)
    version = known.version + 1
    changed = update(announcements).where(
        announcements.c.id == announcement_id, announcements.c.version == known.version
    )
    if not (await connection.execute(changed.values(**_wording(wording), version=version, updated_at=now))).rowcount:
        return None
    fresh = await get(connection, announcement_id)
    assert fresh is not None  # noqa: S101  written in this transaction
    await keep_version(connection, fresh, author_id, now)
    return version


async def keep_version(connection: AsyncConnection, known: Announcement, author_id: int, now: datetime) -> None:
    """Writes the words of a version down, once."""
    table = announcement_versions
    is_kept = select(table.c.version).where(table.c.announcement_id == known.id, table.c.version == known.version)
    if (await connection.execute(is_kept)).first():
        return
    said = _wording(Wording(known.title, known.text, known.photo))
    row = {"announcement_id": known.id, "version": known.version, "author_id": author_id, "created_at": now}
    await connection.execute(insert(table).values(**row, **said))


async def alike(
    connection: AsyncConnection, text: str, now: datetime, *, besides: int | None = None, at_least: float = POSSIBLE
) -> Alike | None:
    """The recent announcement that says most nearly what this plain text says.

    What was thrown away or recalled does not count.
    """
    recent = select(*_COLUMNS).where(
        announcements.c.created_at >= now - RECENT,
        announcements.c.state.not_in((AnnouncementState.CANCELLED, AnnouncementState.RECALLED)),
        announcements.c.text != "",
        announcements.c.id != (besides or 0),
    )
    rows = (await connection.execute(recent.order_by(announcements.c.id.desc()).limit(MOST_COMPARED))).mappings()
    wanted = _signature(text)
    found = [Alike(row["id"], similarity(wanted, _signature(from_row(row).spoken))) for row in rows]
    best = max(found, key=lambda one: one.similarity, default=None)
    return best if best and best.similarity >= at_least else None


def from_row(row: RowMapping) -> Announcement:
    """A row that holds the columns of this table under their own names."""
    values = {name: row[name] for name in Announcement.__slots__ if name != "audience"}
    values |= {
        "kind": AnnouncementKind(row["kind"]),
        "state": AnnouncementState(row["state"]),
        "priority": Priority(row["priority"]),
        "audience": Audience(tuple(row["territories"]), tuple(Topic(topic) for topic in row["topics"])),
    }
    return Announcement(**values)


_signature = lru_cache(500)(signature)
"""Texts are compared again at every look at a draft."""


def _wording(wording: Wording) -> dict[str, Any]:
    return {"title": wording.title, "text": wording.text, "photo": wording.photo}


def _audience(audience: Audience) -> dict[str, Any]:
    return {"territories": list(audience.territories), "topics": list(audience.topics)}


async def _edit_draft(connection: AsyncConnection, announcement_id: int, now: datetime, **values: Any) -> bool:
    draft = update(announcements).where(
        announcements.c.id == announcement_id, announcements.c.state == AnnouncementState.DRAFT
    )
    return (await connection.execute(draft.values(**values, updated_at=now))).rowcount == 1


async def _stands_elsewhere(connection: AsyncConnection, event_id: int) -> bool:
    told = [select(table.c.id).where(table.c.event_id == event_id).limit(1) for table in (announcements, items)]
    return any([(await connection.execute(query)).first() for query in told])
