"""Moments and days as people type them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.time.moments import read_day, read_moment

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
"""A Wednesday, 16:00 in Хакасия."""
ZONE = "Asia/Krasnoyarsk"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("завтра в 10", "2026-11-19 10:00"),
        ("20 декабря 18:30", "2026-12-20 18:30"),
        ("20 декабря в 18.30", "2026-12-20 18:30"),
        ("через 2 часа", "2026-11-18 18:00"),
        ("через полчаса", "2026-11-18 16:30"),
        ("через 40 минут", "2026-11-18 16:40"),
        ("15.12.2026 14:00", "2026-12-15 14:00"),
        ("15.12 в 14", "2026-12-15 14:00"),
        ("2026-12-15 10:00", "2026-12-15 10:00"),
        ("25.12.2026 14-00", "2026-12-25 14:00"),
        ("сегодня 18.30", "2026-11-18 18:30"),
        ("в субботу в 12", "2026-11-21 12:00"),
        ("пятница 17-00", "2026-11-20 17:00"),
        ("в среду в 9", "2026-11-18 09:00"),
        ("послезавтра 7 вечера", "2026-11-20 19:00"),
        ("через неделю в 15:00", "2026-11-25 15:00"),
        ("завтра", "2026-11-19 10:00"),
        ("21:00", "2026-11-18 21:00"),
        ("в 9 утра", "2026-11-19 09:00"),
        ("1 января", "2027-01-01 10:00"),
        ("сейчас", "2026-11-18 16:00"),
    ],
)
def test_typed_moment_is_read_in_the_local_zone(text: str, expected: str) -> None:
    moment = read_moment(text, NOW, ZONE)
    assert moment is not None
    assert f"{moment:%Y-%m-%d %H:%M}" == expected
    assert moment.utcoffset() is not None


@pytest.mark.parametrize("text", ["", "когда-нибудь", "скоро", "32 декабря", "абв", "ул. Ленина, 5"])
def test_what_is_no_moment_is_not_guessed(text: str) -> None:
    assert read_moment(text, NOW, ZONE) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("завтра", date(2026, 11, 19)),
        ("15 декабря", date(2026, 12, 15)),
        ("1 марта", date(2027, 3, 1)),
        ("суббота", date(2026, 11, 21)),
        ("в субботу", date(2026, 11, 21)),
        ("2026-12-15", date(2026, 12, 15)),
        ("15.12.26", date(2026, 12, 15)),
        ("29 февраля", date(2028, 2, 29)),
        ("ерунда", None),
    ],
)
def test_typed_day_is_the_next_such_day(text: str, expected: date | None) -> None:
    assert read_day(text, date(2026, 11, 18)) == expected


WORDS = [
    "завтра",
    "через",
    "в",
    "на",
    "до",
    "с",
    "5",
    "12",
    "31",
    "мая",
    "декабря",
    "субботу",
    "часов",
    "10:00",
    "18.30",
    ".",
    ",",
    "2026",
    "999",
    "недель",
    "месяца",
    "выходных",
    "года",
]


@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_any_row_of_such_words_is_borne(text: str) -> None:
    moment = read_moment(text, NOW, ZONE)
    assert moment is None or moment.tzinfo is not None
    day = read_day(text, date(2026, 11, 18))
    assert day is None or isinstance(day, date)
