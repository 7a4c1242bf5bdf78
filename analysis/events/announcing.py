"""Whether a text announces or reports a dated event, and whether it still lies ahead."""

import re
from collections.abc import Sequence
from datetime import date

from analysis.events import kinds
from analysis.events.roles import Dated, Role
from analysis.events.schedule import Schedule
from analysis.text import tense
from analysis.text.document import Document
from analysis.text.patterns import cue
from analysis.time.dates import Precision
from analysis.time.datewords import MONTH
from domain.readings import EventKind
from domain.topics import Topic

_CALL = cue("call")
_CLOSED = cue("closed")
_RESULT = cue("result")
_CHANGE = cue("change")
_CONTEST_RESULT = cue("contest_result")
_ALARM = cue("alarm")
_TEST = cue("test")
_DOCUMENT = cue("document")
_LATELY = cue("lately")
_ONGOING = cue("ongoing")
_CEREMONY = cue("ceremony")
_VISIT = cue("visit")
_PAYMENT = cue("payment")
_MONTH = re.compile(rf"\b(?:в|на) (?:(?:начал|середин|кон)\w+ )?(?:{MONTH})")
_PAUSED = re.compile(r"\bперерыв|останов[ия]т|прекра(?:т|щ)")
_BY = re.compile(r"\bк(?: концу| началу)? $")


LEAD, NEAR = 350, 200
"""Characters after the headline in which a text says what it is, and in which it sounds an alarm."""
ACCIDENT = -1.0
"""What is told of in the past broke down; what is planned has few verbs at all."""
OVER = -3.0
"""So strongly must a text look back for the last day of something to be already over."""
ALARMED = (EventKind.OTHER, EventKind.CAMPAIGN)
"""Kinds that news of a fire or a storm may seem to be: whatever has a kind of its own is held all the same."""
VISITED = (*ALARMED, EventKind.COURSE)
"""Kinds that what officials look at on a working visit may seem to be."""
ATTENDED = (EventKind.CLEANUP, EventKind.FORUM, EventKind.SPORT, EventKind.CULTURE, EventKind.GATHERING)
"""Kinds that a decree may order and people still go to."""


def is_event(
    document: Document, dated: Sequence[Dated], schedule: Schedule, kind: EventKind, published: date | None
) -> bool:
    """A date of its own, or a call to come or apply, makes an event; alarms, results and documents do not."""
    low = document.low
    if _is_alarm(document, dated, schedule, kind):
        return False
    if _is_change(dated, schedule, kind):
        return False
    called = bool(_CALL.search(low)) and not _CLOSED.search(low)
    if not called and _is_report(document, dated, schedule, kind, published):
        return False
    if schedule.chosen is not None and not _passing(document, schedule, kind):
        return True
    if schedule.due is not None and (called or schedule.campaign):
        return called or lean(document, dated, schedule) >= 0
    told = bool(schedule.clock or called or _LATELY.search(low))
    return kind is not EventKind.OTHER and (told or _in_a_month(document, dated, schedule))


def _is_change(dated: Sequence[Dated], schedule: Schedule, kind: EventKind) -> bool:
    """«С 1 февраля вырастет выплата»: a rule, a price or a timetable that holds from a day on."""
    chosen = schedule.chosen
    if chosen is None or not chosen.from_ or chosen.last is not None or kind not in ALARMED:
        return False
    return any(_CHANGE.search(d.clause) for d in dated if d.found is chosen)


def _in_a_month(document: Document, dated: Sequence[Dated], schedule: Schedule) -> bool:
    """«Планируют на конец ноября», «куда поедет в январе»: no day is fixed yet, and still something lies ahead."""
    lead = document.low[: document.title_end + LEAD]
    return bool(_MONTH.search(lead)) and not _PAUSED.search(lead) and lean(document, dated, schedule) > 0


def _is_alarm(document: Document, dated: Sequence[Dated], schedule: Schedule, kind: EventKind) -> bool:
    """A fire, a storm, a pipe that burst: nobody planned it."""
    low, head = document.low, document.title_end
    if kind is EventKind.OUTAGE:
        return lean(document, dated, schedule) < ACCIDENT and not _TEST.search(low, 0, head + LEAD)
    return kind in ALARMED and bool(_ALARM.search(low, 0, head + NEAR)) and not _TEST.search(low)


