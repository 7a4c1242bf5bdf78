"""Whatever bytes arrive, a parser gives entries or says why not; it never falls over."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.sources import SourceKind
from ingestion import parsing
from ingestion.fetching import robots
from ingestion.fetching.addresses import is_public
from ingestion.fetching.client import retry_after
from ingestion.fetching.unpacking import TooLargeError, Unpacker
from ingestion.parsers import articles, plans
from ingestion.parsers.charsets import decode
from ingestion.parsers.given import Given, Parsed, ParseError, is_address
from ingestion.parsers.plain_text import plain_text
from ingestion.parsers.stated_dates import read_date
from ingestion.pipeline import refusal
from tests.ingestion.given import FIXTURES, NOW, made

SEEDS = sorted(path.read_bytes() for path in Path(FIXTURES).iterdir())
TAGS = [
    "<rss>",
    "<item>",
    "<title>",
    "</",
    "<a href='",
    "BEGIN:VEVENT\r\n",
    "RRULE:FREQ=",
    "DTSTART:",
    "{",
    '"items":',
    ";",
]
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LONG = settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A saved body with pieces cut out, doubled, swapped or overwritten: near enough to get deep into a parser."""
    body = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, max(0, len(body) - 1)))
        length = draw(st.integers(0, 200))
        piece = draw(st.sampled_from([b"", bytes(body[start : start + length]) * 2]) | st.binary(max_size=12))
        body[start : start + length] = piece
    return bytes(body)


bodies = (
    damaged()
    | st.binary(max_size=400)
    | st.lists(st.sampled_from(TAGS) | st.text(max_size=8)).map(lambda parts: "".join(parts).encode("utf-8", "ignore"))
)


def check(parsed: Parsed) -> None:
    for entry in parsed.entries:
        assert entry.external_id
        assert entry.url is None or is_address(entry.url)
        assert entry.published_at is None or entry.published_at.tzinfo is not None
        assert entry.published_at is None or entry.published_at <= NOW + timedelta(days=3)
        assert "<script" not in entry.text
        if entry.occurrence is not None:
            assert entry.occurrence.starts_at.tzinfo is not None
            assert entry.occurrence.link is None or is_address(entry.occurrence.link)
    assert all(is_address(link.url) for link in parsed.links)


def read(kind: SourceKind, body: Given) -> None:
    try:
        check(parsing.parse_kind(kind, body))
    except ParseError:
        return


@pytest.mark.parametrize("kind", list(parsing.PARSERS))
@given(body=bodies, header=st.sampled_from(["", "text/html; charset=koi8-r", "application/xml; charset=nonsense"]))
@QUICK
def test_parser_of_any_kind_survives_any_body(kind: SourceKind, body: bytes, header: str) -> None:
    read(kind, made(body, content_type=header))


@pytest.mark.soak
@pytest.mark.parametrize("kind", list(parsing.PARSERS))
@given(body=bodies)
@LONG
def test_parser_of_any_kind_survives_any_body_for_long(kind: SourceKind, body: bytes) -> None:
    read(kind, made(body))


@given(body=bodies)
@QUICK
def test_kind_is_guessed_or_refused_for_any_body(body: bytes) -> None:
    try:
        assert all(is_address(url) for url in parsing.guess(made(body)).announced)
    except ParseError:
        return


@given(body=bodies)
@QUICK
def test_article_is_found_or_refused_in_any_page(body: bytes) -> None:
    try:
        check(articles.parse(made(body, url="https://site.example/1")))
    except ParseError:
        return


@given(body=bodies)
@QUICK
def test_plan_says_of_each_line_what_it_is(body: bytes) -> None:
    try:
        rows = list(plans.rows(made(body)))
    except ParseError:
        return
    assert all((row.entry is None) == bool(row.reason) for row in rows)


@given(st.text(alphabet=st.characters(codec="cp1251", categories=["Ll", "Lu", "Zs"]), min_size=5, max_size=200))
@QUICK
def test_any_bytes_become_text(text: str) -> None:
    assert isinstance(decode(text.encode("cp1251")), str)


RUSSIAN = "Жители посёлка Заречный приглашаются на собрание, которое состоится в субботу в доме культуры"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251", "koi8-r", "cp866", "iso-8859-5"])
@pytest.mark.parametrize("declared", ["", "utf-8", "windows-1251", "koi8-r", "iso-8859-1", "x-unknown"])
def test_russian_is_read_whatever_is_declared(encoding: str, declared: str) -> None:
    body = f'<?xml version="1.0" encoding="{declared}"?><t>{RUSSIAN}</t>' if declared else f"<t>{RUSSIAN}</t>"
    header = f"text/xml; charset={declared}" if declared else ""
    assert RUSSIAN in decode(body.encode(encoding), header)


@given(st.text(max_size=300))
@QUICK
def test_plain_text_holds_no_markup_that_runs(text: str) -> None:
    shown = plain_text(f"<div>{text}<script>alert(1)</script><style>x</style></div>")
    assert "alert(1)" not in shown or "alert(1)" in text
    assert "\0" not in shown


@given(st.text(max_size=60) | st.from_regex(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}( \d{1,2}:\d\d)?", fullmatch=True))
@QUICK
def test_stated_date_is_aware_and_not_ahead(text: str) -> None:
    moment = read_date(text, "Europe/Moscow", NOW)
    assert moment is None or (moment.tzinfo is not None and moment <= NOW + timedelta(days=2))


@given(body=st.binary(max_size=3000) | st.text(max_size=500).map(str.encode), path=st.text(max_size=50))
@QUICK
def test_rules_of_robots_always_answer(body: bytes, path: str) -> None:
    rules = robots.parse(body, "Glashatai")
    assert rules.allow(f"https://site.example/{path}") in (True, False)
    assert rules.delay is None or 0 <= rules.delay <= robots.SLOWEST


@given(st.text(max_size=40))
@QUICK
def test_pause_that_is_asked_for_is_a_pause_or_none(value: str) -> None:
    pause = retry_after(value, NOW)
    assert pause is None or timedelta(0) < pause <= timedelta(days=1)


@given(st.ip_addresses())
@QUICK
def test_whatever_python_calls_private_is_not_public(address: object) -> None:
    if getattr(address, "is_private", False) or getattr(address, "is_loopback", False):
        assert not is_public(str(address))


@given(st.binary(max_size=5000), st.sampled_from(["gzip", "deflate", "identity", ""]), st.booleans())
@QUICK
def test_unpacking_ends_with_a_body_or_a_reason(body: bytes, encoding: str, packed: bool) -> None:
    unpacker = Unpacker(encoding, 1000)
    try:
        unpacker.feed(gzip.compress(body) if packed else body)
    except (TooLargeError, ValueError):
        return
    assert len(unpacker.body()) <= 1000


@given(st.text(max_size=100))
@QUICK
def test_text_is_refused_with_a_reason_or_taken(text: str) -> None:
    from domain.sources import Entry

    reason = refusal(Entry("1", text))
    assert (reason is None) == any(character.isalpha() for character in text)
