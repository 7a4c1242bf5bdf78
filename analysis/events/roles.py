"""What a date is to the reader: the event, a last day to apply, an opening, results, a law, the day of publication."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analysis.events import asides, bylines, clauses
from analysis.text import tense
from analysis.text.document import Document
from analysis.text.patterns import cue
from analysis.time.dates import Found, Precision

APPLY = cue("apply")
VOTE = cue("vote")
_CLOCK = (
    r"(?:(?:полудня|полуночи|обеда|вечера)\s+)?"
    r"(?:\d{1,2}[:.-]\d\d\s*(?:час\w*\.?|ч\.?)?,?\s*|\d{1,2}\s*час\w*\s*(?:\d\d\s*мин\w*\s*)?,?\s*)?"
)
_TILL = r"\b(?:до|по|не позднее|не позже|не дольше|позднее)\s+(?:конца\s+|начала\s+)?"
_UNTIL = re.compile(
    rf"(?:{_TILL}|(?<!\d\s)(?<!часов\s)(?<!ч\.\s)(?<!мин\s){_TILL}{_CLOCK})(?:[а-я]+\s*,\s*)?(?:во?\s+)?$"
)
"""«До 18:00 15 апреля», but not «с 9:00 до 18:00 15 апреля»."""
_CLOSES = re.compile(
    r"(?:заверш|законч|заканч|оконч|истека|истеч|закрыва|закро|финиш|прекра[тщ])\w*\s+(?:[кв]\s+|вечером\s+|утром\s+)?$"
)
_STAGE = re.compile(rf"\b(?:этап|тур|кампани|срок)\w*\s+(?:[а-я]+\s+)?{_CLOSES.pattern}")
_LAST_DAY = cue("last_day")
_RESULTS = cue("results")
_DISCUSSED = re.compile(r"(?:обсу[дж]|рассм[ао]тр)\w* (?:[а-я]+ )?итог")
_COMES_INTO_FORCE = re.compile(r"вступ\w+ в (?:законн\w+ )?силу")
_LAW = cue("law")
_LAW_AFTER = re.compile(r"\s*(?:года?|г\.)?\s*(?:№|n\s?\d|n\s№)|\s*(?:года?|г\.)?\s*решени\w+ №")
_FORCE = cue("force")
_HISTORY = cue("history")
_WORK_ONLY = cue("work")
_EVENT = cue("event")
ELECTION = cue("election")
_SPENT = re.compile(r"\b(?:реализ|отчита|поступ[ия]т|перечисл|освои|действ)\w*[^.\n]*\Z")
"""What is done with a grant after its contest, or stays in force."""
_BY_THEN = re.compile(r"\bко?\s+\Z")
_DISPLACED = re.compile(rf"(?:{cue('displaced').pattern})[^\d.\n]{{0,35}}\Z")
_FINALE = cue("finale")
_AND_THEN, _THEN_ANOTHER_DAY = re.compile(r"[,;]"), re.compile(r"[,;](?=[^,;\d]{0,40}\d{1,2}\s[а-я]{3})")
_RESTORED = re.compile(rf"(?:{cue('restored').pattern})[^.\n]{{0,80}}\Z")
"""«Вернуть горячую воду обещают 15-го»."""
_ARRIVAL, _BEFOREHAND = cue("arrival"), cue("beforehand")
_ON_ITS_DAY = re.compile(rf"\bв день (?!{_ARRIVAL.pattern})[а-я]+\s?[,(]?\s*\Z")
"""«В день гонки, 11 февраля, номеров не выдают» tells of the race, «в день регистрации» of what precedes it."""
_OPENS_APPLYING = re.compile(
    r"\b(?:регистрац|запис[ьи]|прием|подач|сбор|бронир|голосовани)\w*[^,.\n]{0,50}\b(?:откр|старт|нач)\w*[^,.\n]{0,25}\Z"
    r"|\b(?:откр|старт|нач)\w*\s(?:[а-я]+\s){0,2}(?:прием|сбор|собира|принима|регистрир|записыва|брать\b|подава)\w*[^,.\n]{0,40}\Z"
)
_THEN_OPENS_APPLYING = re.compile(
    r",?[^,.\n]{0,50}\b(?:откр|старт|нач)\w*[^,.\n]{0,15}\b(?:регистр|запис[ьиы]|прием|подач|сбор|собира|принима)"
)
_VOTE_AT_HOME = re.compile(r"голосова\w+ (?:на дому|вне помещени|по месту)")
_SENTENCE_END = re.compile(r"\d[.!?]\s")
_CONTRACT = r"\bпо (?:контракту|договору|условиям (?:контракта|договора))\b"
_TO_FINISH = r"\b(?:долж|законч|заверш|сда[тчюд])\w*"
_AGREED = re.compile(
    rf"(?:{_CONTRACT}[^.,:;\n]*{_TO_FINISH}|{_TO_FINISH}[^.,:;\n]*{_CONTRACT}"
    r"|\bпик\w* (?:паводк|половод|заболева))[^.,:;\n]*\Z|\bраньше (?:[а-я]+ )?срока\s?\(\Z"
)
"""«По контракту закончить должны 30-го», «раньше срока (31 июля)», «пик паводка ждут с 10-го»."""
_NOT_THEN = re.compile(r"\bне (?:(?:с|на|до|по|к|в)\s)?\Z")
"""«Не 8-го, а 9-го»."""
_LAST_YEAR = re.compile(r"(?<!как )(?<!как и )\b(?:в прошлом году|год назад)\b[^.,;\n]*,?\s*\Z")
"""«Как и в прошлом году» tells of this one."""
_THEN_NAMED = re.compile(r"\w*(?:\s[а-я]+){0,2}\s?[:–—-]")
"""«Начнут 1 марта, последний день — 31-го» tells of another day."""
_JURY_CHOOSES = re.compile(r"\b(?:комисси\w+|жюри) (?:[а-я]+ ){0,2}выб[еи]р[^.\n]*\Z")
_SELF = (
    r"сам(?<=\bсам)[аио]? (?:[а-я]+ )?"
    r"(?:конкурс|отбор|форум|фестивал|турнир|праздник|слет|концерт|аукцион|забег|гонк|ярмарк)"
)
_JURY_UNTIL = re.compile(
    r"(?<!\sна\s)\b(?:заседани[ея]|оценк[аи]|оцен[ия]\w+|подвед\w+|подвод\w+|рассм[ао]тр\w+|определ\w+)[^,.;:\n]{0,40}\Z"
)
"""«Заседание комиссии — до 20 апреля»."""
_BY_APPOINTMENT = re.compile(r"\bпо (?:предварительн\w+ )?записи\b")
_ITSELF, _BEING_ITSELF = re.compile(rf"{_SELF}[^.;\n\d]{{0,40}}\Z"), re.compile(rf"[^.;\n]{{0,6}}{_SELF}")
"""«Сам форум пройдёт с 9 по 23 августа», «22 декабря — сам конкурс»."""
_HAND_IN = re.compile(r"\b(?:сдать|сдают|подать|представить|направить|прислать|отправить)\b[^.\n]{0,40}\bк\s+$")
_MOVED = re.compile(
    r"новая дата|(?:перенес|перенос|сдвин|сдвиг|передвин|отлож|отклад|смест)\w* (?:[^\d.\n]{0,20})?на|состоится позже"
)
_ENTRY = re.compile(r"\s*(?:года?|г\.)?\s*(?:\([^)\n]{1,20}\))?,?\s*[:–—-]\s")
_BULLET = re.compile(r"\A\s*(?:[-–—•*·▪◾✅🔹]|\d{1,2}\))\s*(?:с\s+)?\Z")


class Role(StrEnum):
    EVENT = "event"
    DEADLINE = "deadline"
    APPLICATIONS = "applications"
    """A whole period or an opening day of applications."""
    VOTING = "voting"
    END = "end"
    RESULTS = "results"
    LAW = "law"
    PUBLISHED = "published"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its role; ``score`` says how much it looks like the date of the event."""

    found: Found
    role: Role
    score: float
    clause: str
    title: bool
    listed: bool = False
    """An entry of a timetable: «22 мая — с. Берёзовка»."""
    closing: bool = False
    """The end of something: «завершится 31 мая», «13 июня — финал»."""


