"""Times of day as Russian municipal texts write them: «в 15-00 ч.», «с 9 до 18», «14 часов 00 минут», «в полдень»."""

import re
from dataclasses import dataclass
from datetime import time as time_of_day

_CLOCK = r"(?P<h>2[0-3]|[01]?\d)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?=\d)(?<![\d.,:/№+-]){_CLOCK}\s?(?:часов|часа|час\.?|ч\.?)(?:\s*,?\s*(?P<m>[0-5]\d)\s?(?:минут[аы]?|мин\.?|м\.?)?)?(?![а-я\d])",
        rf"(?=\d)(?<![\d.,:/№+-]){_CLOCK}:(?P<m>[0-5]\d)(?::\d\d)?(?![\d:])",
        rf"(?=\d)(?:(?<=\bв )|(?<=\bс )|(?<=\bдо )|(?<=\bк )|(?<=\bот )|(?<=\bв )|(?<=начало )|(?<=начало: )|(?<=начало – )|(?<=начало — )|"
        rf"(?<=\bпо )|(?<=\bоколо ))(?<![\d])"
        rf"{_CLOCK}\s?[.-](?P<m>[0-5]\d)(?![\d.]|\s?(?:руб|млн|тыс|%|кв|км|га\b))",
        rf"(?=\d)(?<![\d.,:/№-]){_CLOCK}[.](?P<m>00|15|30|45)(?![\d.]|\s?(?:руб|млн|тыс|%|кв|км|га\b))",
        rf"(?=\d)(?<![\d.,:/№-]){_CLOCK}-(?P<m>00|15|30|45)(?=\s*(?:ч\b|час|по|до|[-–—,.;)]|$|\n))",
        r"(?=\d)(?:(?<=\bс )|(?<=\bв ))(?P<h>[6-9]|1\d|2[0-3])(?=\s(?:до|и до)\s(?:[6-9]|1\d|2[0-4])(?:[:.]\d\d)?(?:\s|$|[,.;]))(?P<m>)",
    )
)
_WORDED = re.compile(r"\bв (?P<word>полдень|полночь)\b")
_EVENING = re.compile(r"\s*(?:часов|часа|час\.?|ч\.?)?\s*(?P<part>вечера|дня|утра|ночи)\b")
_NIGHT, _NOON = 4, 12


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
            taken.append(_clock(low, m))
    for m in _WORDED.finditer(low):
        taken.append(Clock(m.start(), m.end(), m[0], time_of_day(12 if m["word"] == "полдень" else 0)))
    return sorted(taken, key=lambda c: c.start)


def _clock(low: str, m: re.Match[str]) -> Clock:
    hour, minute = int(m["h"]), int(m["m"] or 0)
    end = m.end()
    part = _EVENING.match(low, end)
    if part:
        end = part.end()
        if part["part"] in ("вечера", "дня") and hour < _NOON:
            hour += _NOON
        elif part["part"] == "ночи" and hour == _NOON:
            hour = 0
    return Clock(m.start(), end, low[m.start() : end], time_of_day(hour, minute))
