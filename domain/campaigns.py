"""Announcements in waves around a date: invitation, reminder, start, results."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Wave(StrEnum):
    INVITATION = "invitation"
    REMINDER = "reminder"
    START = "start"
    RESULTS = "results"


@dataclass(frozen=True, slots=True)
class Campaign:
    id: int
    title: str
    event_id: int | None
    around: date | None
    author_id: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PlannedWave:
    wave: Wave
    at: datetime
    """Aware, in the territory's zone; the invitation of a near date is due at once."""


_DAYS = {Wave.INVITATION: -14, Wave.REMINDER: -1, Wave.START: 0, Wave.RESULTS: 7}
_HOUR = {Wave.INVITATION: time(10), Wave.REMINDER: time(10), Wave.START: time(9), Wave.RESULTS: time(10)}


def plan(around: date, zone: str, now: datetime) -> tuple[PlannedWave, ...]:
    """The waves around a local day that are still ahead; the invitation at once where its day has passed."""
    local = now.astimezone(ZoneInfo(zone))
    found = []
    for wave in Wave:
        at = datetime.combine(around + timedelta(days=_DAYS[wave]), _HOUR[wave], ZoneInfo(zone))
        if wave is Wave.INVITATION and at <= local and around > local.date():
            at = local
        if at >= local:
            found.append(PlannedWave(wave, at))
    return tuple(found)
