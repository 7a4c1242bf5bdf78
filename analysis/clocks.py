"""The hour an event begins, told apart from office hours, ends of periods and the minute of publication."""

import re
from collections.abc import Sequence

from analysis import times
from analysis.dates import Found, Precision
from analysis.document import Document
from analysis.patterns import cue
from analysis.roles import Dated, Role

MOST_CLOCKS, BESIDE = 40, 12
_OFFICE = cue("office")
_BEGINS = re.compile(
    r"(?:начало|начн\w+|открыти\w+|старт\w*|сбор|состоится|пройд\w+|приходите|ждем|соберутся|начать|торговать|выйдут|приглаша\w+)[^.\n\d]{0,40}(?:в|с|к|—|–|-|:)?\s*$"
)
_OPENS = re.compile(r"откры|начал|начн|старт|пройд|состо|отключ|собер|собрал|ждут|ждем|приглаша")
_BEGINS_AFTER = re.compile(r"\s*(?:час\w*)?[,—–-]?\s*(?:[а-я]+\s){0,2}(?:начн|старт|откр|начал)")
_ARRIVAL = re.compile(r"регистраци|заезд|заезжа|сбор участник|допуск|построени")
_ENDS = re.compile(r"\b(?:до|по|не позднее)\s*$")


def find_time(document: Document, chosen: Found | None, dated: Sequence[Dated]) -> times.Clock | None:
    """The hour the event begins: beside its date, else after a word like «начало»."""
    clocks = [c for c in times.find(document.low)[:MOST_CLOCKS] if not _foreign(document, c, chosen, dated)]
    if not clocks:
        return None
    best = max(clocks, key=lambda c: _clock_score(document, c, chosen))
    return best if _clock_score(document, best, chosen) >= 1 else None


def _foreign(document: Document, clock: times.Clock, chosen: Found | None, dated: Sequence[Dated]) -> bool:
    """An hour of something else: of publication, of a deadline, of office days, the end of a period."""
    low = document.low
    before = low[max(0, clock.start - 30) : clock.start]
    if _ENDS.search(before):
        return True
    for d in dated:
        beside = abs(d.found.start - clock.end) < 12 or abs(clock.start - d.found.end) < 12
        if (
            d.role is Role.PUBLISHED
            and low.find("\n", min(d.found.end, clock.start), max(d.found.end, clock.start)) < 0
            and abs(clock.start - d.found.start) < 60
        ):
            return True
        between = low[min(d.found.end, clock.end) : max(d.found.start, clock.start)]
        if d.role in (Role.DEADLINE, Role.APPLICATIONS, Role.RESULTS) and beside and "\n" not in between:
            return True
        if d.found.start <= clock.start < d.found.end:
            return d.found.precision is Precision.RANGE
    if chosen is not None and min(abs(clock.start - chosen.end), abs(chosen.start - clock.end)) < BESIDE:
        return False
    sentence = document.sentence_at(clock.start)
    local = low[max(sentence.start, clock.start - 70) : min(sentence.end, clock.end + 60)]
    return bool(_OFFICE.search(local))


def _clock_score(document: Document, clock: times.Clock, chosen: Found | None) -> float:
    low = document.low
    score = 0.0
    if _BEGINS.search(low[max(0, clock.start - 60) : clock.start]):
        score += 2.5
    elif _BEGINS_AFTER.match(low, clock.end):
        score += 1.5
    if _ARRIVAL.search(low[max(0, clock.start - 25) : clock.end + 25]):
        score -= 1.0
    if chosen is not None:
        gap = max(clock.start - chosen.end, chosen.start - clock.end)
        same_line = "\n" not in low[min(chosen.end, clock.end) : max(chosen.start, clock.start)]
        score += 3.0 if gap < 40 else 2.0 if gap < 130 and same_line else 1.2 if gap < 400 else 0.0
    if (
        chosen is None
        and clock.start < document.title_end + 400
        and _OPENS.search(document.sentence_at(clock.start).text.lower())
    ):
        score += 0.6
    if re.search(r"\b(?:в|с|к)\s*$", low[max(0, clock.start - 4) : clock.start]):
        score += 0.6
    return score - clock.start / 4000
