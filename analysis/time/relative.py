"""Finders of dates counted from the day of publication: «завтра», «в субботу», «на выходных», «через неделю»."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from analysis.text import tense
from analysis.time.datewords import COUNTS, MONTH, YEAR, Day, Found, Precision, month_number, weekday_number

_RELATIVE = re.compile(
    r"(?=[знпсв])(?<!\bнаше )(?<!\bваше )(?<!\bсвое )(?<!\bв )(?<!\bкаким будет )"
    r"\b(?P<word>послезавтра|завтра|сегодня|позавчера|вчера"
    r"|накануне(?= (?:[а-я]+л(?:[аои]|ся|[аои]сь)?|в|на|вечером)\b|[.,]))(?![а-я])"
)
"""Not «наше завтра», «уверенность в завтра», «каким будет завтра»."""
_NAME, _WORD = re.compile(r"[«\"][^«»\"\n]{3,70}[»\"]"), re.compile(r"[а-я]{3,}")
"""«Область сегодня и завтра»: words in quotation marks without a verb are a name."""
_FROM_NOW = re.compile(r"\bс\s+(?P<word>сегодняшн|завтрашн)его\s+дня\b")
_THROUGH = re.compile(
    r"\bчерез\s+(?:(?P<n>\d{1,3}|"
    + "|".join(COUNTS)
    + r")\s+)?(?P<unit>дн(?:я|ей)|день|сут\w+|недел[юиь]\w?|месяц\w{0,2})(?![а-я])"
)
_AGO = re.compile(
    r"\b(?:(?P<n>\d{1,2}|"
    + "|".join(COUNTS)
    + r")\s+)?(?P<unit>дн(?:я|ей)|день|недел[юиь]\w?|месяц\w{0,2})\s+назад(?![а-я])"
)
_WEEKDAY = re.compile(
    r"\b(?:(?P<which>эт(?:от|у|о)|ближайш(?:ий|ую|ее)|следующ(?:ий|ую|ее)|будущ(?:ий|ую|ее)|наступающ(?:ий|ую|ее)|предстоящ(?:ий|ую|ее)|"
    r"минувш(?:ий|ую|ее)|прошедш(?:ий|ую|ее)|прошл(?:ый|ую|ое)|нынешн(?:ий|юю|ее))\s+)?"
    r"(?P<day>понедельник|вторник|сред[уы]|четверг|пятниц[уы]|суббот[уы]|воскресень[ея])(?P<case>а?)\b"
)
_NTH = re.compile(
    r"\b(?P<nth>перв|втор|трет|четверт|последн)[а-я]{1,3}\s+"
    rf"(?P<day>понедельник|вторник|сред|четверг|пятниц|суббот|воскресень)[а-я]{{0,2}}\s+{MONTH}{YEAR}"
)
"""«Третья суббота октября» in any case."""
_LAST_DAY = re.compile(rf"\bпоследн\w{{2,3}}\s+д(?:ень|ня|ню|нем)\s+{MONTH}{YEAR}")
"""«Последний день ноября»."""
_CLOCK_FOLLOWS = re.compile(r",?\s(?:в\s)?\d{1,2}[:.-]\d\d(?!\.\d)")
_WEEKEND = re.compile(
    r"\b(?:(?P<which>следующи|будущи|эти?|ближайши|предстоящи|наступающи|минувши|прошедши|прошлы)[ехи]\s+)?"
    r"(?<!два )(?<!три )(?<!дня )(?<!\d )выходны[хе]\b"
)
_WEEK = re.compile(
    r"\b(?P<which>эт|нынешн|текущ|ближайш|предстоящ|следующ|будущ|прошл|прошедш|минувш)(?:ой|ей)\s+недел[еи]\b"
    r"|\b(?P<acc>эт|следующ|будущ|прошл|прошедш|минувш)ую\s+неделю\b"
)
_PAST, _NEXT = ("минувш", "прошедш", "прошл"), ("следующ", "будущ")
_END_OF = re.compile(r"\bкон(?:ца|цу|це)\s+(?P<unit>(?:этого\s+|текущего\s+)?(?:месяца|года|недели))\b")
_END_OF_MONTH = re.compile(rf"(?<=до )конца\s+{MONTH}(?!\s*\d)")
_WEEK_DAYS, _HALF_YEAR, _NEXT_SENTENCE = 7, 6, 160


def _of(day: date) -> Day:
    return Day(day.year, day.month, day.day)


def words(low: str, published: date | None) -> Iterator[Found]:
    shifts = {"послезавтра": 2, "завтра": 1, "сегодня": 0, "вчера": -1, "накануне": -1, "позавчера": -2}
    named = [m.span() for m in _NAME.finditer(low) if not any(tense.tense(word) for word in _WORD.findall(m[0]))]
    for m in _RELATIVE.finditer(low):
        if any(start < m.start() < end for start, end in named):
            continue
        day = _of(published + timedelta(shifts[m["word"]])) if published else Day(None, None, None)
        yield Found(m.start(), m.end(), m[0], Precision.DAY, day, relative=True)
    for m in _FROM_NOW.finditer(low):
        day = _of(published + timedelta(m["word"] == "завтрашн")) if published else Day(None, None, None)
        yield Found(m.start("word"), m.end(), low[m.start("word") : m.end()], Precision.DAY, day, relative=True)
    for m in _THROUGH.finditer(low):
        number = m["n"] or "1"
        count = int(number) if number.isdigit() else COUNTS[number]
        day = _of(_later(published, count, m["unit"])) if published else Day(None, None, None)
        yield Found(m.start(), m.end(), m[0], Precision.DAY, day, relative=True)
    for m in _AGO.finditer(low):
        number = m["n"] or "1"
        count = int(number) if number.isdigit() else COUNTS[number]
        day = _of(_later(published, -count, m["unit"])) if published else Day(None, None, None)
        yield Found(m.start(), m.end(), m[0], Precision.DAY, day, relative=True)


def _later(day: date, count: int, unit: str) -> date:
    if unit.startswith("недел"):
        return day + timedelta(_WEEK_DAYS * count)
    if not unit.startswith("месяц"):
        return day + timedelta(count)
    index = day.month - 1 + count
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def weekdays(low: str, published: date | None) -> Iterator[Found]:
    """«в субботу», «в минувшую пятницу»: the nearest such day, forward unless the word or the tense says past."""
    for m in _WEEKDAY.finditer(low):
        before = low[max(0, m.start() - 9) : m.start()]
        which = m["which"] or ""
        if not which and not re.search(r"\bв[о]?\s$|ночь на\s$", before) and not _heads_line(low, m):
            continue
        weekday = weekday_number(m["day"])
        if weekday is None:
            continue
        day = Day(None, None, None)
        if published:
            ahead = (weekday - published.weekday()) % _WEEK_DAYS
            past = which.startswith(_PAST) or (not which and _past_clause(low, m.start(), m.end()))
            shift = (ahead - _WEEK_DAYS) if past else ahead
            if which.startswith(_NEXT) and published.weekday() + shift < _WEEK_DAYS:
                shift += _WEEK_DAYS
            day = _of(published + timedelta(shift))
        yield Found(m.start(), m.end(), m[0], Precision.DAY, day, weekday=weekday, relative=True)


def _heads_line(low: str, m: re.Match[str]) -> bool:
    """«Четверг, 18.00: показываем …»."""
    opens = not low[low.rfind("\n", 0, m.start()) + 1 : m.start()].strip(" -•–—*📅🗓")
    return opens and bool(_CLOCK_FOLLOWS.match(low, m.end()))


def _past_clause(low: str, start: int, end: int) -> bool:
    """Whether its clause looks back; a headline without verbs speaks of what the first sentence tells."""
    left = max(low.rfind(mark, 0, start) for mark in ".!?\n") + 1
    right = min([i for i in (low.find(mark, end) for mark in ".!?\n") if i >= 0] or [len(low)])
    told = tense.lean(low[max(left, start - 120) : min(right, end + 160)])
    if told == 0 and left == 0:
        told = tense.lean(low[right : right + _NEXT_SENTENCE])
    return told < 0


def periods(low: str, published: date | None) -> Iterator[Found]:
    for m in _WEEKEND.finditer(low):
        first = last = Day(None, None, None)
        if published:
            saturday = _saturday(published, m["which"] or "", low, m)
            first, last = _of(saturday), _of(saturday + timedelta(1))
        yield Found(m.start(), m.end(), m[0], Precision.PERIOD, first, last, relative=True)
    for m in _WEEK.finditer(low):
        first = last = Day(None, None, None)
        if published:
            monday = published - timedelta(published.weekday())
            which = m["which"] or m["acc"]
            monday += timedelta(_WEEK_DAYS * (which.startswith(_NEXT) - which.startswith(_PAST)))
            first, last = _of(monday), _of(monday + timedelta(6))
        yield Found(m.start(), m.end(), m[0], Precision.PERIOD, first, last, relative=True)
    for m in _END_OF.finditer(low):
        first = last = Day(None, None, None)
        if published:
            first, last = _of(published), _of(_end_of(published, m["unit"]))
        yield Found(m.start(), m.end(), m[0], Precision.PERIOD, first, last, relative=True)
    for m in _END_OF_MONTH.finditer(low) if published else ():
        month = month_number(m["month"])
        year = _nearest_year(month, published) if month else None
        if published and month and year:
            ends = _end_of(date(year, month, 1), "месяца")
            yield Found(m.start(), m.end(), m[0], Precision.PERIOD, _of(min(published, ends)), _of(ends), relative=True)


def _saturday(published: date, which: str, low: str, m: re.Match[str]) -> date:
    """The Saturday of this weekend or the next, of the last one where the words or the tense look back."""
    weekday = published.weekday()
    saturday = published + timedelta(-1 if weekday == _WEEK_DAYS - 1 else 5 - weekday)
    if which.startswith(_NEXT):
        return saturday + timedelta(_WEEK_DAYS)
    looks_back = which.startswith(_PAST) or (which[:2] in ("", "эт") and _past_clause(low, m.start(), m.end()))
    return saturday - timedelta(_WEEK_DAYS) if looks_back and saturday > published else saturday


def _end_of(day: date, unit: str) -> date:
    if unit.endswith("года"):
        return date(day.year, 12, 31)
    if unit.endswith("недели"):
        return day + timedelta(6 - day.weekday())
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def nth(low: str, published: date | None) -> Iterator[Found]:
    for m in _NTH.finditer(low):
        month, weekday = month_number(m["month"]), weekday_number(m["day"])
        if month is None or weekday is None:
            continue
        year = int(m["year"]) if m["year"] else _nearest_year(month, published)
        if year is None:
            yield Found(m.start(), m.end(), m[0], Precision.DAY, Day(None, None, None), weekday=weekday, relative=True)
            continue
        days = [w[weekday] for w in calendar.monthcalendar(year, month) if w[weekday]]
        nth = {"перв": 0, "втор": 1, "трет": 2, "четверт": 3, "последн": -1}[m["nth"]]
        yield Found(m.start(), m.end(), m[0], Precision.DAY, Day(year, month, days[nth]))
    for m in _LAST_DAY.finditer(low):
        month = month_number(m["month"])
        year = int(m["year"]) if m["year"] else _nearest_year(month, published) if month else None
        if month and year:
            last = _of(_end_of(date(year, month, 1), "месяца"))
            yield Found(m.start(), m.end(), m[0], Precision.DAY, last)


def _nearest_year(month: int, published: date | None) -> int | None:
    if published is None:
        return None
    months = month - published.month
    return published.year + (months < -_HALF_YEAR) - (months > _HALF_YEAR)
