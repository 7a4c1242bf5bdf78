"""The sample texts are told as if the demo began on any day."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.content import SHELVES, entries

MONDAY = datetime(2026, 11, 16, 7, tzinfo=UTC)
WEEK = [MONDAY + timedelta(days=days) for days in range(7)]


@pytest.mark.parametrize("now", WEEK, ids=lambda now: f"{now:%A}")
@pytest.mark.parametrize("name", [name for name, _, _ in SHELVES])
def test_every_text_came_out_before_the_demo_began(name: str, now: datetime) -> None:
    told = list(entries(name, now))
    assert told
    assert all(one.published_at is None or one.published_at < now for one in told)
