"""What changes nothing for a reader changes no schedule: lines of publication, feet of pages, spellings of hours."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.accuracy import load
from tests.analysis.test_schedules import planned, written

DATA = Path(__file__).parent / "data"
MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905
BYLINES = (
    "{d:02}.{m:02}.{y} 12:21", "12:21 / {d} {month} {y}", "{d} {month} {y} в 09:37 | Просмотров: 154",
    "Опубликовано: {d:02}.{m:02}.{y} - 16:48", "{d} {month}, 17:03, Администрация района",
    "Автор: Иванова Т.П., {d:02}.{m:02}.{y}", "{month} {d}, {y} 14:05", "{d:02}.{m:02}.{y}\n12:21", "Сегодня, 08:19",
    "{y}-{m:02}-{d:02} 08:19:33", "{d} {month} {y}, вторник, 10:00", "{d:02}/{m:02}/{y} 8:19",
)  # fmt: skip
FOOT = "\nФото: пресс-служба\nТелефон редакции 2-15-30, пн–пт с 9:00 до 18:00\n© 2025"
HOUR = re.compile(r"(?<=[вс] )([01]?\d|2[0-3])[:.]([0-5][05])(?![\d.])")


@cache
def rows() -> tuple[tuple[str, date, str], ...]:
    """Text, day of publication and schedule of every labelled text whose day is known and that tells of an event."""
    found = []
    for path in sorted(DATA.glob("*.jsonl")):
        for row in load(path) if "queries" not in path.name else ():
            if row["published"] and row["event"]:
                published = date.fromisoformat(row["published"])
                found.append((row["text"], published, written(planned(row["text"], published))))
    return tuple(found)


def changed(reworded: Iterator[tuple[str, date, str]]) -> list[Any]:
    return [
        (text, before, after)
        for text, published, before in reworded
        if (after := written(planned(text, published))) != before
    ]


@pytest.mark.parametrize("form", BYLINES)
def test_a_line_of_publication_changes_no_schedule(form: str) -> None:
    def reworded() -> Iterator[tuple[str, date, str]]:
        for text, day, before in rows():
            title, _, body = text.partition("\n")
            line = form.format(d=day.day, m=day.month, y=day.year, month=MONTHS[day.month - 1])
            yield f"{title}\n{line}\n{body}", day, before

    assert not changed(reworded())


def test_the_foot_of_a_page_changes_no_schedule() -> None:
    assert not changed((text + FOOT, day, before) for text, day, before in rows())


@pytest.mark.parametrize("form", [r"\1-\2", r"\1.\2", r"\1:\2", r"\1 ч \2 мин"])
def test_hours_may_be_written_otherwise(form: str) -> None:
    assert not changed((HOUR.sub(form, text), day, before) for text, day, before in rows())


DAY = rf"(\d{{1,2}}) ({'|'.join(MONTHS)})"


def _in_numbers(day: re.Match[str]) -> str:
    return f"{int(day[1]):02}.{MONTHS.index(day[2]) + 1:02}.{day[3]}"


@pytest.mark.parametrize(
    ("pattern", "form"),
    [
        (rf"\b{DAY} (\d{{4}}) года", _in_numbers),
        (rf"\b{DAY} (\d{{4}}) года", r"\1 \2 \3г."),
        (rf"\b{DAY} (\d{{4}})", r"«\1» \2 \3"),
        (rf"(?<![\d.-])(?=\d ){DAY}", r"0\1 \2"),
        (rf"\bс (\d{{1,2}}) по {DAY}", r"с \1 \3 по \2 \3"),
        (rf"\bдо {DAY}(?! \d{{4}}| включ|\d)", r"до \1 \2 (включительно)"),
    ],
)
def test_days_may_be_written_otherwise(pattern: str, form: Any) -> None:
    assert not changed((re.sub(pattern, form, text), day, before) for text, day, before in rows())
