"""Events as they are made and changed: found again when another text tells of them, moved, cancelled, over."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.text.lemmas import lemma, tokens
from domain.events import Deadline, Event, EventDraft, EventStatus, end_of_day, span_in_utc
from domain.readings import EventKind
from storage.tables import deadlines, events, territory_paths

SAME_TITLE = 0.5
"""Share of common lemmas above which two titles of one kind, day and territory name one event."""
SAME_NAME = 0.7
"""The same for events whose day differs, because one was moved."""
_COMPARED = ("id", "title", "kind", "start_time", "venue")
_OPEN = (EventStatus.TENTATIVE, EventStatus.CONFIRMED, EventStatus.POSTPONED)


async def get(connection: AsyncConnection, event_id: int) -> Event | None:
    return (await get_many(connection, [event_id])).get(event_id)


async def get_many(connection: AsyncConnection, event_ids: Collection[int]) -> dict[int, Event]:
    """By their numbers; those that are not there are left out."""
    if not event_ids:
        return {}
    stages: dict[int, list[Deadline]] = {}
    due = select(deadlines).where(deadlines.c.event_id.in_(event_ids)).order_by(deadlines.c.at)
    for stage in (await connection.execute(due)).mappings():
        stages.setdefault(stage["event_id"], []).append(Deadline(**stage))
    rows = (await connection.execute(select(events).where(events.c.id.in_(event_ids)))).mappings()
    return {row["id"]: event_of(row, tuple(stages.get(row["id"], ()))) for row in rows}


def event_of(row: Mapping[str, Any] | RowMapping, stages: tuple[Deadline, ...] = ()) -> Event:
    """An event from its row and its deadlines."""
    values = {name: row[name] for name in Event.__slots__ if name != "deadlines"}
    values |= {"kind": EventKind(row["kind"]), "status": EventStatus(row["status"])}
    return Event(**values, deadlines=stages)


async def find_same(connection: AsyncConnection, draft: EventDraft) -> int | None:
    """The event that a text tells of, if it is known: alike in territory and title, and on the same days.

    An event that is called off or moved is found by its name alone, among those that are still ahead.
    """
    moved = draft.status in (EventStatus.POSTPONED, EventStatus.CANCELLED)
    if draft.days is None and not moved:
        return None
    query = select(*(events.c[name] for name in _COMPARED)).where(_in_reach(draft.territory))
    if moved:
        query = query.where(events.c.status.in_(_OPEN))
    elif draft.days is not None:
        query = query.where(_on_days(*draft.days))
    wanted = _lemmas(draft.title)
    best: tuple[float, int] | None = None
    for row in (await connection.execute(query.order_by(events.c.id.desc()).limit(500))).mappings():
        alike = 0.0 if not moved and _contradicts(row, draft) else _alike(wanted, _lemmas(row["title"]))
        enough = SAME_NAME if moved or row["kind"] != draft.kind else SAME_TITLE
        if alike >= enough and (best is None or alike > best[0]):
            best = (alike, row["id"])
    return None if best is None else best[1]


async def make(connection: AsyncConnection, draft: EventDraft, now: datetime) -> int:
    starts_at, ends_at = draft.span
    made = await connection.execute(
        insert(events).values(
            **_stated(draft),
            kind=draft.kind,
            status=draft.status,
            title=draft.title,
            time_zone=draft.time_zone,
            territory=draft.territory,
            capacity=draft.capacity,
            starts_at=starts_at,
            ends_at=ends_at,
            updated_at=now,
        )
    )
    assert made.inserted_primary_key is not None  # noqa: S101  both engines return the key of a single row
    event_id = int(made.inserted_primary_key[0])
    await _set_deadline(connection, event_id, draft.deadline, draft.time_zone)
    return event_id


async def change(connection: AsyncConnection, event_id: int, draft: EventDraft, now: datetime) -> bool:
    """Takes over what a newer text says. True where time, place or status changed, so that people are to be told.

    What the newer text is silent about stays as it was.
    """
    known = await get(connection, event_id)
    if known is None:
        return False
    stated = _changes(known, draft)
    differs = any(getattr(known, name) != value for name, value in stated.items())
    await _set_deadline(connection, event_id, draft.deadline, known.time_zone)
    if draft.capacity is not None:
        await _set_capacity(connection, event_id, draft.capacity)
    if differs:
        await _write(connection, known, stated, now)
    return differs


def filled(known: Event, draft: EventDraft) -> Event:
    """The event as ``fill`` would make it: for people to look at before."""
    return replace(known, **_with_span(known, _missing(known, draft)))


def changed(known: Event, draft: EventDraft) -> Event:
    """The event as ``change`` would make it: for people to look at before."""
    values = _with_span(known, _changes(known, draft))
    if draft.deadline is not None:
        others = tuple(stage for stage in known.deadlines if stage.title)
        stage = Deadline(0, known.id, "", end_of_day(draft.deadline, known.time_zone))
        values["deadlines"] = tuple(sorted((*others, stage), key=lambda one: one.at))
    return replace(known, **values)


def _missing(known: Event, draft: EventDraft) -> dict[str, Any]:
    missing = {name: value for name, value in _stated(draft).items() if getattr(known, name) is None}
    return {name: value for name, value in missing.items() if value is not None and name != "end_date"}


def _changes(known: Event, draft: EventDraft) -> dict[str, Any]:
    stated = {name: value for name, value in _stated(draft).items() if value is not None}
    if draft.start_date is not None and draft.start_date != known.start_date:
        stated.setdefault("end_date", None)
    return stated | {"status": _next_status(known, draft)}


async def fill(connection: AsyncConnection, event_id: int, draft: EventDraft, now: datetime) -> None:
    """Takes over from another text only what is not known yet."""
    known = await get(connection, event_id)
    if known is None:
        return
    missing = _missing(known, draft)
    if missing:
        await _write(connection, known, missing, now)
    if known.capacity is None and draft.capacity is not None:
        await _set_capacity(connection, event_id, draft.capacity)
    if not known.deadlines:
        await _set_deadline(connection, event_id, draft.deadline, known.time_zone)


async def set_status(connection: AsyncConnection, event_id: int, status: EventStatus, now: datetime) -> bool:
    """Confirms, postpones or cancels; the sequence grows, so that those who come are told. False: it was so already."""
    known = await get(connection, event_id)
    if known is None or known.status is status:
        return False
    await _write(connection, known, {"status": status}, now)
    return True


async def close_past(connection: AsyncConnection, now: datetime) -> int:
    """Marks as past what is over, deadlines included; returns how many."""
    ahead = select(deadlines.c.event_id).where(deadlines.c.at >= now)
    open_ones = events.c.status.in_((EventStatus.TENTATIVE, EventStatus.CONFIRMED))
    over = update(events).where(open_ones, events.c.ends_at < now, events.c.id.not_in(ahead))
    return (await connection.execute(over.values(status=EventStatus.PAST))).rowcount


async def _write(connection: AsyncConnection, known: Event, values: dict[str, Any], now: datetime) -> None:
    values = _with_span(known, values) | {"sequence": known.sequence + 1, "updated_at": now}
    await connection.execute(update(events).where(events.c.id == known.id).values(**values))


def _with_span(known: Event, values: dict[str, Any]) -> dict[str, Any]:
    after = {name: getattr(known, name) for name in ("start_date", "end_date", "start_time", "end_time")}
    after |= {name: value for name, value in values.items() if name in after}
    starts_at, ends_at = span_in_utc(**after, zone=known.time_zone)
    return values | {"starts_at": starts_at, "ends_at": ends_at}


async def _set_deadline(connection: AsyncConnection, event_id: int, day: date | None, zone: str) -> None:
    if day is None:
        return
    at = end_of_day(day, zone)
    await connection.execute(delete(deadlines).where(deadlines.c.event_id == event_id, deadlines.c.title == ""))
    await connection.execute(insert(deadlines).values(event_id=event_id, title="", at=at))


async def _set_capacity(connection: AsyncConnection, event_id: int, places: int) -> None:
    """Apart from what moves the sequence: nobody need be told that there are more chairs."""
    await connection.execute(update(events).where(events.c.id == event_id).values(capacity=places))


def _stated(draft: EventDraft) -> dict[str, Any]:
    names = ("start_date", "end_date", "start_time", "end_time", "venue", "link")
    return {name: getattr(draft, name) for name in names}


def _next_status(known: Event, draft: EventDraft) -> EventStatus:
    if draft.status is EventStatus.POSTPONED and draft.start_date not in (None, known.start_date):
        return EventStatus.CONFIRMED  # moved to a day that is named
    return draft.status


def _in_reach(territory: str | None) -> Any:
    """Events of the same territory, of one around it or of one inside it; those of no territory are in reach of all."""
    if territory is None:
        return events.c.territory.is_(None)
    around = select(territory_paths.c.ancestor).where(territory_paths.c.code == territory)
    inside = select(territory_paths.c.code).where(territory_paths.c.ancestor == territory)
    return or_(events.c.territory.is_(None), events.c.territory.in_(around), events.c.territory.in_(inside))


def _on_days(first: date, last: date) -> Any:
    begins = func.coalesce(events.c.start_date, events.c.end_date)
    overlaps = (begins <= last) & (func.coalesce(events.c.end_date, events.c.start_date) >= first)
    after, before = _noon(first) - timedelta(days=1), _noon(last) + timedelta(days=1)
    due = select(deadlines.c.event_id).where(deadlines.c.at.between(after, before))
    return or_(overlaps, (begins.is_(None)) & events.c.id.in_(due))


def _noon(day: date) -> datetime:
    return end_of_day(day, "UTC") - timedelta(hours=12)


def _lemmas(title: str) -> frozenset[str]:
    return frozenset(lemma(token) for token in tokens(title) if len(token) > 2 or token.isdigit())


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    """Dice's coefficient: 1 for the same words, 0 for none in common."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _contradicts(known: RowMapping, draft: EventDraft) -> bool:
    """Another hour or another place on the same day is another event."""
    times = known["start_time"], draft.start_time
    venues = known["venue"], draft.venue
    if None not in times and times[0] != times[1]:
        return True
    return None not in venues and not _lemmas(venues[0]) & _lemmas(venues[1] or "")