def assign(document: Document, found: Sequence[Found], published: date | None = None) -> list[Dated]:
    """The role of every expression that names a day."""
    out = []
    forced = {f.first for f in found if f.first.day and _COMES_INTO_FORCE.search(clauses.around(document, f)[0])}
    elected = bool(ELECTION.search(document.low))
    stamps = bylines.stamps(document, found, published)
    preparing = not _BEFOREHAND.search(document.low, 0, document.title_end)
    for f in found:
        if f.first.day is None and not f.relative:
            continue
        clause, before, after = clauses.around(document, f)
        role = Role.PUBLISHED if f in stamps else _role(f, clause, before, after, elected=elected)
        title = f.start < document.title_end
        if role is Role.EVENT and (f.first in forced or asides.is_of_another_time(f, clause, published)):
            role = Role.ASIDE
        listed = bool(_ENTRY.match(document.low, f.end) or _BULLET.search(before))
        score = _score(f, clause, before, after, title=title, preparing=preparing)
        out.append(Dated(f, role, score, clause, title, listed, _is_closing(before, after)))
    return out


def _is_closing(before: str, after: str) -> bool:
    if _CLOSES.search(before[-70:]) or _RESTORED.search(before):
        return True
    return bool(_FINALE.search(_part(before, _AND_THEN.split(after)[0], 40)))


