"""Municipal news by the million, drawn at random: real lemmas, frequencies after Zipf, «город» in six items of ten.

Nobody would want to read them; postings, document lengths and facets are like those of the real thing.
"""

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np

from analysis.geography.gazetteer import builtin
from analysis.text.lemmas import morph
from domain.queries import Kind
from domain.readings import EventKind
from domain.territories import RUSSIA
from domain.topics import Topic
from storage.search import documents, facets
from storage.search.documents import Document, signature
from storage.search.facets import Dates

LEMMAS = 225_000
LENGTH, TITLE = 112, 8
"""Words of an item's text and headline, on average."""
EXPONENT = 1.02
AT_ONCE = 1_000
COMMONEST = "город"
YEARS = 3
NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
_FIRST = (
    "город",
    "глава",
    "район",
    "область",
    "житель",
    "проект",
    "муниципальный",
    "год",
    "работа",
    "дом",
    "школа",
    "дорога",
)
SHARE_OF_EVENTS = 0.4
_TOPICS = tuple(Topic)
_TOPIC_FACETS = [facets.topic(topic) for topic in _TOPICS]
_KIND_FACETS = {False: facets.kind(Kind.NEWS), True: facets.kind(Kind.EVENT)}
_EVENT_KIND_FACETS = [facets.kind(kind) for kind in EventKind]
_of_day = cache(facets.of_day)


@cache
def lemmas() -> list[str]:
    """Real lemmas of Russian, the commonest first; walking the dictionary takes half a minute, so they are kept."""
    kept_at = Path(tempfile.gettempdir()) / "glashatai-bench-lemmas.txt"
    if not kept_at.exists():
        kept_at.write_text("\n".join(_from_dictionary()), encoding="utf-8")
    return kept_at.read_text(encoding="utf-8").split()


def _from_dictionary() -> list[str]:
    dictionary = (parse[2] for parse in morph().dictionary.iter_known_words(""))
    found = dict.fromkeys(word.replace("ё", "е") for word in dictionary if word.isalpha() and len(word) > 2)
    kept = sorted(found, key=shuffled)[: LEMMAS - len(_FIRST)]
    return [*_FIRST, *(word for word in kept if word not in _FIRST)]


def shuffled(word: str) -> int:
    """An order that is the same in every run."""
    return crc32(word.encode())


@dataclass(frozen=True, slots=True)
class Drawn:
    document: Document
    title: str
    text: str
    kind: str
    published_at: datetime


def draw(count: int, seed: int = 1) -> Iterator[Drawn]:
    """In the order of their publication, the last one now. Words are drawn for many items at once: it takes minutes."""
    chance, numbers = random.Random(seed), np.random.default_rng(seed)
    words = np.array(lemmas(), dtype=object)
    weights = 1 / np.arange(3, len(words) + 3) ** EXPONENT
    cumulated = np.cumsum(weights / weights.sum())[:-1]
    places = _places()
    for first in range(0, count, AT_ONCE):
        sizes = np.maximum(20, numbers.normal(LENGTH, LENGTH / 3, min(AT_ONCE, count - first)).astype(int)) + TITLE
        drawn = words[np.searchsorted(cumulated, numbers.random(sizes.sum()))].tolist()
        ends = np.cumsum(sizes).tolist()
        for at, (begin, end) in enumerate(pairwise([0, *ends]), first):
            yield _drawn(at, count, drawn[begin:end], chance, places)


def _places() -> list[list[str]]:
    """Paths of municipalities and settlements, the large ones first, where most of the news is."""
    gazetteer = builtin()
    codes = sorted(gazetteer.by_code, key=lambda code: -gazetteer.by_code[code].population)
    return [list(gazetteer.path(code)) for code in codes if code != RUSSIA][:5_000]


def _drawn(at: int, count: int, words: list[str], chance: random.Random, places: list[list[str]]) -> Drawn:
    if chance.random() < 0.55:
        words[chance.randrange(TITLE, len(words))] = COMMONEST
    title, text = " ".join(words[:TITLE]), " ".join(words[TITLE:])
    published = NOW - timedelta(days=365 * YEARS) * ((count - 1 - at) / count)
    path = places[min(int(chance.paretovariate(0.6)) - 1, len(places) - 1)]
    topics = chance.sample(range(len(_TOPICS)), 2)
    is_event = chance.random() < SHARE_OF_EVENTS
    tokens = [*map(facets.in_title, dict.fromkeys(words[:TITLE]))]
    tokens += [*map(facets.territory, path), facets.of_all(path[0]), *(_TOPIC_FACETS[topic] for topic in topics)]
    tokens += [facets.topic_there(_TOPICS[topic], code) for topic in topics for code in path]
    tokens += [_KIND_FACETS[is_event], *_of_day(Dates.PUBLISHED, published.date())]
    starts, kind = None, chance.randrange(len(_EVENT_KIND_FACETS))
    if is_event:
        starts = published + timedelta(days=chance.randrange(1, 60), hours=chance.randrange(12))
        tokens += [facets.HAPPENS, *_of_day(Dates.EVENT, starts.date()), _EVENT_KIND_FACETS[kind]]
    document = Document(
        item_id=at + 1,
        event_id=None,
        published=documents.minutes(published),
        starts=documents.minutes(starts) if starts else None,
        ends=documents.minutes(starts) + 180 if starts else None,
        deadline=None,
        flags=(documents.IS_EVENT | kind << 4 if is_event else 0)
        | (documents.IS_URGENT if chance.random() < 0.02 else 0),
        topics=topics[0] | sum(1 << topic for topic in topics) << 4,
        places=" ".join(path[:-1]),
        title=signature(words[:TITLE]),
        body=signature(words[TITLE:]),
        title_terms=title,
        body_terms=text,
        facets=" ".join(tokens),
    )
    return Drawn(document, title, text, "event" if is_event else "news", published)