def _is_report(
    document: Document, dated: Sequence[Dated], schedule: Schedule, kind: EventKind, published: date | None
) -> bool:
    """A document, or the results of what is over."""
    lead = document.low[: document.title_end + LEAD]
    held = kind in ATTENDED and own_day(schedule, dated)
    if _DOCUMENT.search(lead) and kind is not EventKind.HEARING and not held:
        return True
    if kind in VISITED and _VISIT.search(lead):
        return True
    if kind is EventKind.CONTEST and _is_over(schedule, published, told=bool(_CONTEST_RESULT.search(lead))):
        return True
    return bool(_RESULT.search(lead)) and not (schedule.chosen is not None and _held(dated))


def is_ruling(document: Document, kind: EventKind, main: Topic) -> bool:
    """A law, its explanation, a payment: their dates tell when they hold and when the money comes."""
    if _CALL.search(document.low):
        return False
    if _PAYMENT.search(document.low, document.title_start, document.title_end):
        return main is Topic.SOCIAL_SUPPORT or kind in ALARMED
    return main is Topic.LAW_DOCUMENTS and kind in ALARMED


def _is_over(schedule: Schedule, published: date | None, *, told: bool) -> bool:
    """A contest whose last day has passed, or whose results are ``told``: what is reported is who won."""
    last = schedule.deadline or schedule.end or (schedule.start if told else None)
    return published is not None and last is not None and last < published


def own_day(schedule: Schedule, dated: Sequence[Dated]) -> bool:
    """Whether the chosen date surely is that of an event."""
    return any(d.found is schedule.chosen and d.score > 1 for d in dated)


def _passing(document: Document, schedule: Schedule, kind: EventKind) -> bool:
    """«Сегодня» beside news that are no event of their own; «к 1 июня» is when something will be done."""
    chosen = schedule.chosen
    if chosen is not None and kind in ALARMED and _BY.search(document.low, max(0, chosen.start - 12), chosen.start):
        return True
    if cue("happened").search(document.low[: document.title_end]):
        return False
    if chosen is not None and chosen.precision is Precision.RANGE:
        return False
    bare = chosen is not None and chosen.relative and chosen.weekday is None and chosen.start > document.title_end
    if chosen is not None and bare and _CEREMONY.search(document.sentence_at(chosen.start).text.lower()):
        return False
    return bare and kind in (EventKind.OTHER, EventKind.CAMPAIGN)


def _held(dated: Sequence[Dated]) -> bool:
    return any(d.role is Role.EVENT and d.score > 1 for d in dated)


def is_upcoming(
    document: Document, dated: Sequence[Dated], schedule: Schedule, kind: EventKind, published: date | None
) -> bool:
    """Ahead of publication, or still open to join; where publication is not known the tense decides."""
    if schedule.start is None and schedule.clock is None and (kinds.cancelled(document) or kinds.postponed(document)):
        return False
    last = max((d for d in (schedule.deadline, schedule.end) if d), default=None)
    if published and last and last >= published:
        return last > published or lean(document, dated, schedule) > OVER
    if published and schedule.start:
        if schedule.start != published:
            return schedule.start > published or _later(dated, published)
        ongoing = kind is not EventKind.OTHER and _ONGOING.search(document.low[: document.title_end + 300])
        return bool(ongoing) or lean(document, dated, schedule) >= 0
    if published and last:
        return False
    return lean(document, dated, schedule) >= (ACCIDENT if kind is EventKind.OUTAGE else 0)


def _later(dated: Sequence[Dated], published: date) -> bool:
    """A series whose further dates lie ahead."""
    ahead = (d.found.last or d.found.first for d in dated if d.role in (Role.EVENT, Role.END, Role.DEADLINE))
    return any((day := found.on()) and day >= published for found in ahead)


def lean(document: Document, dated: Sequence[Dated], schedule: Schedule) -> float:
    """Above zero the text looks ahead; the sentence of the date counts most, then headline and lead."""
    low = document.low
    score = 1.5 * tense.lean(low[: document.title_end]) + 0.6 * tense.lean(
        low[document.title_end : document.title_end + 400]
    )
    if schedule.chosen:
        clauses = dict.fromkeys(d.clause for d in dated if d.found.first == schedule.chosen.first)
        score += 1.5 * sum(tense.lean(clause) for clause in clauses)
    if _CALL.search(low):
        score += 2.0
    if _LATELY.search(low):
        score -= 4.0
    return score
