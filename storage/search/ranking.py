"""The order of answers. Pure: candidates and a question in, hits out.

What counts, from most to least: how much of the question an item holds (rare words weigh more, a headline more than
a text, the word itself more than a synonym), the topic and kind asked for, whether it is ahead or past, urgent or
not, near or far, fresh or old.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import NamedTuple

from domain.queries import Kind, Order, Query, Word
from domain.topics import Topic
from storage.search import documents
from storage.search.documents import IS_EVENT, IS_OFF, IS_URGENT, MOST_SIGNED, signed
from storage.search.vocabulary import IndexVocabulary

DAY = 24 * 60
"""Minutes."""
TITLE, TEXT, TITLE_SYNONYM, TEXT_SYNONYM = 1.5, 1.0, 1.05, 0.7
EARLY = 0.25
"""What a word gains by standing early in the text, where it tells what the text is about."""
_AT = [*(TEXT + EARLY * exp(-place / 60) for place in range(3 * MOST_SIGNED)), 0.0]
"""What a word counts by its place in the signature; at -1, where it is not, nothing."""
OLDER_IF_FAR = 3 * DAY
FRESHER_IF_URGENT = 1 * DAY
ENOUGH = 0.45
"""Share of the best answer's words that another one must hold to be shown at all."""


class Candidate(NamedTuple):
    """A row of the index; moments in minutes since 1970."""

    id: int
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


class Hit(NamedTuple):
    item_id: int
    score: float
    whole: bool
    """Whether it holds every word of the question."""


@dataclass(frozen=True, slots=True)
class Found:
    hits: tuple[Hit, ...]
    """Best first; as many as anybody pages through."""
    more: bool
    """Whether there are more than these."""
    dropped: tuple[str, ...] = ()
    """What had to be left out of the question to find anything: "window", "territories", "kind"."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One word of a question: what stands for it in signatures, and how much it tells."""

    own: tuple[bytes, ...]
    synonyms: tuple[bytes, ...]
    weight: float
    topic: Topic | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as candidates are measured by it."""

    query: Query
    words: tuple[Weighed, ...]
    places: tuple[Weighed, ...]
    near: tuple[str, ...]
    """The asker's own territory and all that contain it, nearest first."""
    now: int
    total: float
    """What all its words weigh."""
    worths: "tuple[Worth, ...]"
    """What besides the words can tell its candidates apart."""


Worth = Callable[[Candidate, Asked], float]
Measured = tuple[float, bool, Candidate]
"""The score, whether it holds every word, the candidate. Kept in lists beside loops over words: the loops are short,
and called once for each candidate they would cost twice as much."""


def asked(query: Query, vocabulary: IndexVocabulary, near: Sequence[str], now: int) -> Asked:
    words = tuple(_weighed(word, vocabulary) for word in query.words)
    places = tuple(_weighed(word, vocabulary) for word in query.places)
    total = sum(word.weight for word in words) or 1.0
    return Asked(query, words, places, tuple(near), now, total, _worths(query, near))


def _weighed(word: Word, vocabulary: IndexVocabulary) -> Weighed:
    own = (*word.lemmas, *vocabulary.beginning(word.typed)) if word.prefix else word.lemmas
    held = max((vocabulary.documents_with(lemma) for lemma in own), default=0)
    weight = log(1 + vocabulary.documents / (1 + held))
    return Weighed(tuple(map(signed, own)), tuple(map(signed, word.synonyms)), max(0.3, weight), word.topic)


def ranked(candidates: Collection[Candidate], asked: Asked) -> list[Hit]:
    """Best first; candidates that hold much less of the question than the best one are left out."""
    measured = _measured(candidates, asked)
    best = max((share for share, _, _ in measured), default=0.0)
    least = ENOUGH * min(1.0, best)
    kept = [one for one in measured if one[0] >= least]
    if asked.query.order is Order.DATE or not asked.words:
        kept.sort(key=lambda one: (_by_date(one[2], asked), -one[2].id))
    else:
        kept = _by_score(kept, asked)
    chosen = _once(kept) if asked.query.kind is Kind.EVENT or asked.query.deadlines else kept
    return [Hit(one.item_id, score, whole) for score, whole, one in chosen]


def _by_score(measured: Iterable[Measured], asked: Asked) -> list[Measured]:
    """Adds to the words what topic, kind, time, urgency and nearness are worth, at most about one."""
    scored = [
        (-share - sum([worth(one, asked) for worth in asked.worths]), -one.id, whole, one)
        for share, whole, one in measured
    ]
    scored.sort()  # the numbers differ, so that nothing behind them is compared
    return [(-score, whole, one) for score, _, whole, one in scored]


def _once(ordered: Iterable[Measured]) -> list[Measured]:
    """Of several items that tell of one event only the first."""
    seen = set[int]()
    kept = []
    for measured in ordered:
        event = measured[2].event_id
        if event is None or event not in seen:
            kept.append(measured)
        if event is not None:
            seen.add(event)
    return kept


