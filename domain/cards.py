"""Items and events as people read them: one line of a list, one card with its sources and the words it rests on."""

from dataclasses import dataclass
from datetime import datetime

from domain.events import Answer, Event
from domain.items import Item
from domain.readings import Evidence


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list."""

    item: Item
    event: Event | None


@dataclass(frozen=True, slots=True)
class Origin:
    """A publication that told it."""

    publication_id: int
    source: str
    """Its title; empty for a resident, who is not named."""
    url: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    item: Item
    event: Event | None
    origins: tuple[Origin, ...]
    """Earliest first."""
    evidence: tuple[Evidence, ...]
    """The words on which places, topics and dates were recognised."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many answered what to an event."""

    yes: int = 0
    maybe: int = 0
    no: int = 0
    mine: Answer | None = None
    """The answer of whoever looks at it."""
