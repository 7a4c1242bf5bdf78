"""A question as understood: what was typed, what is searched, and the window, place and topic found in it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.readings import EventKind
from domain.topics import Topic


class Kind(StrEnum):
    NEWS = "news"
    EVENT = "event"


class Order(StrEnum):
    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Window:
    """Whole local days, both ends included; None is open."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query: any of its lemmas matches; as a prefix, any lemma that begins so."""

    typed: str
    lemmas: tuple[str, ...]
    synonyms: tuple[str, ...] = ()
    """Lemmas of words that mean the same in municipal life; they match, but rank below."""
    prefix: bool = False
    topic: Topic | None = None
    """Named as a whole, «медицина»: what is on it matches as a synonym does, whatever its words."""


@dataclass(frozen=True, slots=True)
class Query:
    typed: str
    searched: str
    """After repair of keyboard layout and spelling; equal to ``typed`` where nothing was repaired."""
    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    """Lemmas in their order, where the person put them in quotes."""
    territories: tuple[str, ...] = ()
    places: tuple[Word, ...] = ()
    """The words that named the territories: they match as well as the territory itself does."""
    concerning: tuple[str, ...] = ()
    """Where somebody lives and all that contains it, nearest first: what concerns people there, from near and far."""
    topics: tuple[Topic, ...] = ()
    """Found in the words, which stay among ``words``: they raise what is on the topic and exclude nothing."""
    only_topics: tuple[Topic, ...] = ()
    """Chosen by button: what is on none of them is not an answer."""
    kind: Kind | None = None
    event_kinds: tuple[EventKind, ...] = ()
    window: Window | None = None
    deadlines: bool = False
    """Asked for by the last day to apply, not by the day of the event."""
    order: Order = Order.RELEVANCE
    corrections: tuple[tuple[str, str], ...] = field(default=())
    """Pairs (typed, searched) of the words that were repaired."""

    @property
    def corrected(self) -> bool:
        return bool(self.corrections)
