"""When a source is polled next: as often as it changes, later where it fails, never all at the same moment. Pure."""

import random
from datetime import datetime, timedelta

from domain.sources import Source

SLOWEST_FACTOR = 4
"""A source that hardly changes is polled at most so much more rarely than one that does."""
ATTENTION = 24
"""A source quiet for a day is polled every hour: a 24th of its silence."""
LONGEST_PAUSE = timedelta(hours=12)
"""Between polls of a source that fails."""
SOON = timedelta(minutes=2)
"""Where articles are left over from this poll."""
JITTER = 0.1


def next_poll(
    source: Source,
    now: datetime,
    interval: timedelta,
    chance: random.Random,
    *,
    failures: int = 0,
    retry_after: timedelta | None = None,
    more: bool = False,
    changed: bool = False,
) -> datetime:
    """``interval``: the installation's own; ``failures``: polls failed in a row, this one included."""
    base = timedelta(minutes=source.every_minutes) if source.every_minutes else interval
    pause = base if changed else _adapted(source, now, base)
    if failures:
        pause = min(base * 2 ** min(failures - 1, 10), max(LONGEST_PAUSE, base))
    if more:
        pause = min(SOON, base)
    pause *= 1 + chance.uniform(-JITTER, JITTER)
    return now + max(pause, retry_after or timedelta(0))


def _adapted(source: Source, now: datetime, base: timedelta) -> timedelta:
    if source.every_minutes or source.last_change_at is None:
        return base
    return min(max(base, (now - source.last_change_at) / ATTENTION), base * SLOWEST_FACTOR)
