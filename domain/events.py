"""What has a time: when and where, who comes, by when to apply, and what becomes of it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

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