def _measured(candidates: Collection[Candidate], asked: Asked) -> list[Measured]:
    """Share of the question's words that each holds (above 1 where they stand in the headline), and whether all."""
    if not asked.words:
        return [(1.0, True, one) for one in candidates]
    shares, wholes = [0.0] * len(candidates), [True] * len(candidates)
    for word in asked.words:
        weight = word.weight / asked.total
        held = _held(candidates, word)
        shares = [share + weight * here for share, here in zip(shares, held, strict=True)]
        wholes = [whole and here > 0 for whole, here in zip(wholes, held, strict=True)]
    return list(zip(shares, wholes, candidates, strict=True))


def _held(candidates: Iterable[Candidate], word: Weighed) -> list[float]:
    """How well each holds the word; 0 where it does not."""
    if len(word.own) == 1 and not word.synonyms and word.topic is None:
        (own,) = word.own
        return [TITLE if own in one.title else _AT[one.body.find(own)] for one in candidates]
    return [_held_somehow(one, word) for one in candidates]


def _held_somehow(one: Candidate, word: Weighed) -> float:
    title, body = one.title, one.body
    for own in word.own:
        if own in title:
            return TITLE
    for own in word.own:
        place = body.find(own)
        if place >= 0:
            return _AT[place]
    near = _held_by_synonyms(one, word.synonyms) if word.synonyms else 0.0
    return max(near, _held_by_topic(one, word.topic)) if word.topic else near


def _held_by_topic(one: Candidate, topic: Topic) -> float:
    if documents.main_topic(one.topics) is topic:
        return TITLE_SYNONYM
    return TEXT_SYNONYM if documents.has_topic(one.topics, topic) else 0.0


def _held_by_synonyms(one: Candidate, synonyms: Sequence[bytes]) -> float:
    for near in synonyms:
        if near in one.title:
            return TITLE_SYNONYM
    place = min((at for near in synonyms if (at := one.body.find(near)) >= 0), default=-1)
    return TEXT_SYNONYM - TEXT + _AT[place] if place >= 0 else 0.0


def _worths(query: Query, near: Sequence[str]) -> tuple[Worth, ...]:
    found: list[Worth] = [_time]
    if query.territories:
        found.append(_place)
    elif near:
        found.append(_nearness)
    if query.topics:
        found.append(_topic)
    if query.kind or query.event_kinds:
        found.append(_kind)
    return tuple(found)


def _topic(one: Candidate, asked: Asked) -> float:
    query = asked.query
    main = 0.12 if documents.main_topic(one.topics) in query.topics else 0.0
    return main + 0.12 * sum(documents.has_topic(one.topics, topic) for topic in query.topics) / len(query.topics)


def _kind(one: Candidate, asked: Asked) -> float:
    query = asked.query
    worth = 0.1 if query.event_kinds and documents.event_kind(one.flags) in query.event_kinds else 0.0
    if query.kind is None:
        return worth
    return worth + (0.1 if (query.kind is Kind.EVENT) == bool(one.flags & IS_EVENT) else 0.0)


def _place(one: Candidate, asked: Asked) -> float:
    """By the places that the question names."""
    codes = one.places.split()
    itself = 0.3 if codes and codes[0] in asked.query.territories else 0.15
    named = any(own in one.title for place in asked.places for own in place.own)
    inside = any(code in asked.query.territories for code in codes)
    return (itself if inside else 0.0) + (0.2 if named else 0.0)


def _nearness(one: Candidate, asked: Asked) -> float:
    """By where the asker lives."""
    return nearness(one.places.split(), asked.near)


def nearness(codes: Sequence[str], near: Sequence[str]) -> float:
    """0.3 for one's own municipality, less for the region, less for the whole country, nothing for elsewhere."""
    for step, code in enumerate(near):
        if code in codes:
            broad = codes[0] == code
            return 0.3 if step == 0 else (0.2 if broad else 0.1) / step
    return 0.0


def _time(one: Candidate, asked: Asked) -> float:
    age = asked.now - one.published
    worth = 0.15 * exp(-age / (60 * DAY)) if age > 0 else 0.15
    if one.flags & IS_URGENT and age < 2 * DAY:
        worth += 0.3
    if one.ends is None and one.deadline is None:
        return worth
    end = max(one.ends or 0, one.deadline or 0)
    if end >= asked.now and not one.flags & IS_OFF:
        soon = max(0, (one.starts or one.deadline or end) - asked.now)
        worth += 0.15 + 0.1 * exp(-soon / (30 * DAY))
    return worth


def _by_date(one: Candidate, asked: Asked) -> tuple[int, float]:
    """What is ahead first, soonest first; then what is past, latest first.

    News of far away count as older than they are, so that those of one's own place come first; urgent ones as newer.
    """
    key = one.deadline if asked.query.deadlines else one.starts
    end = one.deadline if asked.query.deadlines else one.ends
    if asked.query.kind is Kind.NEWS:
        urgent = FRESHER_IF_URGENT if one.flags & IS_URGENT else 0
        return 1, -one.published - urgent + _remote(one, asked)
    if key is not None and (end or key) >= asked.now:
        return 0, max(key, asked.now - DAY)
    return 1, -(key if key is not None and asked.query.kind is Kind.EVENT else one.published)


def _remote(one: Candidate, asked: Asked) -> float:
    if asked.query.order is Order.DATE or not asked.near:
        return 0.0
    return OLDER_IF_FAR * (1 - nearness(one.places.split(), asked.near) / 0.3)
