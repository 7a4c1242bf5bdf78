"""From what a source gave and what analysis read in it to the draft of an item. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.events import EventDraft, EventStatus
from domain.items import Draft, ItemState
from domain.queries import Kind
from domain.readings import EventKind, Reading
from domain.sources import Occurrence, SourceKind, Trust, Unread

FRESH = timedelta(days=7)
"""What came out longer ago is found by whoever asks, but not news to anybody."""
ZONE = "Europe/Moscow"
"""Of texts that concern no territory we know."""
SOON = timedelta(hours=36)
DECISIVE = frozenset({"region", "territories", "start_date", "end_date", "time", "deadline", "upcoming"})
"""Claims that send people somewhere at some time: in doubt about these a moderator looks first."""


def anchor(unread: Unread, zone: str) -> date | None:
    """The local day relative dates are counted from: of publication; where none is stated, of arrival.

    An archive and a first crawl hold texts of any age, so arrival says nothing there.
    """
    moment = unread.entry.published_at
    if moment is None and not unread.silent and unread.source.kind is not SourceKind.IMPORT:
        moment = unread.fetched_at
    return None if moment is None else moment.astimezone(ZoneInfo(zone)).date()


def draft(unread: Unread, reading: Reading, zones: Mapping[str, str], now: datetime) -> Draft:
    """``zones``: time zones of the known territories, of those the reading names at least."""
    territories = tuple(code for code in _codes(unread, reading) if code in zones)
    event = _event(unread, reading, next(iter(territories), None), zones)
    upcoming = event is not None and (reading.upcoming or unread.entry.occurrence is not None)
    state = _state(unread, reading, upcoming=upcoming)
    if event is not None:
        event = _with_status(event, state, now)
    return Draft(
        publication_id=unread.id,
        source_id=unread.source.id,
        kind=Kind.EVENT if upcoming else Kind.NEWS,
        state=state,
        title=unread.entry.title or reading.title,
        summary=reading.summary,
        text=unread.entry.text,
        url=unread.entry.url,
        published_at=unread.entry.published_at or unread.fetched_at,
        territories=territories,
        regions=reading.regions,
        place=reading.place,
        topics=reading.topics,
        urgent=upcoming and _is_urgent(event, now),
        silent=_is_silent(unread, now),
        evidence=reading.evidence,
        doubts=reading.doubts,
        event=event,
        upcoming=upcoming,
        photo=unread.entry.photo,
    )


def _codes(unread: Unread, reading: Reading) -> tuple[str, ...]:
    """Where it belongs: as the text says; where the text names no place, at home."""
    home = unread.source.territory
    unnamed = not reading.territories or "region" in reading.doubts
    return (home,) if home and unnamed else reading.territories


def _event(unread: Unread, reading: Reading, territory: str | None, zones: Mapping[str, str]) -> EventDraft | None:
    told = reading.event if reading.is_event else None
    occurrence = unread.entry.occurrence
    if told is None and occurrence is None:
        return None
    zone = zones.get(territory or "", ZONE)
    title = (told.title if told and occurrence is None else unread.entry.title) or reading.title
    event = EventDraft(
        kind=told.kind if told else EventKind.OTHER,
        status=EventStatus.CONFIRMED,
        title=title[:500],
        time_zone=zone,
        territory=territory,
        deadline=told.deadline if told else None,
        venue=told.venue if told else None,
        capacity=told.capacity if told else None,
    )
    if occurrence is not None:
        return _as_stated(event, occurrence, zone)
    assert told is not None  # noqa: S101  one of the two is there
    status = EventStatus.POSTPONED if told.postponed else event.status
    return replace(
        event,
        start_date=told.start_date,
        end_date=told.end_date,
        start_time=told.time,
        status=EventStatus.CANCELLED if told.cancelled else status,
    )


def _as_stated(event: EventDraft, occurrence: Occurrence, zone: str) -> EventDraft:
    """The times of a calendar go before those read out of its text."""
    start = occurrence.starts_at.astimezone(ZoneInfo(zone))
    end = occurrence.ends_at.astimezone(ZoneInfo(zone)) if occurrence.ends_at else None
    if occurrence.whole_day:  # days float: they are the same day in every zone
        start, end = occurrence.starts_at, occurrence.ends_at
    last = end.date() if end and end.date() != start.date() else None
    return replace(
        event,
        start_date=start.date(),
        end_date=last,
        start_time=None if occurrence.whole_day else start.time(),
        end_time=end.time() if end and not occurrence.whole_day else None,
        venue=occurrence.venue or event.venue,
        link=occurrence.link,
        status=EventStatus.CANCELLED if occurrence.cancelled else event.status,
    )


def _with_status(event: EventDraft, state: ItemState, now: datetime) -> EventDraft:
    if event.status is not EventStatus.CONFIRMED:
        return event
    if state is ItemState.REVIEW:
        return replace(event, status=EventStatus.TENTATIVE)
    days = event.days
    over = days is not None and days[1] < (now - timedelta(days=1)).date()
    return replace(event, status=EventStatus.PAST) if over else event


def _state(unread: Unread, reading: Reading, *, upcoming: bool) -> ItemState:
    if unread.source.trust is Trust.REVIEW:
        return ItemState.REVIEW
    decided = unread.source.kind is SourceKind.IMPORT or unread.entry.occurrence is not None
    doubtful = upcoming and not decided and DECISIVE.intersection(reading.doubts)
    return ItemState.REVIEW if doubtful else ItemState.PUBLISHED


def _is_silent(unread: Unread, now: datetime) -> bool:
    published, occurrence = unread.entry.published_at, unread.entry.occurrence
    if occurrence is not None and (occurrence.repeats or occurrence.starts_at < now):
        return True
    if published is None or occurrence is not None:
        return unread.silent or (unread.source.kind is SourceKind.IMPORT and occurrence is None)
    return unread.silent or published < now - FRESH


def _is_urgent(event: EventDraft | None, now: datetime) -> bool:
    """Whether people must know before they sleep: supplies that will be cut off within a day and a half."""
    if event is None or event.kind is not EventKind.OUTAGE or event.status is not EventStatus.CONFIRMED:
        return False
    starts_at, ends_at = event.span
    return starts_at is not None and starts_at <= now + SOON and (ends_at is None or ends_at >= now)
