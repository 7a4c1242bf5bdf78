"""What has a time: when and where, who comes, by when to apply, and what becomes of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.readings import EventKind


class EventStatus(StrEnum):
    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    PAST = "past"


class Answer(StrEnum):
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last moment to apply; an event of several stages has one for each."""

    id: int
    event_id: int
    title: str
    """Name of the stage; "" where there is only one."""
    at: datetime
    """UTC; the end of the local day where only a day is stated."""


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    kind: EventKind
    status: EventStatus
    title: str
    start_date: date | None
    end_date: date | None
    start_time: time | None
    end_time: time | None
    """Dates and times are local to ``time_zone``: what people read, and what daylight saving must not move."""
    time_zone: str
    starts_at: datetime | None
    ends_at: datetime | None
    """The same in UTC, for sorting and reminding: the whole local day where no time is stated."""
    territory: str | None
    venue: str | None
    link: str | None
    programme: str
    capacity: int | None
    sequence: int
    """Grows with each change of time, place or status (RFC 5545 SEQUENCE)."""
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event as one publication tells it, before it is known whether it stands in the calendar already."""

    kind: EventKind
    status: EventStatus
    title: str
    time_zone: str
    start_date: date | None = None
    end_date: date | None = None
    start_time: time | None = None
    end_time: time | None = None
    """Local to ``time_zone``."""
    deadline: date | None = None
    territory: str | None = None
    venue: str | None = None
    link: str | None = None
    capacity: int | None = None

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last local day it occupies, its deadline where it has no day of its own; None without any date."""
        first = self.start_date or self.end_date or self.deadline
        return None if first is None else (first, max(first, self.end_date or first))

    @property
    def span(self) -> tuple[datetime | None, datetime | None]:
        return span_in_utc(self.start_date, self.end_date, self.start_time, self.end_time, self.time_zone)


def span_in_utc(
    start_date: date | None, end_date: date | None, start_time: time | None, end_time: time | None, zone: str
) -> tuple[datetime | None, datetime | None]:
    """(starts_at, ends_at) in UTC: the whole local day where no time is stated, the day's end where only a start is."""
    if start_date is None:
        return None, (end_of_day(end_date, zone) if end_date else None)
    starts_at = _in_utc(start_date, start_time or time.min, zone)
    last = max(end_date or start_date, start_date)
    ends_at = _in_utc(last, end_time, zone) if end_time else end_of_day(last, zone)
    if ends_at < starts_at:  # it ends after midnight
        ends_at += timedelta(days=1)
    return starts_at, ends_at


def end_of_day(day: date, zone: str) -> datetime:
    """The last second of a local day, in UTC."""
    return _in_utc(day, time(23, 59, 59), zone)


def _in_utc(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
