"""iCalendar: what is ahead and what was lately, each occurrence of a recurrence an entry of its own.

A recurrence is unfolded only inside a window and only so far; "every second" ends at the bound, not the machine.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any, cast
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr
from icalendar import Calendar
from icalendar.cal import Component
from icalendar.error import InvalidCalendar

from domain.sources import Entry, Occurrence
from ingestion.parsers.charsets import decode
from ingestion.parsers.given import MOST_ENTRIES, Given, Parsed, ParseError, is_address
from ingestion.parsers.plain_text import one_line, plain_text

PAST = timedelta(days=30)
AHEAD = timedelta(days=62)
"""For recurrences; an event that stands alone may lie any time ahead."""
LONGEST = timedelta(days=366)
MOST_OCCURRENCES = 40
"""Of one recurring event."""
MOST_STEPS = 20_000
"""Occurrences passed over before the window begins: 50 years of every day."""
_TOO_FINE = ("SECONDLY", "MINUTELY", "HOURLY")


def recognise(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n")[:15].upper() == "BEGIN:VCALENDAR"


@dataclass(frozen=True, slots=True)
class _When:
    start: datetime
    length: timedelta | None
    whole_day: bool


def parse(given: Given) -> Parsed:
    """Raises ParseError for what is no calendar. Broken components are passed over."""
    text = decode(given.body, given.content_type)
    if not recognise(text):
        raise ParseError("is no calendar")
    try:
        calendar = Calendar.from_ical(text)
        components = list(islice(calendar.walk("VEVENT"), MOST_ENTRIES))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OSError) as error:
        raise ParseError(f"is a broken calendar: {type(error).__name__}") from None
    zone = _zone(str(calendar.get("X-WR-TIMEZONE", "")), given.zone)
    entries = list(islice(_entries(components, zone, given), MOST_ENTRIES))
    return Parsed(one_line(str(calendar.get("X-WR-CALNAME", ""))), tuple(entries), complete=True)


def _entries(components: Iterable[Component], zone: str, given: Given) -> Iterator[Entry]:
    components = [component for component in components if component.get("UID")]
    # A component with RECURRENCE-ID stands for one occurrence of another: moved, changed or cancelled.
    moved = {
        (str(component["UID"]), _moment(_dt(component, "RECURRENCE-ID"), zone)[0])
        for component in components
        if _dt(component, "RECURRENCE-ID") is not None
    }
    for component in components:
        try:
            yield from _occurrences(component, zone, given, moved)
        except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, OSError):
            continue


def _occurrences(component: Component, zone: str, given: Given, moved: set[tuple[str, datetime]]) -> Iterator[Entry]:
    uid, when = str(component["UID"]), _when(component, zone)
    if _dt(component, "RECURRENCE-ID") is not None:
        original = _moment(_dt(component, "RECURRENCE-ID"), zone)[0]
        yield _entry(component, f"{uid}/{_key(original, when)}", when, given, repeats=True)
        return
    if not component.get("RRULE") and not component.get("RDATE"):
        if when.start >= given.now - PAST:
            yield _entry(component, uid, when, given)
        return
    for start in islice(_recurring(component, when, given.now), MOST_OCCURRENCES):
        if (uid, start) not in moved:
            at = _When(start, when.length, when.whole_day)
            yield _entry(component, f"{uid}/{_key(start, when)}", at, given, repeats=start != when.start)


def _recurring(component: Component, when: _When, now: datetime) -> Iterator[datetime]:
    """Starts inside the window, in the event's own zone, so that summer time does not move the hour."""
    local = when.start.replace(tzinfo=None)
    dates = rruleset()
    for rule in _list(component.get("RRULE")):
        text = rule.to_ical().decode()
        if any(fine in text.upper() for fine in _TOO_FINE):
            raise ValueError("recurs more often than daily")
        dates.rrule(cast("rrule", rrulestr(_without_zone(text, when), dtstart=local)))
    for moment in _extra(component.get("RDATE"), when):
        dates.rdate(moment)
    for moment in _extra(component.get("EXDATE"), when):
        dates.exdate(moment)
    first, last = (now - PAST).replace(tzinfo=None), (now + AHEAD).replace(tzinfo=None)
    for moment in islice(dates, MOST_STEPS):
        if moment > last:
            return
        if moment >= first:
            yield moment.replace(tzinfo=when.start.tzinfo)


def _without_zone(rule: str, when: _When) -> str:
    """UNTIL in the event's own time, as the starts are."""
    parts = []
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        if name.upper() == "UNTIL" and value.endswith("Z"):
            until = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            part = f"UNTIL={until.astimezone(when.start.tzinfo):%Y%m%dT%H%M%S}"
        elif name.upper() == "UNTIL" and "T" not in value:
            part = f"UNTIL={value}T235959"
        parts.append(part)
    return ";".join(parts)


def _extra(value: Any, when: _When) -> Iterator[datetime]:
    for group in _list(value):
        for one in getattr(group, "dts", ()):
            moment = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            if isinstance(moment, datetime) and moment.tzinfo is not None:
                moment = moment.astimezone(when.start.tzinfo)
            if not isinstance(moment, datetime):
                moment = datetime.combine(moment, time(12) if when.whole_day else when.start.time())
            yield moment.replace(tzinfo=None)


def _entry(component: Component, identity: str, when: _When, given: Given, *, repeats: bool = False) -> Entry:
    title = one_line(str(component.get("SUMMARY", "")))
    venue = one_line(str(component.get("LOCATION", ""))) or None
    about = plain_text(str(component.get("DESCRIPTION", "")))
    link = str(component.get("URL", ""))
    occurrence = Occurrence(
        starts_at=when.start,
        ends_at=when.start + when.length if when.length else None,
        whole_day=when.whole_day,
        venue=venue,
        link=link if is_address(link) else None,
        cancelled=str(component.get("STATUS", "")).upper() == "CANCELLED",
        repeats=repeats,
    )
    text = "\n".join(part for part in (title, venue, about) if part)
    stated = next(filter(None, (_dt(component, name) for name in ("CREATED", "LAST-MODIFIED"))), None)
    published = _moment(stated, given.zone)[0] if stated is not None else None
    if published is not None and published > given.now:
        published = None
    return Entry(identity, text, title or None, occurrence.link, published, occurrence)


def _when(component: Component, zone: str) -> _When:
    start, whole_day = _moment(_dt(component, "DTSTART"), zone)
    length: timedelta | None = None
    if _dt(component, "DTEND") is not None:
        length = _moment(_dt(component, "DTEND"), zone)[0] - start
        if whole_day:  # the end of whole days is the day after the last
            length -= timedelta(days=1)
    elif isinstance(_dt(component, "DURATION"), timedelta):
        length = _dt(component, "DURATION")
    return _When(start, length if length and timedelta(0) < length < LONGEST else None, whole_day)


def _dt(component: Component, name: str) -> Any:
    """The value of a date property; None where it is missing or broken."""
    try:
        return getattr(component.get(name), "dt", None)
    except InvalidCalendar:
        return None


def _moment(value: Any, zone: str) -> tuple[datetime, bool]:
    """Aware; noon of a whole day, and whether it is one."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))), False
    if isinstance(value, date):
        return datetime.combine(value, time(12), ZoneInfo(zone)), True
    raise ValueError("no moment")


def _key(start: datetime, when: _When) -> str:
    return f"{start.date()}" if when.whole_day else f"{start.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _zone(name: str, otherwise: str) -> str:
    try:
        return ZoneInfo(name).key if name else otherwise
    except (ValueError, OSError, KeyError):
        return otherwise
