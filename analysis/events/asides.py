"""Days that a text names in passing: of a life, an anniversary, office hours, a count, «сегодня» as in these times."""

import re
from datetime import date, timedelta

from analysis.text import tense
from analysis.text.patterns import cue
from analysis.time.dates import Found, Precision

HOUR = re.compile(r"\b[вс]\s+\d{1,2}[.:-]\d\d|\d{1,2}:\d\d|\d{1,2}\s?(?:ч(?:ас|\b)|утра|вечера)|\bс \d{1,2} до \d")
_FAR = timedelta(400)
"""What lies so far back is remembered, not reported; so far ahead no municipality calls anybody together."""
_LIFE = timedelta(3000)
"""So long lasts no event: «12.04.1938 – 20.11.2021»."""
_WEEKLY = re.compile(
    r"\bс понедельника по\b|\bежедневн|\bбудн|\bрабочи\w+ дн|\bкроме\b|\bперерыв"
    r"|\bпо (?:понед|вторн|сред|четв|пятн|субб|воскр)\w+ам"
)
_OF_A_SITE = re.compile(r"сайт|архивн|размещен")
"""One of these stands in whatever a site says of itself."""
_SAID = re.compile(r",?\s(?:он|она)\s(?:написал|сообщил|рассказал|заявил|объявил)а?\b")
"""«3 ноября он написал»: the day of the words, not of what they tell."""
_LEARNT = re.compile(
    r"(?:\bоб этом|стало известно|\b(?:сообщил|рассказал|заявил|написал)[аи]?)(?: об этом)?(?: во?)?\s+\Z"
)
"""«Стало известно 18 сентября», «об этом 30 июня рассказала»."""
_OF_THAT = re.compile(r"\((?:его|ее|их)\s(?:[а-я]+\s)?(?:отмет[ия]|отмеча|праздну)\w+\s*\Z")
"""«К юбилею города (его отметят 17 августа)»."""
_WORKS_OF = re.compile(
    r"\b(?:материал|публикаци|работ|стат|сюжет|ролик)\w* [^.\n]{0,20}"
    r"(?:должн\w+ выйти|вышедш\w+|опубликованн\w+)\b[^.\n]*\Z"
)
"""«Материалы должны выйти в период с 1 ноября по 31 октября»: of works that are handed in."""
_NTH = re.compile(r"(?:перв|втор|трет|четверт|последн)")
_AS_OF = re.compile(r"\s*на\s+")
SITE_NEAR = 60


def is_of_another_time(f: Found, clause: str, published: date | None) -> bool:
    return _is_far_away(f, published) or _is_eve(f, clause, published)


def _is_far_away(f: Found, published: date | None) -> bool:
    """An anniversary's first day, the years of a life, a day that a site put under a page years afterwards."""
    first, last = f.first.on(), f.last.on() if f.last else None
    if first is None:
        return False
    if published and ((last or first) < published - _FAR or first > published + _FAR):
        return True
    return bool(last and last - first > _LIFE)


def _is_eve(f: Found, clause: str, published: date | None) -> bool:
    """«Накануне, 10 сентября, нельзя жирного»: the day before the event, not before publication."""
    if not f.words.startswith("накануне") or f.words == "накануне":
        return False
    day = f.first.on()
    return day >= published if day and published else tense.lean(clause) >= 0


def is_of_no_event(f: Found, clause: str, before: str, after: str) -> bool:
    """«Ежедневно, в субботу до 13», «сегодня в районе 18 сёл», «на 1 июля 1 840 жителей», «версия сайта до …»."""
    if f.relative and (f.weekday is not None or f.precision is Precision.PERIOD) and _WEEKLY.search(clause):
        return True
    if _OF_THAT.search(before) or _WORKS_OF.search(before) or _is_choice(f, before, after):
        return True
    if _SAID.match(after) or _is_told_then(before, after):
        return True
    near = before[-SITE_NEAR:]
    if _OF_A_SITE.search(near) and cue("site").search(near) and not _is_held(clause):
        return True
    if f.words == "сегодня":
        return not _is_held(clause) and tense.lean(clause) == 0
    return f.words[:1].isdigit() and _AS_OF.fullmatch(before) is not None


def _is_choice(f: Found, before: str, after: str) -> bool:
    """«Первая суббота июля или вторая суббота сентября»: what may be chosen of, not what is held."""
    return bool(_NTH.match(f.words)) and (before.endswith(" или ") or after.startswith(" или "))


def _is_told_then(before: str, after: str) -> bool:
    """«На пресс-конференции», «на встрече» something was held where it was told."""
    return bool(_LEARNT.search(before)) and not after.startswith(" на ")


def _is_held(clause: str) -> bool:
    return bool(cue("event").search(clause) or HOUR.search(clause))
