"""Events for people's own calendars: iCalendar files, and links that open a calendar with the event filled in.

Timed events are given in UTC, which every calendar shows in its owner's zone; whole days are days, wherever one is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Component

from domain.events import Deadline, Event, EventStatus
from presenters.language.words import Words

HOUR = timedelta(hours=1)
LONGEST_TEXT = 1500
"""Characters of a description that travels in a link."""
_STATUS = {EventStatus.CANCELLED: "CANCELLED", EventStatus.TENTATIVE: "TENTATIVE", EventStatus.POSTPONED: "TENTATIVE"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as a calendar is given it."""

    event: Event
    changed_at: datetime
    summary: str = ""
    url: str | None = None


def calendar_file(words: Words, entries: Iterable[Entry], *, title: str | None = None) -> bytes:
    """An iCalendar file (RFC 5545); with a ``title`` one that people subscribe to."""
    calendar = Calendar()
    calendar.add("prodid", "-//Glashatai//glashatai//RU")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if title:
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", title)
        calendar.add("refresh-interval", HOUR, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        for component in _components(words, entry):
            calendar.add_component(component)
    return bytes(calendar.to_ical())


def has_time(event: Event) -> bool:
    """Whether there is anything a calendar could hold."""
    return event.start_date is not None or bool(event.deadlines)


def google_link(entry: Entry) -> str | None:
    """None where the event has no day of its own."""
    if (span := _span(entry.event)) is None:
        return None
    form = "%Y%m%dT%H%M%SZ" if isinstance(span[0], datetime) else "%Y%m%d"
    dates = "/".join(moment.strftime(form) for moment in span)
    fields = {"action": "TEMPLATE", "text": entry.event.title, "dates": dates, **_described(entry, "details")}
    return f"https://calendar.google.com/calendar/render?{urlencode(fields, quote_via=quote)}"


def yandex_link(entry: Entry) -> str | None:
    """None where the event has no day of its own. Yandex takes local times, so they are those of the event."""
    event = entry.event
    if (span := _span(event)) is None:
        return None
    zone = ZoneInfo(event.time_zone)
    local = [one.astimezone(zone) if isinstance(one, datetime) else one for one in span]
    fields = {"name": event.title, "startTs": _stamp(local[0]), "endTs": _stamp(local[1])}
    fields |= _described(entry, "description")
    return f"https://calendar.yandex.ru/event?{urlencode(fields, quote_via=quote)}"


def _stamp(moment: date) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S" if isinstance(moment, datetime) else "%Y-%m-%d")


def _described(entry: Entry, name: str) -> dict[str, str]:
    text = "\n".join(part for part in (entry.summary[:LONGEST_TEXT], entry.url or "") if part)
    found = {name: text, "location": entry.event.venue or ""}
    return {key: value for key, value in found.items() if value}


def _span(event: Event) -> tuple[date, date] | None:
    """Start and end, moments in UTC or whole days; the end is not included, as calendars want it."""
    if event.start_date is None:
        return None
    last = max(event.end_date or event.start_date, event.start_date)
    if event.start_time is None or event.starts_at is None:
        return event.start_date, last + timedelta(days=1)
    if event.ends_at is None or (event.end_time is None and last == event.start_date):
        return event.starts_at, event.starts_at + HOUR
    return event.starts_at, event.ends_at


def _components(words: Words, entry: Entry) -> Iterable[Component]:
    span = _span(entry.event)
    if span is not None:
        yield _component(entry, f"event-{entry.event.id}", entry.event.title, *span)
    for deadline in entry.event.deadlines:
        yield _deadline(words, entry, deadline)


def _deadline(words: Words, entry: Entry, deadline: Deadline) -> Component:
    title = f"{entry.event.title} ({deadline.title})" if deadline.title else entry.event.title
    local = deadline.at.astimezone(ZoneInfo(entry.event.time_zone))
    name = words.label("Deadline: {title}", title=title)
    return _component(entry, f"deadline-{deadline.id}", name, local.date(), local.date() + timedelta(days=1))


def _component(entry: Entry, uid: str, title: str, start: date, end: date) -> Component:
    component = Component()
    component.add("uid", f"{uid}@glashatai")
    component.add("dtstamp", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    component.add("summary", title)
    component.add("dtstart", start)
    component.add("dtend", end)
    component.add("sequence", entry.event.sequence)
    component.add("status", _STATUS.get(entry.event.status, "CONFIRMED"))
    if not isinstance(start, datetime):
        component.add("transp", "TRANSPARENT")
    for name, value in (("location", entry.event.venue), ("description", entry.summary), ("url", entry.url)):
        if value:
            component.add(name, value)
    return component
