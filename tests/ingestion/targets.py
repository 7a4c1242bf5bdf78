"""Everything that takes what a stranger wrote: given any bytes, each ends in a result that holds, or in a reason.

One table for both kinds of fuzzing: hypothesis in `make test`, atheris in `make soak`. A parser of a new kind of
source is in it by itself.
"""

import functools
from collections.abc import Callable
from datetime import timedelta

from domain.sources import SourceKind
from ingestion import parsing
from ingestion.fetching import robots
from ingestion.fetching.client import retry_after
from ingestion.fetching.unpacking import TooLargeError, Unpacker
from ingestion.parsers import articles, plans
from ingestion.parsers.charsets import as_utf8_xml, decode
from ingestion.parsers.given import Parsed, ParseError, is_address
from ingestion.parsers.plain_text import one_line, plain_text
from ingestion.parsers.stated_dates import read_date
from tests.ingestion.given import NOW, made

Target = Callable[[bytes], None]


def check(parsed: Parsed) -> None:
    for entry in parsed.entries:
        assert entry.external_id
        assert entry.url is None or is_address(entry.url)
        assert entry.photo is None or is_address(entry.photo)
        assert entry.published_at is None or entry.published_at.tzinfo is not None
        assert entry.published_at is None or entry.published_at <= NOW + timedelta(days=3)
        assert "\0" not in entry.text
        if entry.occurrence is not None:
            assert entry.occurrence.starts_at.tzinfo is not None
            assert entry.occurrence.link is None or is_address(entry.occurrence.link)
    assert all(is_address(link.url) for link in parsed.links)


def _kind(kind: SourceKind, body: bytes) -> None:
    check(parsing.parse_kind(kind, made(body)))


def _article(body: bytes) -> None:
    check(articles.parse(made(body, url="https://site.example/1")))


def _ruled(body: bytes) -> None:
    """The last line is a rule of the site, the others are its page."""
    page, _, rule = body.rpartition(b"\n")
    text = rule.decode("utf-8", "ignore")
    check(parsing.parse_kind(SourceKind.PAGE, made(page, links=text)))
    check(articles.parse(made(page, text=text, title=text, date=text)))


def _guess(body: bytes) -> None:
    assert all(is_address(url) for url in parsing.guess(made(body)).announced)


def _plan(body: bytes) -> None:
    assert all((row.entry is None) == bool(row.reason) for row in plans.rows(made(body)))


def _charset(body: bytes) -> None:
    head, _, rest = body.partition(b"\n")
    as_utf8_xml(decode(rest, head.decode("latin-1")))


def _markup(body: bytes) -> None:
    text = body.decode("utf-8", "ignore")
    assert "\0" not in plain_text(text)
    assert "\n" not in one_line(text)


def _date(body: bytes) -> None:
    moment = read_date(body.decode("utf-8", "ignore"), "Europe/Moscow", NOW)
    assert moment is None or (moment.tzinfo is not None and moment <= NOW + timedelta(days=2))


def _robots(body: bytes) -> None:
    path, _, rest = body.partition(b"\n")
    rules = robots.parse(rest, "Glashatai")
    assert rules.allow(f"https://site.example/{path.decode('utf-8', 'ignore')}") in (True, False)
    assert rules.delay is None or 0 <= rules.delay <= robots.SLOWEST


def _pause(body: bytes) -> None:
    pause = retry_after(body.decode("latin-1"), NOW)
    assert pause is None or timedelta(0) < pause <= timedelta(days=1)


def _packed(body: bytes) -> None:
    for encoding in ("gzip", "deflate"):
        unpacker = Unpacker(encoding, 1000)
        try:
            unpacker.feed(body)
        except (TooLargeError, ValueError):
            continue
        assert len(unpacker.body()) <= 1000


TARGETS: dict[str, Target] = {
    **{str(kind): functools.partial(_kind, kind) for kind in parsing.PARSERS},
    "article": _article,
    "rule": _ruled,
    "guess": _guess,
    "plan": _plan,
    "charset": _charset,
    "markup": _markup,
    "date": _date,
    "robots": _robots,
    "pause": _pause,
    "packed": _packed,
}


def run(name: str, body: bytes) -> None:
    """Gives a body to a target. A refusal with a reason is an answer like any other."""
    try:
        TARGETS[name](body)
    except ParseError:
        return
