"""Facets as tokens of the index: territory, topic, kind, and days, months and years of publication, event, deadline.

A range of days is covered by few tokens: whole years and months by one each, the days that remain one by one. Tokens
begin with two Latin letters that no Russian lemma begins with.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from domain.queries import Kind, Window
from domain.readings import EventKind
from domain.topics import Topic

LONGEST_BY_DAYS = 45
"""Days; what lasts longer is in the index by its months alone."""
_FAR_BACK, _FAR_AHEAD = 30, 5
"""Years that an open end of a window reaches."""


class Dates(StrEnum):
    PUBLISHED = "qp"
    EVENT = "qe"
    DEADLINE = "qd"


def territory(code: str) -> str:
    return f"qg{code}"


def of_all(code: str) -> str:
    """Concerns a territory as a whole, not just something inside it."""
    return f"qo{code}"


def topic(value: Topic) -> str:
    return f"qt{value.replace('_', '')}"


def topic_there(value: Topic, code: str) -> str:
    """A topic in a territory: asked for together so often that two long posting lists would be walked for each."""
    return f"qx{code}{value.replace('_', '')}"


def kind(value: Kind | EventKind) -> str:
    return f"qk{value.replace('_', '')}"


HAPPENS = "qkhappens"
"""There is an event of it, whatever its kind."""
AHEAD = "qkdeadline"
"""What can be applied for: it has a deadline."""


BLOCK = "qb"
"""Before the number of a block of documents."""


def in_title(lemma: str) -> str:
    """A lemma of the headline: a token of its own, as few as there are, where the lemma itself is in many texts."""
    return f"qw{lemma}"


def of_day(dates: Dates, day: date) -> list[str]:
    return [f"{dates}{day:%Y}", f"{dates}{day:%Y%m}", f"{dates}{day:%Y%m%d}"]


def of_span(dates: Dates, first: date, last: date) -> Iterable[str]:
    """Tokens of something that lasts: of each day, or of its months where it lasts long."""
    last = min(max(first, last), first + timedelta(days=3660))
    if (last - first).days <= LONGEST_BY_DAYS:
        return dict.fromkeys(token for day in _days(first, last) for token in of_day(dates, day))
    months = dict.fromkeys((day.year, day.month) for day in _days(first, last))
    found = dict.fromkeys(f"{dates}{year}" for year, _ in months)
    found |= dict.fromkeys(f"{dates}{year}{month:02}" for year, month in months)
    return found | dict.fromkeys(_long(dates, year, month) for year, month in months)


@lru_cache(1_000)
def covering(dates: Dates, window: Window, today: date) -> tuple[str, ...]:
    """Tokens of which every date within the window has at least one, and no date outside of it.

    What lasts long is found too where only its month is touched; whoever reads the candidates looks at its days.
    """
    first = window.start or today.replace(year=today.year - _FAR_BACK, day=1)
    last = window.end or today.replace(year=today.year + _FAR_AHEAD, day=1)
    found, long, day = [], dict[str, None](), first
    while day <= last:
        length, token = _largest(dates, day, last)
        found.append(token)
        if length < monthrange(day.year, day.month)[1]:
            long[_long(dates, day.year, day.month)] = None
        day += timedelta(days=length)
    return (*found, *(long if dates is Dates.EVENT else ()))


def _largest(dates: Dates, day: date, last: date) -> tuple[int, str]:
    """The year, month or day that begins here and ends within: its days, its token."""
    if (day.month, day.day) == (1, 1) and last >= date(day.year, 12, 31):
        return (date(day.year, 12, 31) - day).days + 1, f"{dates}{day:%Y}"
    in_month = monthrange(day.year, day.month)[1]
    if day.day == 1 and last >= day.replace(day=in_month):
        return in_month, f"{dates}{day:%Y%m}"
    return 1, f"{dates}{day:%Y%m%d}"


def _long(dates: Dates, year: int, month: int) -> str:
    return f"{dates}l{year}{month:02}"


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
