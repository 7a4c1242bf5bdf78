"""Dates as Russian municipal texts write them: a grammar of our own, because a wrong date is worse than none.

``find`` gives every expression with its place; a missing year stays missing here and is fixed by analysis.years,
what the date means for the reader is told by analysis.roles.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from analysis import tense

MONTHS = (
    (r"январ[яеьюи]\w?|янв", 1), (r"феврал[яеьюи]\w?|февр?", 2), (r"март[аеу]?|мар", 3), (r"апрел[яеьюи]\w?|апр", 4),
    (r"ма[йяею]", 5), (r"июн[яеью]|июн", 6), (r"июл[яеью]|июл", 7), (r"август[аеу]?|авг", 8),
    (r"сентябр[яеьюи]\w?|сент?", 9), (r"октябр[яеьюи]\w?|окт", 10), (r"ноябр[яеьюи]\w?|нояб?", 11),
    (r"декабр[яеьюи]\w?|дек", 12),
)  # fmt: skip
WEEKDAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
ORDINALS = (
    "перв", "втор", "треть", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят", "одиннадцат", "двенадцат",
    "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат", "девятнадцат", "двадцат",
    "двадцать перв", "двадцать втор", "двадцать треть", "двадцать четверт", "двадцать пят", "двадцать шест",
    "двадцать седьм", "двадцать восьм", "двадцать девят", "тридцат", "тридцать перв",
)  # fmt: skip
COUNTS = {
    "один": 1,
    "одну": 1,
    "два": 2,
    "две": 2,
    "три": 3,
    "четыре": 4,
    "пять": 5,
    "шесть": 6,
    "семь": 7,
    "десять": 10,
}

_MONTH = r"(?P<month>" + "|".join(f"(?:{form})" for form, _ in MONTHS) + r")\b\.?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:\s?-?(?:го|ого|е|ое|му))?"
_YEAR = r"(?:,?\s*(?P<year>(?:19|20)\d\d)(?!\d)(?:\s*(?:-?го\b|года?\b|году\b|г\b\.?))?)?"
_DASH = r"\s?[-–—−]\s?"
_NOT_INSIDE = r"(?=\d)(?<![\d.,:/№-])"
_DAYS = re.compile(
    rf"{_NOT_INSIDE}(?P<days>{_DAY}(?:(?:{_DASH}|\s?/\s?|\s+и\s+|\s*,\s*(?:и\s+)?|\s+(?:по|до)\s+){_DAY}){{0,8}})\s+"
    rf"(?:числа\s+)?{_MONTH}{_YEAR}"
)
_WORDED = re.compile(
    rf"\b(?P<ordinal>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})(?:ого|его|ое|ье|ьего)\s+{_MONTH}{_YEAR}"
)
_NUMERIC = re.compile(
    rf"{_NOT_INSIDE}(?P<d>3[01]|[12]\d|0?[1-9])\s?\.\s?(?P<m>1[0-2]|0?[1-9]|[ivx]{{1,4}})\s?\.\s?(?P<y>(?:19|20)?\d\d)(?![\d:]|\.\d)"
    r"(?:\s*(?:года?\b|г\b\.?))?"
)
_SLASHED = re.compile(r"(?<![\d/№-])(?P<d>3[01]|[12]\d|0?[1-9])/(?P<m>1[0-2]|0?[1-9])/(?P<y>(?:19|20)\d\d)(?!\d)")
_SHORT = re.compile(
    r"(?<![\d.,:/№-])(?P<d>3[01]|[12]\d|0[1-9])\.(?P<m>1[0-2]|0[1-9])(?![\d:]|[.,]\d|\s?(?:руб|млн|тыс|%|час|ч\b|км|га\b|м\b))"
)
_ISO = re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>1[0-2]|0[1-9])-(?P<d>3[01]|[12]\d|0[1-9])(?!\d)")
_RELATIVE = re.compile(r"\b(?P<word>послезавтра|завтра|сегодня|позавчера|вчера)(?![а-я])")
_THROUGH = re.compile(
    r"\bчерез\s+(?:(?P<n>\d{1,3}|"
    + "|".join(COUNTS)
    + r")\s+)?(?P<unit>дн(?:я|ей)|день|сут\w+|недел[юиь]\w?|месяц\w{0,2})(?![а-я])"
)
_WEEKDAY = re.compile(
    r"\b(?:(?P<which>эт(?:от|у|о)|ближайш(?:ий|ую|ее)|следующ(?:ий|ую|ее)|будущ(?:ий|ую|ее)|наступающ(?:ий|ую|ее)|предстоящ(?:ий|ую|ее)|"
    r"минувш(?:ий|ую|ее)|прошедш(?:ий|ую|ее)|прошл(?:ый|ую|ое)|нынешн(?:ий|юю|ее))\s+)?"
    r"(?P<day>понедельник|вторник|сред[уы]|четверг|пятниц[уы]|суббот[уы]|воскресень[ея])(?P<case>а?)\b"
)
_DAY_ONLY = re.compile(
    rf"{_NOT_INSIDE}(?P<d>3[01]|[12]\d|[1-9])-?(?:го|ого)(?![а-я])(?:\s+числа)?|(?<![\d.,:])(?P<d2>3[01]|[12]\d|[1-9])\s+числа(?![а-я])"
)
_NTH = re.compile(
    r"\b(?P<nth>перв|втор|треть|четверт|последн)(?:ый|ой|ий|ую|юю|ое|ее|ье)\s+(?P<day>понедельник|вторник|среду|четверг|пятницу|"
    rf"субботу|воскресенье)\s+{_MONTH}{_YEAR}"
)
_MONTH_ALONE = re.compile(
    rf"\b(?:(?P<part>начал[оеау]|середин[ыеау]|кон(?:ец|ца|це|цу))\s+)?{_MONTH}{_YEAR}(?!\s*-?\d)"
)
_WEEKEND = re.compile(r"\b(?P<next>следующи[ех]\s+|будущи[ех]\s+)?(?P<these>эти[хе]?\s+|ближайши[ех]\s+)?выходны[хе]\b")
_WEEK = re.compile(
    r"\b(?P<which>этой|следующей|будущей|прошлой|текущей|ближайшей)\s+недел[еи]\b|\b(?P<acc>эту|следующую|будущую|прошлую)\s+неделю\b"
)
_END_OF = re.compile(r"\bкон(?:ца|цу|це)\s+(?P<unit>(?:этого\s+|текущего\s+)?(?:месяца|года|недели))\b")
_GAP = re.compile(
    r"(?:\s*(?:года|год|г\.?))?(?:\s*\(?[а-я]{5,12}\)?)?\s*,?\s*(?P<glue>по|до|[-–—−])\s*(?:\d{1,2}(?:[:.-]\d\d)?\s*(?:час\w*\.?|ч\.?)?(?:\s*\d\d\s*мин\w*\.?)?,?\s*)?"
)
_TIME_BEFORE = r"(?:\d{1,2}(?:[:.-]\d\d)?\s*(?:час\w*\.?|ч\.?)?(?:\s*\d\d\s*мин\w*\.?)?,?\s*(?:[а-я]{0,10}\s*)?)?"
_FROM = re.compile(rf"\b(?:с|со|начиная\s+с)\s+(?:ночи\s+)?{_TIME_BEFORE}$")
_WEEK_DAYS = 7


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


def month_number(word: str) -> int | None:
    return next((number for form, number in MONTHS if re.fullmatch(form, word.rstrip("."))), None)


def weekday_number(word: str) -> int | None:
    return next((number for number, stem in enumerate(WEEKDAYS) if word.startswith(stem)), None)


def plain(text: str) -> str:
    """Lower case and ё as е, every letter in its place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c) == 1 else "·" for c in map(str.lower, text))
    return low.replace("ё", "е").replace("\u00a0", " ")


