"""Finders of dates that name their day: «23-24 ноября», «01.12.2026», «двадцать пятого декабря», «18-го»."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from analysis.time.datewords import (
    DASH,
    DAY,
    MONTH,
    NOT_INSIDE,
    ORDINALS,
    ROMAN,
    YEAR,
    Day,
    Found,
    Precision,
    month_number,
)

LATEST, HOURS = 2099, 24
_DAYS = re.compile(
    rf"{NOT_INSIDE}(?P<days>{DAY}(?:(?:{DASH}|\s?/\s?|\s+и\s+|\s*,\s*(?:и\s+)?|\s+(?:и\s+)?(?:по|до|на)\s+){DAY}){{0,8}})\s*"
    rf"(?:числа\s+)?{MONTH}{YEAR}"
)
_SPELT = rf"(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
_CASE = r"(?:ого|его|ое|ье|ьего)"
_WORDED = re.compile(rf"\b(?:(?P<from>{_SPELT}){_CASE}\s+(?:и|по|до)\s+)?(?P<ordinal>{_SPELT}){_CASE}\s+{MONTH}{YEAR}")
_NUMERIC = re.compile(
    r"(?=\d)(?<![\d.,:/№])(?<![^\d\s.]-)(?:(?P<from>3[01]|[12]\d|0?[1-9])(?:\s?[-–—]\s?|\s(?:и|по|до|на)\s|,\s?))?(?P<d>3[01]|[12]\d|0?[1-9])"
    r"\s?\.\s?(?P<m>1[0-2]|0?[1-9]|[ivx]{1,4})\s?\.\s?(?P<y>(?:19|20)?\d\d)(?!\d|:\d|\.\d)"
    r"(?:\s*(?:года?\b|г\b\.?))?"
)
_SLASHED = re.compile(
    r"(?=\d)(?<![\d/№-])(?P<d>3[01]|[12]\d|0?[1-9])(?P<sign>[/-])(?P<m>1[0-2]|0?[1-9])(?P=sign)(?P<y>(?:19|20)\d\d)(?!\d)"
)
_SHORT = re.compile(
    r"(?=\d)(?<![\d.,:/№-])(?:(?P<from>3[01]|[12]\d|0?[1-9])(?:\s?[-–—]\s?|\s(?:и|по|до|на)\s))?"
    r"(?P<d>3[01]|[12]\d|0?[1-9])\.(?P<m>1[0-2]|0[1-9])(?!\d|:\d|[.,]\d|\s?(?:руб|млн|тыс|%|час|ч\b|км|га\b|м\b))"
)
_LEADS_TIME = re.compile(r"\b(?:в|с|до|к|около|п|пп|ст|пункт\w*|час\w*)\.?\s*$")
_NUMBERED = re.compile(r"\b(?:п|пп|ст|пункт\w*|час\w*)\.?\s*$")
_OPENS_RANGE = re.compile(r"\.?\s*(?:по|до|[-–—])\s*\d\d?\.\d\d\.\d{2,4}")
_STREET = re.compile(r"\b(?:ул|пл|пер|имени|им|пр)\.?\s*$")
_STREET_SPELT = re.compile(r"\b(?:улиц\w{1,2}|площад\w{1,2}|переул\w+|проспект\w?|парк\w?)\s+$")
_MOVED = re.compile(r"\b(?:перенес|перенос|сдвин|передвин|сдвиг|отклад|отлож|смест|смещ)\w*[^\d.\n]{0,15}\bс\s+\Z")
"""«Перенесён с 16 на 23 марта» names one day."""
_STREETS = frozenset(((9, 1), (23, 2), (8, 3), (1, 5), (9, 5), (1, 8), (25, 10), (7, 11), (5, 12)))
"""Days after which streets are named."""
_ISO = re.compile(r"(?=[12])(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>1[0-2]|0[1-9])-(?P<d>3[01]|[12]\d|0[1-9])(?!\d)")
_DAY_ONLY = re.compile(
    rf"{NOT_INSIDE}(?:(?P<from>3[01]|[12]\d|[1-9])(?:-(?:го|е|ое))?\s(?:и|по|до)\s)?"
    r"(?P<d>3[01]|[12]\d|[1-9])(?:-?(?:го|ого)(?![а-я])(?:\s+числа)?|-(?:е|ое)(?=\s*(?:[,.;)\n]|включ|\Z)))"
    r"|(?=\d)(?<![\d.,:])(?:(?P<from2>3[01]|[12]\d|[1-9])\s(?:по|до)\s)?(?P<d2>3[01]|[12]\d|[1-9])(?:,\s\d\d?){0,8}(?:,?\sи\s\d\d?)?\s+числ[ао](?![а-я])"
)
_ANY_MONTH = re.compile(rf"\b{MONTH}{YEAR}")
_MONTH_ALONE = re.compile(rf"\b(?:(?P<part>начал[оеау]|середин[ыеау]|кон(?:ец|ца|це|цу))\s+)?{MONTH}{YEAR}(?!\s*-?\d)")


def iso(low: str, _: date | None) -> Iterator[Found]:
    for pattern in (_ISO, _SLASHED):
        for m in pattern.finditer(low):
            yield Found(m.start(), m.end(), m[0], Precision.DAY, Day(int(m["y"]), int(m["m"]), int(m["d"])))


def numeric(low: str, _: date | None) -> Iterator[Found]:
    for m in _NUMERIC.finditer(low):
        month = ROMAN.get(m["m"]) or (int(m["m"]) if m["m"].isdigit() else None)
        year = int(m["y"]) if len(m["y"]) == 4 else 2000 + int(m["y"])
        if not month or year > LATEST:
            continue
        last = Day(year, month, int(m["d"]))
        if m["from"] and int(m["from"]) < int(m["d"]) and not _is_moved(low, m):
            yield Found(m.start(), m.end(), m[0], Precision.RANGE, Day(year, month, int(m["from"])), last)
        else:
            yield Found(m.start("d"), m.end(), low[m.start("d") : m.end()], Precision.DAY, last)


def short(low: str, _: date | None) -> Iterator[Found]:
    for m in _SHORT.finditer(low):
        opens = _OPENS_RANGE.match(low, m.end())
        if not opens and (len(m["d"]) == 1 or _is_clock(low, m)):
            continue
        month = int(m["m"])
        last = Day(None, month, int(m["d"]))
        if m["from"] and int(m["from"]) < int(m["d"]) and not _is_moved(low, m):
            first = Day(None, month, int(m["from"]))
            yield Found(m.start(), m.end(), m[0], Precision.RANGE, first, last)
        else:
            yield Found(m.start("d"), m.end(), low[m.start("d") : m.end()], Precision.DAY, last)


def _is_clock(low: str, m: re.Match[str]) -> bool:
    """«В 15.10» is an hour rather than a day, «в 15.03» and «до 15.10» a day rather than an hour."""
    if int(m["d"]) >= HOURS or not _LEADS_TIME.search(low, max(0, m.start() - 12), m.start()):
        return False
    into = re.search(r"\b[вк]\s*$", low[max(0, m.start() - 3) : m.start()])
    return bool(into and int(m["m"]) % 5 == 0) or bool(_NUMBERED.search(low, max(0, m.start() - 12), m.start()))


def _is_moved(low: str, m: re.Match[str]) -> bool:
    return bool(_MOVED.search(low, max(0, m.start() - 30), m.start()))


def _year(m: re.Match[str]) -> int | None:
    return int(m["year"]) if m["year"] else None


def day_lists(low: str, _: date | None) -> Iterator[Found]:
    for m in _DAYS.finditer(low):
        month, year = month_number(m["month"]), _year(m)
        days = [int(number) for number in re.findall(r"\d+", m["days"])]
        if _is_street(low, m.start(), days, month):
            continue
        first, last = Day(year, month, days[0]), Day(year, month, days[-1])
        if len(days) == 1:
            yield Found(m.start(), m.end(), m[0], Precision.DAY, first)
        elif days[-1] <= days[0] or _is_moved(low, m):
            start = m.start() + [n.start() for n in re.finditer(r"\d+", m["days"])][-1]
            yield Found(start, m.end(), low[start : m.end()], Precision.DAY, last)
        else:
            ranged = re.search(r"[-–—−/]|\bпо\b|\bдо\b|\bна\b", re.sub(r"-(?:го|ого|е|ое|му)", "", m["days"]))
            consecutive = days == list(range(days[0], days[-1] + 1))
            precision = Precision.RANGE if consecutive or (ranged and len(days) == 2) else Precision.SERIES
            yield Found(m.start(), m.end(), m[0], precision, first, last)


def _is_street(low: str, start: int, days: list[int], month: int | None) -> bool:
    """«ул. 30 лет Победы» needs no list; «на площади 19 октября» is a day, «на площади 1 Мая» a place."""
    if _STREET.search(low, max(0, start - 12), start):
        return True
    named = len(days) == 1 and (days[0], month) in _STREETS
    return named and bool(_STREET_SPELT.search(low, max(0, start - 12), start))


def worded(low: str, _: date | None) -> Iterator[Found]:
    for m in _WORDED.finditer(low):
        year, month = _year(m), month_number(m["month"])
        last = Day(year, month, ORDINALS.index(m["ordinal"]) + 1)
        if m["from"]:
            first = Day(year, month, ORDINALS.index(m["from"]) + 1)
            yield Found(m.start(), m.end(), m[0], Precision.RANGE, first, last)
        else:
            yield Found(m.start(), m.end(), m[0], Precision.DAY, last)


def day_only(low: str, published: date | None) -> Iterator[Found]:
    """«13-го», «до 6 числа»: the month is the last one named before, else that of publication."""
    found = list(_DAY_ONLY.finditer(low))
    months = _months_named(low) if found else []
    for m in found:
        named = bisect_left(months, (m.start(),))
        if re.match(r"\s*(?:год|созыв|век|район|этаж|дом|№)", low[m.end() : m.end() + 9]):
            continue
        month, year = (
            months[named - 1][1:] if named else (published.month, published.year) if published else (None, None)
        )
        if month and (named or m["d2"] or "числ" in m[0]):
            last = Day(year, month, int(m["d"] or m["d2"]))
            first = int(m["from"] or m["from2"] or last.day or 0)
            if first < (last.day or 0):
                yield Found(m.start(), m.end(), m[0], Precision.RANGE, Day(year, month, first), last)
            else:
                yield Found(m.start(), m.end(), m[0], Precision.DAY, last)


def _months_named(low: str) -> list[tuple[int, int | None, int | None]]:
    """Where a month is named, in letters or within a date in numbers, and the year said with it."""
    spelt = [(m.start(), month_number(m["month"]), _year(m)) for m in _ANY_MONTH.finditer(low)]
    numbered = [(f.start, f.first.month, f.first.year) for f in numeric(low, None)]
    return sorted(spelt + numbered, key=lambda named: named[0])


def months(low: str, _: date | None) -> Iterator[Found]:
    for m in _MONTH_ALONE.finditer(low):
        month, year = month_number(m["month"]), _year(m)
        if month is None or (len(m["month"]) <= 3 and month != 5):
            continue
        if m["month"] in ("мая", "марта") and re.search(r"\d\s*$|\bул\.?\s*$", low[max(0, m.start() - 12) : m.start()]):
            continue
        yield Found(m.start(), m.end(), m[0], Precision.MONTH, Day(year, month, None))
