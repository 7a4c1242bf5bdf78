"""What besides a question's words tells its candidates apart: time, urgency, nearness, topic and kind. Pure.

Each function gives a figure for every candidate, in their order.
"""

from collections.abc import Callable, Iterator, Sequence
from math import exp
from typing import TypeVar

from domain.queries import Kind, Order
from storage.search import documents
from storage.search.asked import Asked
from storage.search.candidates import Candidates
from storage.search.documents import IS_EVENT, IS_OFF, IS_URGENT

DAY = 24 * 60
"""Minutes."""
OLDER_IF_FAR = 3 * DAY
FRESHER_IF_URGENT = 1 * DAY
Value = TypeVar("Value")
Worth = Callable[[Candidates, Asked], Sequence[float]]


def worth(found: Candidates, asked: Asked) -> Sequence[float]:
    """All of it together, at most about one."""
    total, *others = (each(found, asked) for each in _worths(asked))
    for other in others:
        total = [one + beside for one, beside in zip(total, other, strict=True)]
    return total


def _worths(asked: Asked) -> Iterator[Worth]:
    """Those that can differ between the question's candidates."""
    query = asked.query
    yield _time
    if query.territories:
        yield _place
    elif asked.near:
        yield _nearness
    if query.topics:
        yield _topic
    if query.kind or query.event_kinds:
        yield _kind


def _topic(found: Candidates, asked: Asked) -> Sequence[float]:
    topics = asked.query.topics

    def of(packed: int) -> float:
        main = 0.12 if documents.main_topic(packed) in topics else 0.0
        return main + 0.12 * sum(documents.has_topic(packed, topic) for topic in topics) / len(topics)

    return _of_each(found.topics, of)


def _kind(found: Candidates, asked: Asked) -> Sequence[float]:
    query = asked.query

    def of(flags: int) -> float:
        worth = 0.1 if query.event_kinds and documents.event_kind(flags) in query.event_kinds else 0.0
        if query.kind is None:
            return worth
        return worth + (0.1 if (query.kind is Kind.EVENT) == bool(flags & IS_EVENT) else 0.0)

    return _of_each(found.flags, of)


def _place(found: Candidates, asked: Asked) -> Sequence[float]:
    """By the places that the question names."""
    wanted, names = asked.query.territories, [own for place in asked.places for own in place.own]

    def of(places: str) -> float:
        codes = places.split()
        itself = 0.3 if codes and codes[0] in wanted else 0.15
        return itself if any(code in wanted for code in codes) else 0.0

    inside = _of_each(found.places, of)
    if not names:
        return inside
    named = [0.2 if any(own in title for own in names) else 0.0 for title in found.titles]
    return [one + other for one, other in zip(inside, named, strict=True)]


def _nearness(found: Candidates, asked: Asked) -> Sequence[float]:
    """By where the asker lives."""
    return _of_each(found.places, lambda places: nearness(places.split(), asked.near))


def _of_each(values: Sequence[Value], worth: Callable[[Value], float]) -> Sequence[float]:
    """Many candidates are from one place or of one kind: each of those is looked at once."""
    worths = {value: worth(value) for value in set(values)}
    return [worths[value] for value in values]


def nearness(codes: Sequence[str], near: Sequence[str]) -> float:
    """0.3 for one's own municipality, less for the region, less for the whole country, nothing for elsewhere."""
    for step, code in enumerate(near):
        if code in codes:
            broad = codes[0] == code
            return 0.3 if step == 0 else (0.2 if broad else 0.1) / step
    return 0.0


def _time(found: Candidates, asked: Asked) -> Sequence[float]:
    now = asked.now
    worths = [0.15 * exp((at - now) / (60 * DAY)) if at < now else 0.15 for at in found.published]
    told = zip(found.flags, found.published, found.starts, found.ends, found.deadlines, strict=True)
    for at, (flags, published, starts, ends, deadline) in enumerate(told):
        if flags & IS_URGENT and now - published < 2 * DAY:
            worths[at] += 0.3
        if ((ends or 0) >= now or (deadline or 0) >= now) and not flags & IS_OFF:
            soon = max(0, (starts or deadline or ends or 0) - now)
            worths[at] += 0.15 + 0.1 * exp(-soon / (30 * DAY))
    return worths


def by_date(found: Candidates, asked: Asked) -> Sequence[tuple[int, float]]:
    """Keys to sort by. What is ahead comes first, soonest first; then what is past, latest first.

    News of far away count as older than they are, so that those of one's own place come first; urgent ones as newer.
    """
    query, now = asked.query, asked.now
    if query.kind is Kind.NEWS:
        aged = zip(found.published, found.flags, _remote(found, asked), strict=True)
        return [
            (1, -published - (FRESHER_IF_URGENT if flags & IS_URGENT else 0) + remote)
            for published, flags, remote in aged
        ]
    keys, ends = (found.deadlines, found.deadlines) if query.deadlines else (found.starts, found.ends)
    events = query.kind is Kind.EVENT
    return [
        (0, max(key, now - DAY))
        if key is not None and (end or key) >= now
        else (1, -(key if key is not None and events else published))
        for key, end, published in zip(keys, ends, found.published, strict=True)
    ]


def _remote(found: Candidates, asked: Asked) -> Sequence[float]:
    if asked.query.order is Order.DATE or not asked.near:
        return [0.0] * len(found.ids)
    return [OLDER_IF_FAR * (1 - near / 0.3) for near in _nearness(found, asked)]