def find(text: str, published: date | None = None) -> list[Found]:
    """All date expressions from left to right, none overlapping; ranges written in two halves are joined."""
    low = plain(text)
    taken: list[Found] = []
    for finder in (
        _iso,
        _numeric,
        _nth,
        _day_lists,
        _worded,
        _short,
        _relative,
        _weekdays,
        _periods,
        _day_only,
        _months,
    ):
        for found in finder(low, published):
            if not any(found.start < other.end and other.start < found.end for other in _around(taken, found)):
                taken.append(found)
    taken.sort(key=lambda f: f.start)
    return _with_weekdays(low, _joined(low, taken))


def _around(taken: list[Found], found: Found) -> list[Found]:
    return [other for other in taken if abs(other.start - found.start) < 200]


def _iso(low: str, _: date | None) -> Iterator[Found]:
    for pattern in (_ISO, _SLASHED):
        for m in pattern.finditer(low):
            yield Found(m.start(), m.end(), m[0], Precision.DAY, Day(int(m["y"]), int(m["m"]), int(m["d"])))


def _numeric(low: str, _: date | None) -> Iterator[Found]:
    for m in _NUMERIC.finditer(low):
        month = ROMAN.get(m["m"]) or (int(m["m"]) if m["m"].isdigit() else None)
        year = int(m["y"]) if len(m["y"]) == 4 else 2000 + int(m["y"])
        if month and year < 2100:
            yield Found(m.start(), m.end(), m[0], Precision.DAY, Day(year, month, int(m["d"])))


