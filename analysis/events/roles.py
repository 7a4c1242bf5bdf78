"""What a date is to the reader: the event, a last day to apply, an opening, results, a law, the day of publication."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from analysis.events import asides, bylines, clauses, likeness
from analysis.text.document import Document
from analysis.text.patterns import cue
from analysis.time.dates import Found, Precision

APPLY, _APPLY_BY = cue("apply"), cue("apply_by")
"""What tells of applying whatever the day is; what does so only before «до»: «звоните до 5 мая»."""
VOTE = cue("vote")
_CLOCK = (
    r"(?:(?:полудня|полуночи|обеда|вечера)\s+)?"
    r"(?:\d{1,2}[:.-]\d\d\s*(?:час\w*\.?|ч\.?)?,?\s*|\d{1,2}\s*час\w*\s*(?:\d\d\s*мин\w*\s*)?,?\s*)?"
    r"(?:\(?(?:по )?(?:мск|(?:местно|московско)\w+ времени)\)?,?\s*)?"
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
_ENDS_ITSELF = re.compile(r"\b(?:закро|заверш|законч)\w+ся\s+(?:[кв]\s+)?\Z")
_RUNS = re.compile(r"\b(?:работа|открыт|ид[её]т|жд[её]т|ежедневн|кажд\w+ день|продолжа|ярмарк|выставк|базар)")
"""What closes by itself is over then, «ярмарка закроется 10 января», if it is not a bath or a bridge under repair."""
_LAST_DAY = cue("last_day")
_RESULTS = cue("results")
_DISCUSSED = re.compile(r"(?:обсу[дж]|рассм[ао]тр)\w* (?:[а-я]+ )?итог")
_COMES_INTO_FORCE = re.compile(r"вступ\w+ в (?:законн\w+ )?силу")
_LAW = cue("law")
_LAW_AFTER = re.compile(r"\s*(?:года?|г\.)?\s*(?:№|n\s?\d|n\s№)|\s*(?:года?|г\.)?\s*решени\w+ №")
_FORCE = cue("force")
_HISTORY, _NAME = cue("history"), re.compile(r"«[^»\n]*»")
_WORK_ONLY = cue("work")
ELECTION = cue("election")
_SPENT = re.compile(
    r"\b(?:реализ|воплот|отчита|поступ[ия]т|перечисл|освои|действ)\w*[^.\n]*\Z"
    r"|\bпроект\w* [^.\n]{0,30}(?:завершить|закончить)\s[^.\n]*\Z"
)
"""What is done with a grant after its contest, or stays in force."""
_BY_THEN = re.compile(r"\bко?\s+\Z")
_FINALE = cue("finale")
_AND_THEN = re.compile(r"[,;]")
_RESTORED = re.compile(rf"(?:{cue('restored').pattern})[^.\n]{{0,80}}\Z")
"""«Вернуть горячую воду обещают 15-го»."""
_OPENS_APPLYING = re.compile(
    r"\b(?:регистрац|запис[ьи]|прием|подач|сбор|бронир|голосовани)\w*[^,.\n]{0,50}\b(?:откр|старт|нач)\w*[^,.\n]{0,25}\Z"
    r"|\b(?:откр|старт|нач)\w*\s(?:[а-я]+\s){0,2}(?:прием|сбор|собира|принима|регистрир|записыва|брать\b|подава)\w*[^,.\n]{0,40}\Z"
)
_THEN_OPENS_APPLYING = re.compile(
    r",?[^,.\n]{0,50}\b(?:откр|старт|нач)\w*[^,.\n]{0,15}\b(?:регистр|запис[ьиы]|прием|подач|сбор|собира|принима)"
)
_VOTE_AT_HOME = re.compile(r"голосова\w+ (?:на дому|вне помещени|по месту)")
_SENTENCE_END = re.compile(r"(?<!: )(?<!: \d)\d[.!?]\s")
"""But not after the number that an entry of a list begins with."""
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
_JURY_UNTIL = re.compile(
    r"(?<!\sна\s)\b(?:заседани[ея]|оценк[аи]|оцен[ия]\w+|подвед\w+|подвод\w+|рассм[ао]тр\w+|определ\w+)[^,.;:\n]{0,40}\Z"
    r"|\bпобедител\w* (?:назов|объяв|выбер)\w*[^,.;:\n]{0,20}\Z|\bстан[еу]т извест\w+[^,.;:\n]{0,20}\Z"
)
"""«Заседание комиссии — до 20 апреля»."""
_BY_APPOINTMENT = re.compile(r"\bпо (?:предварительн\w+ )?записи\b")
_HAND_IN = re.compile(r"\b(?:сдать|сдают|подать|представить|направить|прислать|отправить)\b[^.\n]{0,40}\bк\s+$")
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
    around = [(f, *clauses.around(document, f)) for f in found if f.first.day or f.relative]
    forced = {f.first for f, clause, *_ in around if f.first.day and _COMES_INTO_FORCE.search(clause)}
    elected = bool(ELECTION.search(document.low))
    stamps = bylines.stamps(document, found, published)
    preparing = likeness.is_prepared(document)
    for f, clause, before, after in around:
        role = (
            Role.PUBLISHED
            if f in stamps
            else _role(f, clause, before, after, clauses.act(document, clause), elected=elected)
        )
        title = f.start < document.title_end
        if role is Role.EVENT and (f.first in forced or asides.is_of_another_time(f, clause, published)):
            role = Role.ASIDE
        listed = bool(_ENTRY.match(document.low, f.end) or _BULLET.search(before))
        score = likeness.likeness(f, clause, before, after, title=title, preparing=preparing)
        named = _last_of(f) if role is Role.DEADLINE and f.precision is Precision.PERIOD else f
        out.append(Dated(named, role, score, clause, title, listed, _is_closing(before, after)))
    return out


def _last_of(f: Found) -> Found:
    """«До конца месяца» as a last day to apply."""
    return replace(f, first=f.last or f.first, last=None, precision=Precision.DAY)


def _is_closing(before: str, after: str) -> bool:
    if _CLOSES.search(before[-70:]) or _RESTORED.search(before):
        return True
    return bool(_FINALE.search(clauses.beside(before, _AND_THEN.split(after)[0], 40)))


def _role(f: Found, clause: str, before: str, after: str, act: str, *, elected: bool) -> Role:
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
        and not likeness.EVENT.search(after[:12])
        and not (until and (APPLY.search(before) or _APPLY_BY.search(before)))
    ):
        return Role.ASIDE
    apply = bool(APPLY.search(clauses.beside(before, after)))
    vote = not elected and bool(VOTE.search(clause) or VOTE.search(act))
    if _RESULTS.search(part := clauses.beside(before, after, 70)) and not until and not _DISCUSSED.search(part):
        return Role.RESULTS
    if f.precision is Precision.PERIOD and _UNTIL.search(before[-70:]):
        return Role.DEADLINE if f.words.startswith("кон") and _is_applied_by(before, after) else Role.ASIDE
    if asides.is_of_no_event(f, clause, before, after):
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
    if likeness.is_itself(before, after):
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
    if _JURY_UNTIL.search(_SENTENCE_END.split(before)[-1]):
        return Role.RESULTS
    if called or _is_applied_by(before, after):
        return Role.DEADLINE
    return Role.ASIDE if _SPENT.search(before[-70:]) else Role.END


def _is_applied_by(before: str, after: str) -> bool:
    said = _SENTENCE_END.split(before)[-1]
    return bool(_APPLY_BY.search(said) or APPLY.search(said) or APPLY.search(clauses.beside(said, after)))


def _beside(before: str, after: str) -> Role | None:
    """A day told beside the event: by which something will be ready, of the past, from which a rule is in force."""
    if _BY_THEN.search(before[-12:]):
        return Role.END if _CLOSES.search(before[-70:]) else Role.ASIDE
    if _STAGE.search(before[-70:]) or (_ENDS_ITSELF.search(before[-30:]) and _RUNS.search(before)):
        return Role.END
    if (
        _HISTORY.search(_NAME.sub("", before)[-50:])
        or _AGREED.search(before[-70:])
        or _FORCE.search(clauses.beside(before, after, 50))
    ):
        return Role.ASIDE
    return None


def _is_last_day(before: str, after: str) -> bool:
    named = _LAST_DAY.search(after[:60])
    if (named and not _THEN_NAMED.match(after, named.end())) or _LAST_DAY.search(before[-60:]):
        return True
    said = _SENTENCE_END.split(before)[-1]
    return bool(_CLOSES.search(before[-70:]) and (APPLY.search(said) or VOTE.search(said)))
