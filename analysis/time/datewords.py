"""The words dates are made of, and what an expression found in a text is."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

MONTHS = (
    (r"январ[яеьюи]\w?|янв", 1), (r"феврал[яеьюи]\w?|февр?", 2), (r"март[аеу]?|мар", 3), (r"апрел[яеьюи]\w?|апр", 4),
    (r"ма[йяею]", 5), (r"июн[яеью]|июн", 6), (r"июл[яеью]|июл", 7), (r"август[аеу]?|авг", 8),
    (r"сентябр[яеьюи]\w?|сент?", 9), (r"октябр[яеьюи]\w?|окт", 10), (r"ноябр[яеьюи]\w?|нояб?", 11),
    (r"декабр[яеьюи]\w?|дек", 12),
)  # fmt: skip
WEEKDAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
ROMAN = {numeral: number for number, numeral in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}  # noqa: SIM905
ORDINALS = (
    "перв", "втор", "треть", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят", "одиннадцат", "двенадцат",
    "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат", "девятнадцат", "двадцат",
    "двадцать перв", "двадцать втор", "двадцать треть", "двадцать четверт", "двадцать пят", "двадцать шест",
    "двадцать седьм", "двадцать восьм", "двадцать девят", "тридцат", "тридцать перв",
)  # fmt: skip
COUNTS = {
    "один": 1, "одну": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "десять": 10,
}  # fmt: skip

MONTH = r"(?P<month>" + "|".join(f"(?:{form})" for form, _ in MONTHS) + r")(?:\b|(?=20\d\d))(?:\.(?=,?\s*(?:\d{4}|г)))?"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:\s?-?(?:го|ого|е|ое|му))?[»\"”]?"
YEAR = r"(?:,?[^\S\n]*(?P<year>(?:19|20)\d\d)(?!\d|-\d)(?:\s*(?:-?го\b|года?\b|году\b|г\b\.?))?)?"
DASH = r"\s?[-–—−]\s?"
NOT_INSIDE = r"(?=\d)(?<![\d.,:/№-])"


class Precision(StrEnum):
    DAY = "day"
    RANGE = "range"
    SERIES = "series"
    MONTH = "month"
    PERIOD = "period"
    """A week, a weekend, the rest of a month: its days are known, the day of the event is not."""


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day as far as the text names it."""

    year: int | None
    month: int | None
    day: int | None

    def on(self, year: int | None = None) -> date | None:
        """The date, in ``year`` where the text names none; None where something is missing or there is no such day."""
        fixed = self.year or year
        if fixed is None or self.month is None or self.day is None:
            return None
        try:
            return date(fixed, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Found:
    """One expression: ``last`` is set for ranges and series; ``weekday`` (0 Monday) where the text says one beside."""

    start: int
    end: int
    words: str
    precision: Precision
    first: Day
    last: Day | None = None
    weekday: int | None = None
    relative: bool = False
    """Counted from the day of publication."""
    from_: bool = False
    """Preceded by «с»: an opening day."""


@lru_cache(1000)
def month_number(word: str) -> int | None:
    return next((number for form, number in MONTHS if re.fullmatch(form, word.rstrip("."))), None)


def weekday_number(word: str) -> int | None:
    return next((number for number, stem in enumerate(WEEKDAYS) if word.startswith(stem)), None)
