"""The order of answers. Pure: candidates and a question in, hits out.

What counts, from most to least: how much of the question an item holds (rare words weigh more, a headline more than
a text, the word itself more than a synonym), the topic and kind asked for, whether it is ahead or past, urgent or
not, near or far, fresh or old.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

from domain.queries import Kind, Order
from domain.topics import Topic
from storage.search import documents
from storage.search.asked import Asked, Weighed
from storage.search.candidates import Candidates
from storage.search.documents import MOST_SIGNED
from storage.search.worth import by_date, worth

TITLE, TEXT, TITLE_SYNONYM, TEXT_SYNONYM = 1.5, 1.0, 1.05, 0.7
EARLY = 0.25
"""What a word gains by standing early in the text, where it tells what the text is about."""
_AT = [*(TEXT + EARLY * exp(-place / 60) for place in range(3 * MOST_SIGNED)), 0.0]
"""What a word counts by its place in the signature; at -1, where it is not, nothing."""
ENOUGH = 0.45
"""Share of the best answer's words that another one must hold to be shown at all."""


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


def ranked(found: Candidates, asked: Asked) -> list[Hit]:
    """Best first; candidates that hold much less of the question than the best one are left out."""
    shares, wholes = _measured(found, asked)
    least = ENOUGH * min(1.0, max(shares, default=0.0))
    kept = [at for at, share in enumerate(shares) if share >= least]
    kept.sort(key=found.ids.__getitem__, reverse=True)
    if asked.query.order is Order.DATE or not asked.words:
        scores = shares
        kept.sort(key=by_date(found, asked).__getitem__)
    else:
        scores = [share + beside for share, beside in zip(shares, worth(found, asked), strict=True)]
        kept.sort(key=[-score for score in scores].__getitem__)
    if asked.query.kind is Kind.EVENT or asked.query.deadlines:
        kept = _once(kept, found.event_ids)
    return [Hit(found.item_ids[at], scores[at], wholes[at]) for at in kept]


def _once(ordered: Iterable[int], events: Sequence[int | None]) -> list[int]:
    """Of several items that tell of one event only the first."""
    seen = set[int]()
    kept = []
    for at in ordered:
        event = events[at]
        if event is None or event not in seen:
            kept.append(at)
        if event is not None:
            seen.add(event)
    return kept


def _measured(found: Candidates, asked: Asked) -> tuple[Sequence[float], Sequence[bool]]:
    """Share of the question's words that each holds (above 1 where they stand in the headline), and whether all."""
    if not asked.words:
        return [1.0] * len(found.ids), [True] * len(found.ids)
    held = [_held(found, word) for word in asked.words]
    shares = [0.0] * len(found.ids)
    for word, here in zip(asked.words, held, strict=True):
        weight = word.weight / asked.total
        shares = [share + weight * one for share, one in zip(shares, here, strict=True)]
    return shares, list(map(all, zip(*held, strict=True)))


def _held(found: Candidates, word: Weighed) -> Sequence[float]:
    """How well each holds the word; 0 where it does not."""
    texts = zip(found.titles, found.bodies, strict=True)
    if len(word.own) == 1 and not word.synonyms and word.topic is None:
        (own,) = word.own
        return [TITLE if own in title else _AT[body.find(own)] for title, body in texts]
    held = [_held_somehow(title, body, word) for title, body in texts]
    if word.topic is None:
        return held
    on_topic = [_held_by_topic(packed, word.topic) for packed in found.topics]
    return [here if here >= TEXT else max(here, other) for here, other in zip(held, on_topic, strict=True)]


def _held_somehow(title: bytes, body: bytes, word: Weighed) -> float:
    for own in word.own:
        if own in title:
            return TITLE
    for own in word.own:
        place = body.find(own)
        if place >= 0:
            return _AT[place]
    return _held_by_synonyms(title, body, word.synonyms) if word.synonyms else 0.0


def _held_by_synonyms(title: bytes, body: bytes, synonyms: Sequence[bytes]) -> float:
    for near in synonyms:
        if near in title:
            return TITLE_SYNONYM
    place = min((at for near in synonyms if (at := body.find(near)) >= 0), default=-1)
    return TEXT_SYNONYM - TEXT + _AT[place] if place >= 0 else 0.0


def _held_by_topic(packed: int, topic: Topic) -> float:
    if documents.main_topic(packed) is topic:
        return TITLE_SYNONYM
    return TEXT_SYNONYM if documents.has_topic(packed, topic) else 0.0
