"""What people find and read: one story, with every publication that told it merged under it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.queries import Kind
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
