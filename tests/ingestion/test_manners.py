"""How we behave towards the sites we read: rules, pauses, intervals."""

import asyncio
import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.sources import Source, SourceKind, SourceState, Trust
from ingestion.fetching import pacing, robots
from ingestion.fetching.client import Client, retry_after
from ingestion.fetching.pacing import Pacing
from ingestion.intervals import next_poll
from tests.ingestion.given import NOW
from tests.ingestion.site import Site

RULES = b"""
User-agent: *
Disallow: /admin
Allow: /admin/news
Disallow: /*.pdf$
Disallow: /search*q=

User-agent: Glashatai
User-agent: OtherBot
Crawl-delay: 2.5
Disallow: /private/
"""
SOURCE = Source(1, SourceKind.FEED, "https://x.example", "", None, Trust.AUTO, SourceState.ACTIVE, None)
QUARTER = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/admin", False),
        ("/admin/x", False),
        ("/admin/news/1", True),
        ("/plan.pdf", False),
        ("/plan.pdf?download", True),
        ("/search?x=1&q=воды", False),
        ("/%61dmin", False),
    ],
)
def test_longest_rule_decides(path: str, allowed: bool) -> None:
    assert robots.parse(RULES, "Somebody").allow(f"https://x.example{path}") is allowed


def test_rules_for_our_name_go_before_those_for_everybody() -> None:
    rules = robots.parse(RULES, "Glashatai")
    assert rules.allow("https://x.example/admin")
    assert not rules.allow("https://x.example/private/1")
    assert rules.delay == 2.5


async def test_rules_are_fetched_once_for_a_site(site: Site) -> None:
    site.put("/a", "1")
    site.put("/b", "2")
    async with Client(allow_private=True) as client:
        await asyncio.gather(client.get(f"{site.url}/a"), client.get(f"{site.url}/b"))
    assert site.times("/robots.txt") == 1


@pytest.mark.parametrize(
    ("value", "pause"),
    [
        ("120", timedelta(seconds=120)),
        ("Sat, 21 Nov 2026 07:10:00 GMT", timedelta(minutes=10)),
        ("999999999", timedelta(days=1)),
        ("0", None),
        ("-5", None),
        ("soon", None),
        ("Sat, 21 Nov 2020 07:10:00 GMT", None),
        (None, None),
    ],
)
def test_pause_is_read_in_seconds_or_as_a_date(value: str | None, pause: timedelta | None) -> None:
    assert retry_after(value, NOW) == pause


async def _turn(pace: Pacing, host: str) -> float:
    async with pace.turn(host):
        return asyncio.get_running_loop().time()


async def test_requests_to_one_host_keep_their_distance_and_other_hosts_do_not_wait() -> None:
    pace = Pacing()
    first, second, other = await asyncio.gather(_turn(pace, "a"), _turn(pace, "a"), _turn(pace, "b"))
    assert second - first >= pacing.SHORTEST * 0.99
    assert other < second


async def test_host_that_asks_for_a_pause_is_left_in_peace() -> None:
    pace = Pacing()
    pace.rest("a", 60)
    assert pace.wait("a") > 59
    assert pace.wait("b") == 0


def _minutes(due: datetime) -> float:
    return (due - NOW) / timedelta(minutes=1)


def _next(source: Source, *, failures: int = 0, more: bool = False, changed: bool = False) -> float:
    return _minutes(next_poll(source, NOW, QUARTER, random.Random(1), failures=failures, more=more, changed=changed))


def test_source_that_hardly_changes_is_polled_more_rarely_but_not_never() -> None:
    busy = replace(SOURCE, last_change_at=NOW - timedelta(hours=1))
    quiet = replace(SOURCE, last_change_at=NOW - timedelta(hours=18))
    silent = replace(SOURCE, last_change_at=NOW - timedelta(days=300))
    assert 13.5 <= _next(busy) <= 16.5
    assert 40 <= _next(quiet) <= 50
    assert 54 <= _next(silent) <= 66
    assert 13.5 <= _next(silent, changed=True) <= 16.5


def test_interval_of_its_own_is_kept() -> None:
    source = replace(SOURCE, every_minutes=120, last_change_at=NOW - timedelta(days=300))
    assert 108 <= _next(source) <= 132


def test_failing_source_is_tried_at_growing_pauses_twice_a_day_at_least() -> None:
    pauses = [_next(SOURCE, failures=failures) for failures in (1, 2, 3, 50)]
    assert pauses == sorted(pauses)
    assert pauses[-1] <= 12 * 60 * 1.1


def test_polls_are_spread() -> None:
    chance = random.Random(7)
    due = {next_poll(SOURCE, NOW, QUARTER, chance) for _ in range(50)}
    assert len(due) == 50


def test_articles_that_are_left_come_soon() -> None:
    assert _next(SOURCE, more=True) < 3
