"""Dates as Russian municipal texts write them: a grammar of our own, because a wrong date is worse than none.

``find`` gives every expression with its place; a missing year stays missing here and is fixed by analysis.time.years,
what the date means for the reader is told by analysis.events.roles.
"""

import re
from dataclasses import replace
from datetime import date

from analysis.text.patterns import plain
from analysis.time import absolute, relative
from analysis.time.datewords import Day, Found, Precision, weekday_number

__all__ = ["Day", "Found", "Precision", "find"]

_CLOCK = (
    r"(?:\d{1,2}(?:[:.-]\d\d)?\s*(?:час\w*\.?|ч\.?)?(?:\s*\d\d\s*мин\w*\.?)?,?\s*(?:(?:утра|дня|вечера|ночи)\s+)?"
    r"|(?:утра|обеда|вечера|ночи|полудня|полуночи)\s+)?"
)
_SAID_CLOCK = r"\d{1,2}(?:[:.-]\d\d|\s*ч(?:ас\w*)?\.?(?:\s*\d\d\s*мин\w*\.?)?)"
_DAY_NAME = r"(?:понедельник|вторник|сред|четверг|пятниц|суббот|воскресень)\w{0,2}"
_WEEKDAY = rf"(?:{_DAY_NAME},?\s*)?"
_GAP = re.compile(
    rf"(?:\s*(?:года|год|г\.?)|\.(?=[-–—]))?(?:,?\s\(?{_DAY_NAME}\)?)?(?:,?\s*(?:в\s+|(?P<opens>с\s+))?{_SAID_CLOCK})?(?:\s*\(?[а-я]{{5,12}}\)?)?\s*,?\s*(?:[–—-]\s*(?=по|до)|и\s+)?(?P<glue>по|до|[-–—−])(?P<until>\s*{_WEEKDAY}{_CLOCK})"
)
_FROM = re.compile(rf"\b(?:с|со|начиная\s+с)\s+(?:ночи\s+)?{_WEEKDAY}{_CLOCK}(?:[а-я]{{0,10}}\s*)?$")
_COUNTED = (Precision.DAY, Precision.PERIOD)
"""What a date may stand beside: «завтра, 3 мая», «в минувшие выходные, 3 и 4 мая»."""
_FINDERS = (
    absolute.iso, absolute.numeric, relative.nth, absolute.day_lists, absolute.worded, absolute.short, relative.words,
    relative.weekdays, relative.periods, absolute.day_only, absolute.months,
)  # fmt: skip
"""The surer first: what one has taken the next leave alone."""


def find(text: str, published: date | None = None) -> list[Found]:
    """All date expressions from left to right, none overlapping; ranges written in two halves are joined."""
    low = plain(text)
    taken: list[Found] = []
    covered = bytearray(len(low))
    for finder in _FINDERS:
        for found in finder(low, published):
            if not any(covered[found.start : found.end]):
                covered[found.start : found.end] = b"\x01" * (found.end - found.start)
                taken.append(found)
    taken.sort(key=lambda f: f.start)
    return _with_weekdays(low, _joined(low, taken))


def _joined(low: str, found: list[Found]) -> list[Found]:
    """Halves of one range put together («с 28 ноября по 3 декабря», «24-го с 23.00 до 5.00 25 марта»); «с» noted."""
    out: list[Found] = []
    for current in found:
        opens = bool(_FROM.search(low[max(0, current.start - 40) : current.start]))
        previous = out[-1] if out else None
        if previous and _is_range(low, previous, current):
            year = previous.first.year or current.first.year
            if previous.first.year is None and year and _after(previous.first, current.first):
                year -= 1
            first = replace(previous.first, year=year)
            last = replace(current.last or current.first, year=current.first.year or _counted_on(previous, current))
            whole = low[previous.start : current.end]
            out[-1] = replace(
                previous, end=current.end, words=whole, precision=_wider(previous, current), first=first, last=last
            )
            continue
        out.append(replace(current, from_=opens))
    return out


def _counted_on(previous: Found, current: Found) -> int | None:
    """The year of a last day after a first that has one: «с сегодняшнего дня и до 6 декабря»."""
    year = previous.first.year
    return year + _after(previous.first, current.first) if year else None


def _wider(previous: Found, current: Found) -> Precision:
    day = previous.first.day is not None and current.first.day is not None
    return Precision.RANGE if day else Precision.MONTH


def _after(first: Day, last: Day) -> bool:
    return (first.month or 0, first.day or 0) > (last.month or 0, last.day or 0)


def _is_range(low: str, previous: Found, current: Found) -> bool:
    kinds = (previous.precision, current.precision)
    if kinds not in ((Precision.DAY,) * 2, (Precision.MONTH,) * 2) or current.start - previous.end > 40:
        return False
    gap = _GAP.fullmatch(low[previous.end : current.start])
    if not gap or ("\n" in gap[0] and gap["glue"] not in ("по", "до")):
        return False
    overnight = gap["opens"] and "," not in gap["until"] and "\n" not in gap[0]
    return previous.from_ or gap["glue"] != "до" or bool(overnight)


def _with_weekdays(low: str, found: list[Found]) -> list[Found]:
    """What counts from publication («в среду, 1 октября», «завтра, 3 мая») belongs to the date beside it."""
    out: list[Found] = []
    for current in found:
        previous = out[-1] if out else None
        if previous and previous.relative and previous.precision in _COUNTED and _beside(low, previous, current):
            out[-1] = replace(
                current, start=previous.start, words=low[previous.start : current.end], weekday=previous.weekday
            )
        elif (
            previous and current.weekday is not None and current.relative and _beside(low, previous, current, back=True)
        ):
            weekday = current.weekday if previous.last is None else None
            out[-1] = replace(previous, end=current.end, words=low[previous.start : current.end], weekday=weekday)
        else:
            out.append(current)
    named = re.compile(
        r"[^\S\n]*[,(]?[^\S\n]*(?:в\s+)?(понедельник|вторник|среда|среду|четверг|пятница|пятницу|суббота|субботу|воскресенье)\b"
    )
    return [
        replace(f, weekday=weekday_number(m[1]))
        if f.weekday is None and f.last is None and (m := named.match(low, f.end, f.end + 20))
        else f
        for f in out
    ]


def _beside(low: str, first: Found, second: Found, *, back: bool = False) -> bool:
    dated = first if back else second
    if dated.precision not in (Precision.DAY, Precision.RANGE) or dated.first.day is None or dated.relative:
        return False
    return bool(re.fullmatch(r"[ ]*[,(]?[ ]*(?:в[ ]+|на[ ]+)?", low[first.end : second.start]))