def _short(low: str, _: date | None) -> Iterator[Found]:
    for m in _SHORT.finditer(low):
        if (
            re.search(r"\b(?:в|с|до|к|около|к|п|пп|ст|пункт\w*|час\w*)\.?\s*$", low[max(0, m.start() - 12) : m.start()])
            and int(m["d"]) < 24
        ):
            weekday_or_range = re.match(r"\s*(?:по|до|[-–—])\s*\d\d\.\d\d\.\d{2,4}", low[m.end() : m.end() + 24])
            if not weekday_or_range:
                continue
        yield Found(m.start(), m.end(), m[0], Precision.DAY, Day(None, int(m["m"]), int(m["d"])))


def _year(m: re.Match[str]) -> int | None:
    return int(m["year"]) if m["year"] else None


def _day_lists(low: str, _: date | None) -> Iterator[Found]:
    for m in _DAYS.finditer(low):
        month, year = month_number(m["month"]), _year(m)
        days = [int(number) for number in re.findall(r"\d+", m["days"])]
        first, last = Day(year, month, days[0]), Day(year, month, days[-1])
        if len(days) == 1:
            yield Found(m.start(), m.end(), m[0], Precision.DAY, first)
        elif days[-1] <= days[0]:
            start = m.start() + [n.start() for n in re.finditer(r"\d+", m["days"])][-1]
            yield Found(start, m.end(), low[start : m.end()], Precision.DAY, last)
        else:
            ranged = re.search(r"[-–—−/]|\bпо\b|\bдо\b", re.sub(r"-(?:го|ого|е|ое|му)", "", m["days"]))
            consecutive = days == list(range(days[0], days[-1] + 1))
            precision = Precision.RANGE if ranged or consecutive else Precision.SERIES
            yield Found(m.start(), m.end(), m[0], precision, first, last)


def _worded(low: str, _: date | None) -> Iterator[Found]:
    for m in _WORDED.finditer(low):
        day = ORDINALS.index(m["ordinal"]) + 1
        yield Found(m.start(), m.end(), m[0], Precision.DAY, Day(_year(m), month_number(m["month"]), day))


def _nth(low: str, published: date | None) -> Iterator[Found]:
    for m in _NTH.finditer(low):
        month, year = month_number(m["month"]), _year(m) or (published.year if published else None)
        weekday = weekday_number(m["day"])
        if month is None or weekday is None or year is None:
            continue
        days = [w[weekday] for w in calendar.monthcalendar(year, month) if w[weekday]]
        nth = {"перв": 0, "втор": 1, "треть": 2, "четверт": 3, "последн": -1}[m["nth"]]
        yield Found(m.start(), m.end(), m[0], Precision.DAY, Day(year, month, days[nth]))


def _of(day: date) -> Day:
    return Day(day.year, day.month, day.day)


