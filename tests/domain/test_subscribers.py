"""Quiet hours and pauses, by the subscriber's own clock."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from domain.subscribers import UNTIL_RESUMED, ChatKind, QuietHours, Subscriber

NOW = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
ANNA = Subscriber(1, 1001, 0, ChatKind.PRIVATE, "ru", "Asia/Krasnoyarsk", None, None, 19, None, None)


@pytest.mark.parametrize(
    ("start", "end", "at", "quiet"),
    [
        (22, 8, time(23), True),
        (22, 8, time(22), True),
        (22, 8, time(7, 59), True),
        (22, 8, time(8), False),
        (22, 8, time(12), False),
        (13, 15, time(14), True),
        (13, 15, time(15), False),
        (0, 7, time(0), True),
        (0, 7, time(23, 59), False),
    ],
)
def test_quiet_hours_hold_from_start_to_end_also_over_midnight(start: int, end: int, at: time, quiet: bool) -> None:
    assert QuietHours(time(start), time(end)).covers(at) is quiet


def test_quiet_is_by_the_clock_where_the_subscriber_lives() -> None:
    quiet = QuietHours(time(22), time(8))
    assert replace(ANNA, quiet=quiet).is_quiet(NOW)
    assert not replace(ANNA, quiet=quiet, time_zone="Europe/Moscow").is_quiet(NOW)
    assert not ANNA.is_quiet(NOW)


def test_pause_ends_by_itself_or_when_resumed() -> None:
    assert not ANNA.is_paused(NOW)
    week = replace(ANNA, paused_until=NOW + timedelta(days=7))
    assert week.is_paused(NOW)
    assert not week.is_paused(NOW + timedelta(days=7))
    assert replace(ANNA, paused_until=UNTIL_RESUMED).is_paused(NOW + timedelta(days=36_500))
