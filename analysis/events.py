"""What a text announces: whether it is an event, still ahead, of what kind, when, until when, where."""

import re
from dataclasses import dataclass
from datetime import date

from analysis import dates, times
from analysis.document import Document
from domain.readings import EventKind, EventReading, Evidence
from domain.topics import Topic


@dataclass(frozen=True, slots=True)
class EventRead:
    is_event: bool
    upcoming: bool
    event: EventReading | None
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[str, ...] = ()


def read_event(document: Document, published: date | None, topics: list[Topic]) -> EventRead:
    found = [f for f in dates.find(document.text, published) if f.first.day]
    clock = times.find(document.low)
    year = published.year if published else None
    day = found[0].first.on(year) if found else None
    ahead = bool(re.search(r"приглаша|состоится|пройдет|ждут|ждем|до \d", document.low))
    if not found and not ahead:
        return EventRead(False, False, None)
    event = EventReading(document.title, EventKind.OTHER, day, None, clock[0].time if clock else None)
    return EventRead(True, ahead, event, (), ("start_date",))
