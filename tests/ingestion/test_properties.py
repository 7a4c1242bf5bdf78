"""Whatever bytes arrive, a parser gives entries or says why not; it never falls over."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.sources import SourceKind
from ingestion import parsing
from ingestion.fetching.addresses import is_public
from ingestion.fetching.client import retry_after
from ingestion.fetching.unpacking import TooLargeError, Unpacker
from ingestion.parsers.charsets import decode
from ingestion.parsers.given import ParseError
from ingestion.parsers.plain_text import plain_text
from ingestion.parsers.stated_dates import read_date
from ingestion.pipeline import refusal
from tests.ingestion.given import FIXTURES, NOW, made
from tests.ingestion.targets import TARGETS, check, run

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


@pytest.mark.parametrize("name", list(TARGETS))
@given(body=bodies)
@QUICK
def test_what_strangers_write_is_taken_or_refused_with_a_reason(name: str, body: bytes) -> None:
    run(name, body)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", list(TARGETS))
@given(body=bodies)
@LONG
def test_what_strangers_write_is_taken_or_refused_for_long(name: str, body: bytes) -> None:
    run(name, body)


@pytest.mark.parametrize("kind", list(parsing.PARSERS))
@given(body=bodies, header=st.sampled_from(["text/html; charset=koi8-r", "application/xml; charset=nonsense"]))
@QUICK
def test_header_that_lies_breaks_no_parser(kind: SourceKind, body: bytes, header: str) -> None:
    try:
        check(parsing.parse_kind(kind, made(body, content_type=header)))
    except ParseError:
        return


RUSSIAN = "Жители посёлка Заречный приглашаются на собрание, которое состоится в субботу в доме культуры"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251", "koi8-r", "cp866", "iso-8859-5"])
@pytest.mark.parametrize("declared", ["", "utf-8", "windows-1251", "koi8-r", "iso-8859-1", "x-unknown"])
def test_russian_is_read_whatever_is_declared(encoding: str, declared: str) -> None:
    body = f'<?xml version="1.0" encoding="{declared}"?><t>{RUSSIAN}</t>' if declared else f"<t>{RUSSIAN}</t>"
    header = f"text/xml; charset={declared}" if declared else ""
    assert RUSSIAN in decode(body.encode(encoding), header)


@given(st.text(alphabet=st.characters(exclude_characters="<", exclude_categories=["Cs"]), max_size=300))
@QUICK
def test_script_is_not_among_the_words_of_a_page(text: str) -> None:
    """A «<» before it may make words of it, as it does in a browser: words are harmless, and escaped when shown."""
    shown = plain_text(f"<div>{text}<script>alert(1)</script><style>x</style></div>")
    assert "alert(1)" not in shown or "alert(1)" in text
    assert "\0" not in shown


@given(st.text(max_size=60) | st.from_regex(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}( \d{1,2}:\d\d)?", fullmatch=True))
@QUICK
def test_stated_date_is_aware_and_not_ahead(text: str) -> None:
    moment = read_date(text, "Europe/Moscow", NOW)
    assert moment is None or (moment.tzinfo is not None and moment <= NOW + timedelta(days=2))


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