def _relative(low: str, published: date | None) -> Iterator[Found]:
    shifts = {"послезавтра": 2, "завтра": 1, "сегодня": 0, "вчера": -1, "позавчера": -2}
    for m in _RELATIVE.finditer(low):
        day = _of(published + timedelta(shifts[m["word"]])) if published else Day(None, None, None)
        yield Found(m.start(), m.end(), m[0], Precision.DAY, day, relative=True)
    for m in _THROUGH.finditer(low):
        number = m["n"] or "1"
        count = int(number) if number.isdigit() else COUNTS[number]
        day = _of(_later(published, count, m["unit"])) if published else Day(None, None, None)
        yield Found(m.start(), m.end(), m[0], Precision.DAY, day, relative=True)


def _later(day: date, count: int, unit: str) -> date:
    if unit.startswith("недел"):
        return day + timedelta(_WEEK_DAYS * count)
    if not unit.startswith("месяц"):
        return day + timedelta(count)
    index = day.month - 1 + count
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _weekdays(low: str, published: date | None) -> Iterator[Found]:
    """«в субботу», «в минувшую пятницу»: the nearest such day, forward unless the word or the tense says past."""
    for m in _WEEKDAY.finditer(low):
        before = low[max(0, m.start() - 4) : m.start()]
        which = m["which"] or ""
        if not which and not re.search(r"\bв[о]?\s$", before):
            continue
        weekday = weekday_number(m["day"])
        if weekday is None:
            continue
        day = Day(None, None, None)
        if published:
            ahead = (weekday - published.weekday()) % _WEEK_DAYS
            past = which.startswith(("минувш", "прошедш", "прошл")) or (
                not which and _past_clause(low, m.start(), m.end())
            )
            shift = (ahead - _WEEK_DAYS) if past else ahead
            if which.startswith(("следующ", "будущ")) and published.weekday() + shift < _WEEK_DAYS:
                shift += _WEEK_DAYS
            day = _of(published + timedelta(shift))
        yield Found(m.start(), m.end(), m[0], Precision.DAY, day, weekday=weekday, relative=True)


def _past_clause(low: str, start: int, end: int) -> bool:
    left = max(low.rfind(mark, 0, start) for mark in ".!?\n") + 1
    right = min([i for i in (low.find(mark, end) for mark in ".!?\n") if i >= 0] or [len(low)])
    clause = low[max(left, start - 120) : min(right, end + 160)]
    return tense.lean(clause) < 0


def _periods(low: str, published: date | None) -> Iterator[Found]:
    for m in _WEEKEND.finditer(low):
        first = last = Day(None, None, None)
        if published:
            saturday = published + timedelta((5 - published.weekday()) % _WEEK_DAYS if published.weekday() != 6 else -1)
            saturday += timedelta(_WEEK_DAYS if m["next"] else 0)
            first, last = _of(saturday), _of(saturday + timedelta(1))
        yield Found(m.start(), m.end(), m[0], Precision.PERIOD, first, last, relative=True)
    for m in _WEEK.finditer(low):
        first = last = Day(None, None, None)
        if published:
            monday = published - timedelta(published.weekday())
            which = m["which"] or m["acc"]
            monday += timedelta(
                _WEEK_DAYS * (1 if which.startswith(("следующ", "будущ")) else -1 if which.startswith("прошл") else 0)
            )
            first, last = _of(monday), _of(monday + timedelta(6))
        yield Found(m.start(), m.end(), m[0], Precision.PERIOD, first, last, relative=True)
    for m in _END_OF.finditer(low):
        first = last = Day(None, None, None)
        if published:
            first, last = _of(published), _of(_end_of(published, m["unit"]))
        yield Found(m.start(), m.end(), m[0], Precision.PERIOD, first, last, relative=True)


