"""Whether a text announces or reports a dated event, and whether it still lies ahead."""

import re
from collections.abc import Sequence
from datetime import date

from analysis.events import kinds, signs
from analysis.events.roles import ELECTION, VOTE, Dated, Role
from analysis.events.schedule import Schedule
from analysis.events.signs import Told
from analysis.text import tense
from analysis.text.document import Document
from analysis.text.patterns import cue
from domain.readings import EventKind

_CALL = cue("call")
_LATELY = cue("lately")
_ONGOING = cue("ongoing")
_VISIT = cue("visit")
_CONTEST = re.compile(r"\bконкурс")
_DECIDED = cue("decided")
_CONCLUDED = re.compile(r"заключени\w+ (?:о|по) результат|итогов\w+ документ|протокол\w* (?:публичн|общественн)")
_NOTHING_PROPOSED = re.compile(r"(?:замечани|предложени)\w* (?:[а-я]+ ){0,3}не (?:было|поступ(?:ил|ал))")
_LAST_TIME = re.compile(r"прошл\w+ (?:год|раз|сезон)")
_RESULTS = (cue("result"), cue("won"))

CONTESTED = frozenset((EventKind.CONTEST, EventKind.CAMPAIGN))
LATELY_OUT = -1.0
"""An outage is planned with few verbs; what is told of one in the past broke down."""
VISITED = frozenset((EventKind.OTHER, EventKind.CAMPAIGN, EventKind.COURSE))
"""Kinds that what officials look at on a working visit may seem to be."""
OVER = -3.0
"""So strongly must a text look back for the last day of something to be already over."""
LAST_DAY = 2.0
"""So much a last day to apply says for what is open: reports of what is closed seldom name it."""
LEAD = 300


def is_event(told: Told) -> bool:
    """What the signs say, but for what is no event by definition: results of a contest, a working visit."""
    if (told.kind is EventKind.CONTEST and _is_decided(told)) or _tells_result(told):
        return False
    if told.kind in VISITED and _VISIT.search(_lead(told)):
        return False
    return signs.weigh(signs.read(told)) > 0


def _is_decided(told: Told) -> bool:
    """A contest whose last day has passed, or that began before its results are told."""
    last, start = told.schedule.deadline or told.schedule.end, told.schedule.start
    if told.anchor is not None and start is not None and start > told.anchor:
        return False
    if last is None and any(pattern.search(_lead(told)) for pattern in _RESULTS):
        last = told.schedule.start
    return told.anchor is not None and last is not None and last < told.anchor


def _tells_result(told: Told) -> bool:
    """A vote or another contest whose result is told: its days are over, or nothing is said but the result."""
    low, head, schedule = told.document.low, told.document.title_end, told.schedule
    last = schedule.deadline or schedule.end
    contested = VOTE.search(_lead(told)) or _CONTEST.search(_lead(told))
    if not contested or not (told.kind in CONTESTED or last) or ELECTION.search(low):
        return False
    if last and told.anchor:
        voted = VOTE.search(_lead(told)) or (told.kind not in CONTESTED and _DECIDED.search(low, 0, head))
        return last < told.anchor and bool(voted and _DECIDED.search(_lead(told)))
    if schedule.start or schedule.deadline:
        return False
    titled = tense.lean(low[:head]) < 0 and _DECIDED.search(low, 0, head)
    return bool(titled or (told.kind is EventKind.CONTEST and _leads_with_result(told)))


def _leads_with_result(told: Told) -> bool:
    """«Подвели итоги», but not with a call to apply, nor of the contest of the year before."""
    lead = _lead(told)
    results = (m.start() for m in cue("result").finditer(lead))
    last_year = (_LAST_TIME.search(told.document.sentence_at(at).text) for at in results)
    return "заявк" not in lead and any(not before for before in last_year)


def _lead(told: Told) -> str:
    return told.document.low[: told.document.title_end + signs.LEAD]


def is_upcoming(
    document: Document, dated: Sequence[Dated], schedule: Schedule, kind: EventKind, published: date | None
) -> bool:
    """Ahead of publication, or still open to join; where publication is not known the tense decides."""
    if schedule.start is None and schedule.clock is None and kinds.cancelled(document):
        return False
    if schedule.chosen is None and schedule.due is None and kinds.postponed(document):
        return False
    if _is_protocol(document) and not (
        published and any(d and d > published for d in (schedule.start, schedule.deadline))
    ):
        return False
    last = max((d for d in (schedule.deadline, schedule.end) if d), default=None)
    if published and last and last >= published:
        return last > published or lean(document, dated, schedule) > OVER
    if published and schedule.start:
        if schedule.start != published:
            return schedule.start > published or _later(dated, published)
        return _goes_on(document, kind) or lean(document, dated, schedule) >= 0
    if published and last:
        return False
    return lean(document, dated, schedule) >= (LATELY_OUT if kind is EventKind.OUTAGE else 0)


def _is_protocol(document: Document) -> bool:
    """What its headline calls so, or what says anywhere that nothing was proposed: that has been held."""
    low = document.low
    return bool(_CONCLUDED.search(low, 0, document.title_end) or _NOTHING_PROPOSED.search(low))


def _goes_on(document: Document, kind: EventKind) -> bool:
    """What began today and lasts, unless the headline looks back at it."""
    headline = document.low[: document.title_end]
    lead = _ONGOING.search(document.low, len(headline), len(headline) + LEAD) and tense.lean(headline) >= 0
    return kind is not EventKind.OTHER and bool(lead or _ONGOING.search(headline))


def _later(dated: Sequence[Dated], published: date) -> bool:
    """A series whose further dates lie ahead."""
    told = (d.found for d in dated if d.role in (Role.EVENT, Role.DEADLINE))
    ahead = (found.last or found.first for found in told if not found.relative or found.weekday is not None)
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
    if schedule.due is not None:
        score += LAST_DAY
    if _LATELY.search(low, 0, document.title_end + LEAD):
        score -= 4.0
    return score