def _role(f: Found, clause: str, before: str, after: str, *, elected: bool) -> Role:
    if _NOT_THEN.search(before[-10:]):
        return Role.ASIDE
    if not f.relative and (_LAW.search(before[-40:]) or _LAW_AFTER.match(after)):
        return Role.LAW
    if _is_last_day(before, after) or _HAND_IN.search(before[-70:]):
        return Role.APPLICATIONS if _is_whole_period(f, before) else Role.DEADLINE
    until = bool(_UNTIL.search(before[-70:])) and f.precision is Precision.DAY
    if (
        _WORK_ONLY.search(clause)
        and not VOTE.search(before)
        and not _EVENT.search(after[:12])
        and not (until and APPLY.search(before))
    ):
        return Role.ASIDE
    apply, vote = bool(APPLY.search(_part(before, after))), not elected and bool(VOTE.search(clause))
    if _RESULTS.search(part := _part(before, after, 70)) and not until and not _DISCUSSED.search(part):
        return Role.RESULTS
    if (f.precision is Precision.PERIOD and _UNTIL.search(before[-70:])) or asides.is_of_no_event(f, clause, before):
        return Role.ASIDE
    if _LAST_YEAR.search(before[-70:]):
        return Role.ASIDE
    if until and not _VOTE_AT_HOME.search(clause):
        return _until(before, after, called=vote)
    called = _called(clause, before, after, apply=apply, vote=vote, opens=f.from_ or f.precision is Precision.RANGE)
    return called or _beside(before, after) or Role.EVENT


def _called(clause: str, before: str, after: str, *, apply: bool, vote: bool, opens: bool) -> Role | None:
    """A period or an opening day of a vote or of applications; ``opens``: the words of the day say that it is one."""
    if vote and _JURY_CHOOSES.search(before):
        return Role.RESULTS
    if _VOTE_AT_HOME.search(clause):
        return Role.ASIDE
    if _ITSELF.search(before) or _BEING_ITSELF.match(after):
        return None
    if vote and opens:
        return Role.VOTING
    called = apply and (opens or _THEN_OPENS_APPLYING.match(after)) and not _BY_APPOINTMENT.search(clause)
    return Role.APPLICATIONS if called or _OPENS_APPLYING.search(before) else None


def _is_whole_period(f: Found, before: str) -> bool:
    """«Срок приёма заявок: 1–20 декабря»."""
    return f.precision is Precision.RANGE and bool(_LAST_DAY.search(before[-60:]))


def _until(before: str, after: str, *, called: bool) -> Role:
    """A day after «до»: the last one to apply, else the end of something, if not of the money's use."""
    said = _SENTENCE_END.split(before)[-1]
    if _JURY_UNTIL.search(said):
        return Role.RESULTS
    if called or APPLY.search(said) or APPLY.search(_part(said, after)):
        return Role.DEADLINE
    return Role.ASIDE if _SPENT.search(before[-70:]) else Role.END


def _beside(before: str, after: str) -> Role | None:
    """A day told beside the event: by which something will be ready, of the past, from which a rule is in force."""
    if _BY_THEN.search(before[-12:]):
        return Role.END if _CLOSES.search(before[-70:]) else Role.ASIDE
    if _STAGE.search(before[-70:]):
        return Role.END
    if _HISTORY.search(before[-50:]) or _AGREED.search(before[-70:]) or _FORCE.search(_part(before, after, 50)):
        return Role.ASIDE
    return None


def _is_last_day(before: str, after: str) -> bool:
    named = _LAST_DAY.search(after[:60])
    if (named and not _THEN_NAMED.match(after, named.end())) or _LAST_DAY.search(before[-60:]):
        return True
    said = _SENTENCE_END.split(before)[-1]
    return bool(_CLOSES.search(before[-70:]) and (APPLY.search(said) or VOTE.search(said)))


def _part(before: str, after: str, width: int = 110) -> str:
    """The words nearest to a date, cut at a comma followed by another date or a conjunction of a new clause."""
    return before[-width:] + " ¦ " + after[:width]


def _score(f: Found, clause: str, before: str, after: str, *, title: bool, preparing: bool) -> float:
    """``preparing``: a rehearsal is beside the event, not the event that the headline names."""
    told = bool(_EVENT.search(_part(before, after, 90)))
    timed = bool(asides.HOUR.search(clause))
    score = (2.0 if title else 0.0) + (2.0 if told else 0.0)
    score += 1.0 if f.weekday is not None or timed else 0.0
    score += 0.7 if f.precision is Precision.RANGE else 0.0
    score += 2.0 if _ITSELF.search(before) or _BEING_ITSELF.match(after) else 0.0
    score += 3.0 if _MOVED.search(before[-40:]) else 0.0
    score -= 4.0 if _DISPLACED.search(before[-70:]) else 0.0
    score -= 2.5 if _ARRIVAL.search(_part(before, after, 40)) and not _ON_ITS_DAY.search(before) else 0.0
    beside = _part(_AND_THEN.split(before.rstrip(", "))[-1], _THEN_ANOTHER_DAY.split(after)[0], 40)
    score -= 4.0 if preparing and _BEFOREHAND.search(beside) else 0.0
    score += max(-1.0, min(1.0, tense.lean(clause) / 3))
    score -= 1.0 if f.relative and f.weekday is None and not timed else 0.0
    return score - f.start / 1500
