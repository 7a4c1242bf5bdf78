"""When a digest is due, and in which order it tells what it holds."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.events import Event
from domain.items import Item
from domain.subscribers import Frequency

FRIDAY = 4


class Section(StrEnum):
    """In the order of the digest; an item stands in one of them."""

    URGENT = "urgent"
    WEEK = "week"
    """Begins within seven days."""
    DEADLINES = "deadlines"
    LATER = "later"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Period:
    """A digest's day, local to its readers, and the moment at which it is due."""

    day: date
    due_at: datetime


def latest_period(frequency: Frequency, zone: str, hour: int, now: datetime) -> Period:
    """The last digest that is due by now for readers in ``zone`` who want it at ``hour``; weekly ones on Fridays."""
    day = now.astimezone(ZoneInfo(zone)).date()
    while True:
        due_at = datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)
        if due_at <= now and (frequency is not Frequency.WEEKLY or day.weekday() == FRIDAY):
            return Period(day, due_at)
        day -= timedelta(days=1)


def section_of(item: Item, event: Event | None, now: datetime) -> Section:
    if item.urgent:
        return Section.URGENT
    if event is None:
        return Section.NEWS
    if event.starts_at is not None and now <= event.starts_at <= now + timedelta(days=7):
        return Section.WEEK
    if any(deadline.at >= now for deadline in event.deadlines):
        return Section.DEADLINES
    if event.starts_at is not None and event.starts_at > now:
        return Section.LATER
    return Section.NEWS
