"""What in a text speaks for or against an event, as numbers between -1 and 1 that a small linear model adds up.

The weights stand in data/event_weights.csv, trained by `python -m bench events --write`. Each sign is a fact that
people can see in the text: a day that surely is one of an event, a call to come, an alarm, a law.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from analysis.events.roles import Dated, Role
from analysis.events.schedule import Schedule
from analysis.text import tense
from analysis.text.document import Document
from analysis.text.patterns import cue
from analysis.time.dates import Precision
from analysis.time.datewords import MONTH
from domain.readings import EventKind
from domain.topics import Topic

LEAD = 350
"""Characters after the headline in which a text says what it is."""
ATTENDED = frozenset((
    EventKind.CLEANUP, EventKind.FORUM, EventKind.SPORT, EventKind.CULTURE, EventKind.GATHERING, EventKind.FAIR,
    EventKind.COURSE, EventKind.WEBINAR,
))  # fmt: skip
CLOSED = frozenset((EventKind.OUTAGE, EventKind.CLOSURE))
_MONTH = re.compile(rf"\b(?:в|на) (?:(?:начал|середин|кон)\w+ )?(?:{MONTH})")
_WORDS = (
    "call", "won", "result", "test", "lately", "ongoing", "history", "planned", "happened", "force", "advice",
)  # fmt: skip
"""Cues that are looked for in the headline, in the lead and beside the day, each of the three a sign of its own."""
_OF_NO_EVENT = ("alarm", "document", "payment", "change", "person")
"""Those of other news; a concert, a match or a drill may be told with the same words and stays one."""
LONG_PAST, DEEP, SURE, MANY = 45, 1500, 3, 4
Signs = dict[str, float]


@dataclass(frozen=True, slots=True)
class Told:
    """All that has been read of a text before it is asked whether it announces anything."""

    document: Document
    dated: Sequence[Dated]
    schedule: Schedule
    kind: EventKind
    named: int
    """Where the words of the kind stand; -1 where nothing tells it."""
    main: Topic
    anchor: date | None
    """The day of publication, as far as it is known."""


def read(told: Told) -> Signs:
    """The signs of a text; what is absent is left out."""
    own = [d for d in told.dated if _is_of_the_day(d, told.schedule)]
    clause = " ".join(dict.fromkeys(d.clause for d in own))
    found = {**_of_day(told, own), **_of_kind(told), **_of_dates(told), **dict(_of_words(told, clause))}
    return {name: float(value) for name, value in found.items() if value}


def _is_of_the_day(d: Dated, schedule: Schedule) -> bool:
    roles = (Role.EVENT, Role.APPLICATIONS, Role.VOTING)
    return schedule.chosen is not None and d.found.first == schedule.chosen.first and d.role in roles


def _of_day(told: Told, own: Sequence[Dated]) -> Signs:
    chosen = told.schedule.chosen
    if chosen is None:
        return {"no day": 1, "no day, looks back": tense.lean(told.document.low[: told.document.title_end]) < 0}
    return {
        "day": 1,
        "day, surely of an event": _within(max((d.score for d in own), default=0), SURE),
        "day in the headline": any(d.title for d in own),
        "day that opens": chosen.from_ and chosen.last is None,
        "day counted from publication": chosen.relative and chosen.weekday is None,
        "days in a range": chosen.precision is Precision.RANGE,
        "days of a week or weekend": chosen.precision is Precision.PERIOD,
        "day deep in the text": min(1, chosen.start / DEEP),
        **_distance(chosen.first.on(), told.anchor),
    }


def _distance(day: date | None, anchor: date | None) -> Signs:
    if day is None or anchor is None:
        return {}
    ago = (anchor - day).days
    return {"day ahead": ago < 0, "day of publication": ago == 0, "day past": ago > 0, "day long past": ago > LONG_PAST}


def _of_dates(told: Told) -> Signs:
    events = sum(d.role is Role.EVENT for d in told.dated)
    return {
        "hour": told.schedule.clock is not None,
        "last day": told.schedule.due is not None,
        "open to apply": told.schedule.campaign,
        "nothing fixed": told.schedule.chosen is None and told.schedule.due is None,
        "goes on until a day": any(d.role is Role.END for d in told.dated),
        "many days": min(1, events / MANY),
        "date of a law": any(d.role is Role.LAW for d in told.dated),
        "date of a side matter": any(d.role is Role.ASIDE for d in told.dated),
        "publication unknown": told.anchor is None,
        "month in the lead": bool(_MONTH.search(told.document.low, 0, told.document.title_end + LEAD)),
    }


def _of_kind(told: Told) -> Signs:
    known, dated = told.kind is not EventKind.OTHER, told.schedule.chosen is not None
    return {
        "kind": known,
        "kind in the headline": 0 <= told.named < told.document.title_end,
        "kind and day": known and dated,
        "kind without a day": known and not dated,
        "kind: attended": told.kind in ATTENDED,
        "kind: attended, and day": told.kind in ATTENDED and dated,
        "kind: closed or cut off": told.kind in CLOSED,
        "cut off without a plan": told.kind is EventKind.OUTAGE and _is_unplanned(told.document),
        f"kind: {told.kind}": known,
        f"topic: {told.main}": 1,
    }


def _is_unplanned(document: Document) -> bool:
    lead = document.low[: document.title_end + LEAD]
    return tense.lean(lead) < 0 and not cue("test").search(lead)


def _of_words(told: Told, clause: str) -> Iterator[tuple[str, float]]:
    document = told.document
    low, head, lead = document.low, document.title_end, document.title_end + LEAD
    practised = cue("drill").search(low, 0, head) or cue("drill").search(clause)
    for name in _WORDS if practised or told.kind in ATTENDED else (*_WORDS, *_OF_NO_EVENT):
        pattern = cue(name)
        if first := pattern.search(low, document.title_start, lead):
            yield f"{name}, headline", first.start() < head
            yield f"{name}, lead", first.start() >= head or bool(pattern.search(low, head, lead))
        yield f"{name}, day", bool(clause and pattern.search(clause))
    called = bool(cue("call").search(low)) and not cue("closed").search(low)
    yield "call", called
    yield "call, nothing fixed", called and told.schedule.chosen is None and told.schedule.due is None
    yield "tense, headline", _within(tense.lean(low[:head]), 4)
    yield "tense, lead", _within(tense.lean(low[head:lead]), 8)
    yield "tense, day", _within(tense.lean(clause), 4)


def _within(value: float, most: float) -> float:
    return max(-1.0, min(1.0, value / most))


@cache
def weights() -> Mapping[str, float]:
    text = files("analysis.data").joinpath("event_weights.csv").read_text(encoding="utf-8")
    return {row["sign"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}


def weigh(signs: Signs) -> float:
    """Above zero the text announces or reports an event; near it a moderator should look."""
    known = weights()
    return known["always"] + sum(value * known.get(name, 0.0) for name, value in signs.items())
