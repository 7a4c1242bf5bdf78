"""Times of day as Russian municipal texts write them: «в 15-00 ч.», «с 9 до 18», «14 часов 00 минут», «в полдень»."""

import re
from dataclasses import dataclass
from datetime import time as time_of_day

_CLOCK = r"(?=\d)(?<![\d.:/№+-])(?<!\d,)(?P<h>2[0-3]|[01]?\d)"
_LEAD = (
    r"(?=\d)(?:(?<=\bв )|(?<=\bс )|(?<=\bдо )|(?<=\bк )|(?<=\bот )|(?<=\bпо )|(?<=\bна )|(?<=\bоколо )"
    r"|(?<=начало )|(?<=начало[:–—] ))"
)
_NO_AMOUNT = r"(?!\.?\d|\s?(?:руб|млн|тыс|%|кв|км|га\b|м/с|м\b))"
_NO_MONTH = r"(?!\s*(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек))"
_HOURS = (
    r"(?P<h>[6-9]|1\d|2[0-3])(?=\s(?:до|и до)\s(?:[6-9]|1\d|2[0-4])(?:[:.]\d\d)?(?:\s"
    r"(?!лет\b|год|мес|чел|клас|град|тыс|руб|мет|дне|участ)|$|[,.;])" + _NO_MONTH + r")(?P<m>)"
)
_MINUTES = r"(?:\s*,?\s*(?P<m>[0-5]\d)(?!-?го\b|\.\d\d)" + _NO_MONTH + r"\s?(?:минут[аы]?|мин\.?|м\.?)?)?"
_PATTERNS = (
    re.compile(_CLOCK + r"\s?(?:часов|часам|часа|час\.?|ч\.?)" + _MINUTES + r"(?![а-я\d])"),
    re.compile(_CLOCK + r":(?P<m>[0-5]\d)(?::\d\d)?(?!\d|:\d)"),
    re.compile(_LEAD + _CLOCK + r"\s?(?:\.(?P<m>[0-5][05])|-(?P<dashed>[0-5][05]))" + _NO_AMOUNT),
    re.compile(_CLOCK + r"\.(?P<m>00|15|30|45)" + _NO_AMOUNT),
    re.compile(_LEAD + _CLOCK + r":\s(?P<m>[0-5][05])(?!\d)"),
    re.compile(
        r"(?=\d)(?<![\d.:/№+-])(?<!\d,)(?P<h>2[0-3]|1\d|0?[6-9])-(?P<m>00|15|30|45)(?=\s*(?:ч\b|час|по|до|[–—,.;)]|\s-|-\s?\d\d-|$|\n))"
    ),
    re.compile(_LEAD + r"(?P<h>2[0-3]|[01]\d)(?P<m>[0-5][05])\s?ч(?![а-я])"),
    re.compile(_LEAD + _HOURS),
    re.compile(_LEAD + r"(?P<h>1[0-2]|[1-9])(?=\s(?:утра|вечера|дня)\b)(?P<m>)"),
)
"""From the surest: «14 часов 30 минут», «14:30», «в 14.30», «14.30», «14-30 ч», «с 9 до 18», «с 9 утра»."""
_NO_CLOCK = re.compile(
    r"\b(?:пункт\w*|пп?|ст|стать\w+|част\w+|раздел\w*|тел|телефон\w*)\.?:?\s*$"
    r"|\b(?:течени[еи]|через|за|более|менее|больше|меньше|свыше|спустя|кажды[ех]|продл\w+|длил\w+|длит\w+)\s+(?:в\s+течение\s+)?$"
)
"""What stands before a number of a clause, a telephone or a count of hours."""
_SPELT = (
    "час", "дв(?:а|ух)", "тр(?:и|ех)", "четыр(?:е|ех)", "пят[ьи]", "шест[ьи]", "сем[ьи]", "восемь|восьми",
    "девят[ьи]", "десят[ьи]", "одиннадцат[ьи]", "двенадцат[ьи]",
)  # fmt: skip
_AT = frozenset(("в", "к", "с", "до", "на"))
_NOON_OR_MIDNIGHT = re.compile(r"пол(?:(?P<noon>день|удн[юя])|ночь|уноч[ьи])\b")
_SPELT_HOUR = re.compile(
    r"(?:"
    + "|".join(f"(?P<h{hour}>{form})" for hour, form in enumerate(_SPELT, 1))
    + r")(?:\sчас(?:ов|а|ам))?(?=\s(?:утра|дня|вечера|ночи)\b)"
)
_LASTING = re.compile(r"на [а-я]+\Z")
"""«На два дня» is how long something lasts."""
_PART = re.compile(r"утра|дня|вечера|ночи")
_EVENING = re.compile(r"\s*(?:часов|часам|часа|час\.?|ч\.?)?\s*(?P<part>вечера|дня|утра|ночи)\b")
_NOON = 12


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day and where it stands."""

    start: int
    end: int
    words: str
    time: time_of_day


def find(low: str) -> list[Clock]:
    """Times in a text that is in lower case already (``dates.plain``), from left to right."""
    taken: list[Clock] = []
    covered: set[int] = set()
    for pattern in _PATTERNS:
        for m in pattern.finditer(low):
            if m.start() in covered or (m.end() - 1) in covered:
                continue
            covered.update(range(m.start(), m.end()))
            if not _NO_CLOCK.search(low, max(0, m.start() - 24), m.start()):
                minutes = m.groupdict().get("dashed") or m["m"] or 0
                taken.append(_clock(low, m, int(m["h"]), int(minutes)))
    taken += [
        Clock(m.start(), m.end(), m[0], time_of_day(_NOON if m["noon"] else 0))
        for m in _NOON_OR_MIDNIGHT.finditer(low)
        if _follows_preposition(low, m.start())
    ]
    taken += [
        _clock(low, m, int((m.lastgroup or "h1")[1:]), 0)
        for m in (_SPELT_HOUR.finditer(low) if _PART.search(low) else ())
        if _follows_preposition(low, m.start()) and not _LASTING.match(low, m.start() - len("на "), m.end())
    ]
    return sorted(taken, key=lambda c: c.start)


def _follows_preposition(low: str, start: int) -> bool:
    return low[max(0, start - 4) : start].rpartition(" ")[0].rpartition(" ")[2].strip() in _AT


def _clock(low: str, m: re.Match[str], hour: int, minute: int) -> Clock:
    """The hour as it is counted from midnight: «в 4 часа дня» is 16:00."""
    end = m.end()
    part = _EVENING.match(low, end)
    if part:
        end = part.end()
        if part["part"] in ("вечера", "дня") and hour < _NOON:
            hour += _NOON
        elif part["part"] == "ночи" and hour == _NOON:
            hour = 0
    return Clock(m.start(), end, low[m.start() : end], time_of_day(hour, minute))
