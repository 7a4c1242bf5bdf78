"""What the index holds of one item: its lemmas, its facets, and the few figures by which answers are ordered.

The words of title and body are kept a second time as a signature of three bytes a lemma: enough to tell which words
of a question a candidate holds, and where, without reading its text.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zlib import crc32
from zoneinfo import ZoneInfo

from analysis.text.lemmas import BREAK, index_terms
from domain.events import Event, EventStatus
from domain.items import Item
from domain.readings import EventKind
from domain.territories import RUSSIA
from domain.topics import Topic
from storage.search import facets
from storage.search.facets import Dates

LONGEST_BODY = 20_000
"""Characters of a text that are searched."""
MOST_SIGNED = 300
"""Lemmas of a body in its signature, in the order of the text: what a text is about stands early."""
MINUTE = 60
_TOPICS = tuple(Topic)
_EVENT_KINDS = tuple(EventKind)
IS_EVENT, IS_URGENT, IS_OFF = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Document:
    """One row of the index. Moments are minutes since 1970, UTC."""

    item_id: int
    event_id: int | None
    published: int
    starts: int | None
    ends: int | None
    deadline: int | None
    flags: int
    topics: int
    places: str
    title: bytes
    body: bytes
    title_terms: str
    body_terms: str
    facets: str

    @property
    def lemmas(self) -> frozenset[str]:
        return frozenset(f"{self.title_terms} {self.body_terms}".split()) - {BREAK}


def document(item: Item, event: Event | None, paths: Mapping[str, Sequence[str]], zone: str) -> Document:
    """``paths``: each territory of the item with all that contain it; ``zone``: the clock that counts its days."""
    title_terms = index_terms(item.title)
    body = item.text.removeprefix(item.title)
    body_terms = index_terms(body[:LONGEST_BODY])
    around = dict.fromkeys(code for path in paths.values() for code in path)
    return Document(
        item_id=item.id,
        event_id=item.event_id,
        published=minutes(item.published_at),
        starts=_optional(event.starts_at) if event else None,
        ends=_optional(event.ends_at) if event else None,
        deadline=_optional(max((stage.at for stage in event.deadlines), default=None)) if event else None,
        flags=_flags(item, event),
        topics=_topics(item.topics),
        places=" ".join(code for code in around if code != RUSSIA or len(around) == 1),
        title=signature(title_terms.split()),
        body=signature(body_terms.split()),
        title_terms=title_terms,
        body_terms=body_terms,
        facets=" ".join([*_headline(title_terms), *_facets(item, event, around, paths, zone)]),
    )


def minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // MINUTE


def moment(value: int) -> datetime:
    return datetime.fromtimestamp(value * MINUTE, UTC)


def signed(lemma: str) -> bytes:
    """Three bytes that stand for a lemma. Not cached: to look it up costs more than to count it."""
    return (crc32(lemma.encode()) & 0xFFFFFF).to_bytes(3, "big")


def signature(lemmas: Iterable[str]) -> bytes:
    distinct = [lemma for lemma in dict.fromkeys(lemmas) if lemma != BREAK]
    return b"".join(map(signed, distinct[:MOST_SIGNED]))


def main_topic(packed: int) -> Topic:
    return _TOPICS[packed & 15]


def has_topic(packed: int, topic: Topic) -> bool:
    return bool(packed >> 4 & 1 << _TOPICS.index(topic))


def event_kind(flags: int) -> EventKind | None:
    return _EVENT_KINDS[flags >> 4] if flags & IS_EVENT else None


def _topics(topics: Sequence[Topic]) -> int:
    return _TOPICS.index(topics[0]) | sum(1 << _TOPICS.index(topic) for topic in set(topics)) << 4 if topics else 0


def _flags(item: Item, event: Event | None) -> int:
    flags = IS_URGENT if item.urgent else 0
    if event is None:
        return flags
    off = IS_OFF if event.status in (EventStatus.CANCELLED, EventStatus.POSTPONED) else 0
    return flags | IS_EVENT | off | _EVENT_KINDS.index(event.kind) << 4


def _headline(terms: str) -> Iterable[str]:
    return (facets.in_title(lemma) for lemma in dict.fromkeys(terms.split()) if lemma != BREAK)


def _facets(
    item: Item, event: Event | None, around: Collection[str], concerned: Iterable[str], zone: str
) -> Iterable[str]:
    """around: the territories that the item concerns as a whole, and all that contain them."""
    yield from map(facets.territory, around)
    yield from map(facets.of_all, concerned)
    yield from map(facets.topic, item.topics)
    yield from (facets.topic_there(topic, code) for topic in item.topics for code in around)
    yield facets.kind(item.kind)
    yield from facets.of_day(Dates.PUBLISHED, item.published_at.astimezone(ZoneInfo(zone)).date())
    if event is None:
        return
    yield facets.HAPPENS
    yield facets.kind(event.kind)
    if event.start_date or event.end_date:
        first = event.start_date or event.end_date
        assert first is not None  # noqa: S101  one of the two is set
        yield from facets.of_span(Dates.EVENT, first, event.end_date or first)
    if event.deadlines:
        yield facets.AHEAD
    for stage in event.deadlines:
        due = stage.at.astimezone(ZoneInfo(event.time_zone)).date()
        yield from facets.of_day(Dates.DEADLINE, due)
        if not event.start_date and not event.end_date:
            yield from facets.of_day(Dates.EVENT, due)


def _optional(value: datetime | None) -> int | None:
    return None if value is None else minutes(value)
