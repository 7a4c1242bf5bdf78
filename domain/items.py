"""What people find and read: one story, with every publication that told it merged under it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from domain.events import Event, EventDraft
from domain.queries import Kind
from domain.readings import Evidence
from domain.topics import Topic


class ItemState(StrEnum):
    REVIEW = "review"
    """Waits for a moderator: found by nobody, sent to nobody."""
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Item:
    id: int
    kind: Kind
    state: ItemState
    title: str
    summary: str
    text: str
    url: str | None
    published_at: datetime
    """Of the earliest publication; the time of arrival where none states it."""
    territories: tuple[str, ...]
    regions: tuple[str, ...]
    place: str | None
    topics: tuple[Topic, ...]
    event_id: int | None
    urgent: bool
    version: int
    photo: str | None = None


def fingerprint(one: Item, event: Event | None) -> str:
    """Of what a person decides about: it differs as soon as something else would be read there. Fits into a button."""
    what = (one.title, one.text, one.territories, [topic.value for topic in one.topics], one.photo)
    when = event and (event.id, event.start_date, event.end_date, event.start_time, event.venue, event.deadlines)
    return sha256(repr((what, when)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Draft:
    """An item as read out of one publication, before it is known whether another publication told the story already."""

    publication_id: int
    source_id: int
    kind: Kind
    state: ItemState
    title: str
    summary: str
    text: str
    url: str | None
    published_at: datetime
    territories: tuple[str, ...]
    regions: tuple[str, ...]
    place: str | None
    topics: tuple[Topic, ...]
    urgent: bool
    silent: bool
    """Found by whoever asks, never broadcast: a first crawl, a burst, an old text."""
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[str, ...] = ()
    event: EventDraft | None = None
    """Where it tells of something with a time; attached to the event that is known already, if there is one."""
    upcoming: bool = False
    """Whether the event lies ahead for the text: only then is one made where none is known."""
    photo: str | None = None
