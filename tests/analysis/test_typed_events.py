"""One line in which somebody tells of their own event."""

from datetime import date, time

import pytest

from analysis.geography.gazetteer import builtin
from analysis.reader import Reader
from analysis.typed_events import read_typed_event

TODAY = date(2026, 11, 23)
SAYANOGORSK = "95708000"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(builtin())


@pytest.mark.parametrize(
    ("line", "day", "clock", "venue", "deadline"),
    [
        ("Собрание ТОС 20 декабря в 18:30, школа 5", date(2026, 12, 20), time(18, 30), "школа 5", None),
        (
            "16 декабря в 15:00, ДК «Энергетик», заявки до 10 декабря",
            date(2026, 12, 16),
            time(15),
            "ДК «Энергетик»",
            date(2026, 12, 10),
        ),
        (
            "Встреча с главой завтра в 18 часов, актовый зал школы № 5, приходите с соседями",
            date(2026, 11, 24),
            time(18),
            "актовый зал школы № 5",
            None,
        ),
        ("Субботник завтра в 10, школа 5", date(2026, 11, 24), time(10), "школа 5", None),
        ("20 декабря в 18", date(2026, 12, 20), time(18), None, None),
        ("Встреча завтра в 5 классе", date(2026, 11, 24), None, None, None),
        ("Акция «10 000 шагов к жизни»\nПрисоединяйтесь 20 декабря!", date(2026, 12, 20), None, None, None),
    ],
)
def test_line_is_read_in_full(
    reader: Reader, line: str, day: date, clock: time | None, venue: str | None, deadline: date | None
) -> None:
    told = read_typed_event(reader, line, TODAY, SAYANOGORSK)
    assert told
    assert (told.start_date, told.time, told.venue, told.deadline) == (day, clock, venue, deadline)


def test_bare_words_are_a_venue_only_where_it_was_asked_for(reader: Reader) -> None:
    assert read_typed_event(reader, "школа 5", TODAY, SAYANOGORSK) is None
    told = read_typed_event(reader, "школа 5", TODAY, SAYANOGORSK, is_answer=True)
    assert told
    assert told.venue == "школа 5"
