"""Whether short notices and reports announce something, whether it lies ahead, and when: all of it together."""

from datetime import date

import pytest

from analysis.events.schedule import Schedule
from analysis.geography.gazetteer import builtin
from analysis.reader import Reader
from domain.readings import Reading
from tests.analysis.test_schedules import cases, written

READER = Reader(builtin())


def told(reading: Reading) -> str:
    """As the table writes it: «no», «past 2024-10-12», «ahead 2024-10-19 11:00»."""
    event = reading.event
    if event is None:
        return "no"
    when = written(Schedule(event.start_date, event.end_date, event.time, event.deadline))
    return f"{'ahead' if reading.upcoming else 'past'} {when}".removesuffix(" -")


def read(published: str, text: str) -> str:
    day = None if published == "-" else date.fromisoformat(published)
    return told(READER.read(text, published=day))


@pytest.mark.parametrize(("name", "least", "share"), [("heldout", 220, 0.95), ("second", 230, 0.87)])
def test_announcements_are_told_from_reports_and_the_rest_at_the_share_reached(
    name: str, least: int, share: float
) -> None:
    rows = cases(f"announcements_{name}.txt")
    wrong = [(row, got) for row in rows if (got := read(row[0], row[2])) != row[1]]
    assert len(rows) >= least
    assert 1 - len(wrong) / len(rows) >= share, wrong


@pytest.mark.parametrize(
    ("published", "expected", "text"), [*cases("turns_of_time.txt"), *cases("turns_left_alone.txt")]
)
def test_turn_of_time_is_read_and_what_resembles_it_left_alone(published: str, expected: str, text: str) -> None:
    assert read(published, text) == expected