def _end_of(day: date, unit: str) -> date:
    if unit.endswith("года"):
        return date(day.year, 12, 31)
    if unit.endswith("недели"):
        return day + timedelta(6 - day.weekday())
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def _day_only(low: str, _: date | None) -> Iterator[Found]:
    """«13-го», «до 6 числа»: the month is the last one named before."""
    months = [(m.start(), month_number(m["month"]), _year(m)) for m in re.finditer(rf"\b{_MONTH}{_YEAR}", low)]
    for m in _DAY_ONLY.finditer(low):
        named = [(month, year) for at, month, year in months if at < m.start()]
        if named and not re.match(r"\s*(?:год|созыв|век|район|этаж|дом|№)", low[m.end() : m.end() + 9]):
            month, year = named[-1]
            yield Found(m.start(), m.end(), m[0], Precision.DAY, Day(year, month, int(m["d"] or m["d2"])))


def _months(low: str, _: date | None) -> Iterator[Found]:
    for m in _MONTH_ALONE.finditer(low):
        month, year = month_number(m["month"]), _year(m)
        if month is None or (len(m["month"]) <= 3 and month != 5):
            continue
        if m["month"] in ("мая", "марта") and re.search(r"\d$|\bул\.?\s*$", low[: m.start()].rstrip()[-12:]):
            continue
        yield Found(m.start(), m.end(), m[0], Precision.MONTH, Day(year, month, None))


def _joined(low: str, found: list[Found]) -> list[Found]:
    """Halves of one range («с 28 ноября по 3 декабря», «16.01–05.02.2022») put together; «с» before a date noted."""
    out: list[Found] = []
    for current in found:
        opens = bool(_FROM.search(low[max(0, current.start - 40) : current.start]))
        previous = out[-1] if out else None
        if previous and _is_range(low, previous, current):
            year = previous.first.year or current.first.year
            if previous.first.year is None and year and _after(previous.first, current.first):
                year -= 1
            first = replace(previous.first, year=year)
            last = replace(current.last or current.first, year=current.first.year)
            whole = low[previous.start : current.end]
            out[-1] = replace(
                previous, end=current.end, words=whole, precision=_wider(previous, current), first=first, last=last
            )
            continue
        out.append(replace(current, from_=opens))
    return out


def _wider(previous: Found, current: Found) -> Precision:
    day = previous.first.day is not None and current.first.day is not None
    return Precision.RANGE if day else Precision.MONTH


def _after(first: Day, last: Day) -> bool:
    return (first.month or 0, first.day or 0) > (last.month or 0, last.day or 0)


def _is_range(low: str, previous: Found, current: Found) -> bool:
    same = {Precision.DAY, Precision.MONTH}
    if previous.precision not in same or current.precision not in same or current.start - previous.end > 40:
        return False
    gap = _GAP.fullmatch(low[previous.end : current.start])
    if not gap:
        return False
    return previous.from_ or gap["glue"] not in ("до",)


def _with_weekdays(low: str, found: list[Found]) -> list[Found]:
    """A weekday beside a date («в среду, 1 октября», «7 августа (среда)») belongs to it and is no date of its own."""
    out: list[Found] = []
    for current in found:
        previous = out[-1] if out else None
        if previous and previous.weekday is not None and previous.relative and _beside(low, previous, current):
            out[-1] = replace(
                current, start=previous.start, words=low[previous.start : current.end], weekday=previous.weekday
            )
        elif (
            previous and current.weekday is not None and current.relative and _beside(low, previous, current, back=True)
        ):
            out[-1] = replace(
                previous, end=current.end, words=low[previous.start : current.end], weekday=current.weekday
            )
        else:
            out.append(current)
    named = re.compile(
        r"\s*[,(]?\s*(?:в\s+)?(понедельник|вторник|среда|среду|четверг|пятница|пятницу|суббота|субботу|воскресенье)\b"
    )
    return [
        replace(f, weekday=weekday_number(m[1]))
        if f.weekday is None and (m := named.match(low, f.end, f.end + 20))
        else f
        for f in out
    ]


def _beside(low: str, first: Found, second: Found, *, back: bool = False) -> bool:
    dated = first if back else second
    if dated.precision not in (Precision.DAY, Precision.RANGE) or dated.first.day is None:
        return False
    return bool(re.fullmatch(r"[ ]*[,(]?[ ]*(?:в[ ]+|на[ ]+)?", low[first.end : second.start]))
