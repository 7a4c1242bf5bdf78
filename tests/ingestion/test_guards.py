"""What strangers may try: addresses inside, bodies without end, documents made to choke. Nothing of it gets through."""

import asyncio
import functools
import gzip
import socket
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from domain.sources import SourceKind
from ingestion import parsing
from ingestion.child import Children
from ingestion.fetching import addresses
from ingestion.fetching.client import LARGEST, Client, FetchError
from ingestion.fetching.unpacking import TooLargeError, Unpacker
from ingestion.parsers.given import ParseError
from tests.ingestion.given import made
from tests.ingestion.site import Site, serving

INSIDE = [
    "127.0.0.1",
    "127.1",
    "127.0.0.1.",
    "0",
    "0.0.0.0",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0x7f.1",
    "１２７.0.0.1",
    "localhost",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[fe80::1]",
    "[fc00::1]",
    "[fec0::1]",
    "[ff02::1]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.192",
    "168.63.129.16",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
]


@pytest.fixture
def connects(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address the loop was asked to connect to."""
    seen: list[Any] = []
    original = asyncio.selector_events.BaseSelectorEventLoop.sock_connect

    async def noted(self: Any, sock: socket.socket, address: Any) -> None:
        seen.append(address)
        await original(self, sock, address)

    monkeypatch.setattr(asyncio.selector_events.BaseSelectorEventLoop, "sock_connect", noted)
    return seen


@pytest.fixture
async def guarded() -> AsyncIterator[Client]:
    async with Client() as client:
        yield client


def test_the_corpus_of_addresses_is_wide_enough() -> None:
    assert len(set(INSIDE)) >= 22


@pytest.mark.parametrize("host", INSIDE)
async def test_address_inside_is_never_connected_to(
    host: str, guarded: Client, connects: list[Any], site: Site
) -> None:
    port = site.url.rsplit(":", 1)[1]
    with pytest.raises(FetchError):
        await guarded.get(f"http://{host}:{port}/")
    assert connects == []
    assert site.asked == []


async def test_name_that_leads_inside_is_never_connected_to(
    guarded: Client, connects: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.1.2.3", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(FetchError, match=r"10\.1\.2\.3"):
        await guarded.get("http://innocent.example/")
    assert connects == []


@pytest.fixture
def one_public_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """::1 counts as the open internet here, 127.0.0.1 as what lies inside."""
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "::1")


async def test_redirect_to_an_address_inside_is_not_followed(
    guarded: Client, site: Site, one_public_host: None
) -> None:
    async with serving("::1") as outside:
        outside.put("/", "", status=302, Location=f"{site.url}/secret")
        with pytest.raises(FetchError, match="not an address of the open internet"):
            await guarded.get(f"{outside.url}/")
        assert outside.times("/") == 1
    assert site.asked == []


async def test_name_that_changes_its_address_in_between_is_refused(
    guarded: Client, site: Site, one_public_host: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving("::1") as outside:
        port = int(outside.url.rsplit(":", 1)[1])
        where: list[Any] = [(socket.AF_INET6, ("::1", port, 0, 0))]

        def resolve(_host: str, _port: int, **_: Any) -> list[Any]:
            return [(family, socket.SOCK_STREAM, 6, "", address) for family, address in where]

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        outside.put("/a", "first")
        assert (await guarded.get(f"http://rebind.example:{port}/a")).body == b"first"
        where[:] = [(socket.AF_INET, ("127.0.0.1", int(site.url.rsplit(":", 1)[1])))]
        async with Client() as later:
            with pytest.raises(FetchError, match="not an address of the open internet"):
                await later.get(f"http://rebind.example:{port}/a")
    assert site.asked == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/", "/etc/passwd", "http://", "http://[", ""])
async def test_what_is_no_web_address_is_refused(url: str, guarded: Client, connects: list[Any]) -> None:
    with pytest.raises(FetchError):
        await guarded.get(url)
    assert connects == []


def _unpack(body: bytes) -> None:
    unpacker = Unpacker("gzip", LARGEST)
    for start in range(0, len(body), 65_536):
        unpacker.feed(body[start : start + 65_536])


def test_bomb_is_left_packed() -> None:
    """Two megabytes that would unfold to two gigabytes: little more than the bound is ever held."""
    bomb = gzip.compress(bytes(64_000_000)) * 32
    assert len(bomb) < 2_100_000
    tracemalloc.start()
    with pytest.raises(TooLargeError):
        _unpack(bomb)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < LARGEST + 20_000_000


async def test_bomb_from_a_server_is_refused(site: Site) -> None:
    site.put("/", gzip.compress(bytes(200_000_000)), Content_Encoding="gzip")
    async with Client(allow_private=True) as client:
        with pytest.raises(FetchError, match="larger than"):
            await client.get(f"{site.url}/")


@pytest.mark.parametrize(("encoding", "body"), [("gzip", b"\x1f\x8bbroken"), ("deflate", b"\x78"), ("br", b"x")])
async def test_broken_packing_is_refused_or_empty(site: Site, encoding: str, body: bytes) -> None:
    site.put("/", body, Content_Encoding=encoding)
    async with Client(allow_private=True) as client:
        try:
            assert (await client.get(f"{site.url}/")).body == b""
        except FetchError:
            return


async def test_slow_drip_is_cut_off(site: Site) -> None:
    async def drip(request: web.BaseRequest) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(1000):
            await answer.write(b".")
            await asyncio.sleep(0.05)
        return answer

    site.answers["/"] = drip
    async with Client(allow_private=True, deadline=0.3) as client:
        with pytest.raises(FetchError, match="longer than"):
            await client.get(f"{site.url}/")


async def test_endless_redirects_end(site: Site) -> None:
    site.put("/", "", status=302, Location="/")
    async with Client(allow_private=True) as client:
        with pytest.raises(FetchError, match="redirected"):
            await client.get(f"{site.url}/")


async def test_document_made_to_choke_is_killed_and_the_next_is_read(children: Children) -> None:
    nested = b"<rss version='2.0'><channel><item>" + b"<a>" * 1_000_000
    feed = functools.partial(parsing.parse_kind, SourceKind.FEED)
    with pytest.raises(ParseError):
        await children.parse(feed, made(nested))
    good = "<rss version='2.0'><channel><item><title>Новость дня</title><link>/1</link></item></channel></rss>"
    assert len((await children.parse(feed, made(good))).entries) == 1


def _devour(_given: object) -> None:
    held = []
    while True:
        held.append(bytes(10_000_000))


def _spin(_given: object) -> None:
    while True:
        pass


def _die(_given: object) -> None:
    import os

    os._exit(9)


@pytest.mark.parametrize(("act", "reason"), [(_devour, "memory"), (_spin, "longer"), (_die, "ended")])
async def test_parser_that_runs_wild_is_stopped(children: Children, act: Any, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        await children.parse(act, made(b""))


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=1", "FREQ=DAILY;COUNT=999999999"])
async def test_recurrence_without_end_ends(children: Children, rule: str) -> None:
    body = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:19000101T000000Z\r\n"
        f"RRULE:{rule}\r\nSUMMARY:Вечно\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    parsed = await children.parse(functools.partial(parsing.parse_kind, SourceKind.CALENDAR), made(body))
    assert len(parsed.entries) <= 40


@pytest.mark.parametrize("kind", list(parsing.PARSERS))
def test_parser_opens_no_file_and_no_address(
    kind: SourceKind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, connects: list[Any]
) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<rss version='2.0'><channel><item><title>secret</title><link>/s</link></item></channel></rss>")
    entity = f"<!DOCTYPE a [<!ENTITY x SYSTEM 'file://{secret}'>]><rss><channel><item><title>&x;</title></item></channel></rss>"
    for body in (str(secret), f"file://{secret}", "http://127.0.0.1:9/", entity):
        try:
            parsed = parsing.parse_kind(kind, made(body))
        except ParseError:
            continue
        assert "secret" not in " ".join(entry.text for entry in parsed.entries)
    assert connects == []
