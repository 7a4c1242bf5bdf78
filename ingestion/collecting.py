"""From a source to its entries: fetch, parse in a child, follow the links of a list. Knows no database."""

import asyncio
import functools
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.sources import Entry, Source, SourceKind
from ingestion import parsing
from ingestion.child import Children
from ingestion.fetching.client import LARGEST, Client, FetchError, Response
from ingestion.fetching.unpacking import GZIP_MAGIC, TooLargeError, Unpacker
from ingestion.parsers.given import Given, Link, Parsed, ParseError
from ingestion.parsers.lists import HEADLINE
from ingestion.parsers.plain_text import with_headline

MOST_ARTICLES = 20
"""Articles fetched in one poll; the others in the next, which comes soon."""
PATIENCE = 120.0
"""Seconds for the articles of one poll; what was read until then is kept."""
MOST_MAPS = 3
"""Sitemaps followed from an index."""
REFUSED_REMEMBERED = 10_000
VK_VERSION = "5.199"
VK_POSTS = "50"
GONE = (404, 410)
Known = Callable[[Sequence[str]], Awaitable[set[str]]]
"""Which of these addresses the source published before."""


@dataclass(frozen=True, slots=True)
class Vk:
    """How to reach VK's API: https://dev.vk.com/method/wall.get."""

    token: str = ""
    url: str = "https://api.vk.com"


@dataclass(frozen=True, slots=True)
class Collected:
    """What one poll brought home."""

    entries: tuple[Entry, ...] = ()
    unchanged: bool = False
    """The same answer as before: nothing was parsed."""
    complete: bool = False
    gone: tuple[str, ...] = ()
    """Addresses of known articles that are no longer there."""
    more: bool = False
    """There are articles left for the next poll."""
    fetched: dict[str, Any] = field(default_factory=dict)
    """What the next poll compares with: columns of the source."""


class Collector:
    """One for the process. Raises FetchError or ParseError with what an operator should read."""

    def __init__(self, client: Client, children: Children, vk: Vk | None = None) -> None:
        self.client = client
        self.children = children
        self._vk = vk or Vk()
        self._refused: OrderedDict[str, None] = OrderedDict()

    async def collect(
        self, source: Source, zone: str, now: datetime, *, known: Known, again: Sequence[str] = ()
    ) -> Collected:
        """``again``: addresses of known articles to be looked at once more."""
        response = await self._fetch(source)
        body = _unpacked(response.body)
        digest = hashlib.sha256(body).hexdigest()
        if response.unchanged or digest == source.body_hash:
            entries, gone = await self._look_again(source, again, zone, now)
            return Collected(tuple(entries), unchanged=True, gone=gone)
        given = Given(response.url, body, response.content_type, zone, now, source.settings)
        parsed = await self._parse(source.kind, given)
        if follows_articles(source):
            parsed = _as_links(parsed)
        listed = len(parsed.entries) or len(parsed.links)
        if source.listed and not listed:
            raise ParseError(f"gives nothing any more; last time it gave {source.listed}")
        fetched: dict[str, Any] = {"listed": listed, "etag": None, "last_modified": None, "body_hash": None}
        if parsed.title and not source.title:
            fetched["title"] = parsed.title
        entries, more = await self._follow(source, parsed.links, zone, now, known)
        if not more:  # else the same answer must be read once more
            fetched |= {"etag": response.etag, "last_modified": response.last_modified, "body_hash": digest}
        edited, gone = await self._look_again(source, again, zone, now)
        return Collected(
            (*parsed.entries, *entries, *edited),
            complete=parsed.complete,
            gone=gone,
            more=more,
            fetched=fetched,
        )

    async def article(self, url: str, zone: str, now: datetime, settings: dict[str, str]) -> Entry:
        """The article behind an address."""
        response = await self.client.get(url)
        given = Given(response.url, response.body, response.content_type, zone, now, settings)
        parsed = await self.children.parse(parsing.parse_article, given)
        return replace(parsed.entries[0], external_id=url, url=url)

    async def _fetch(self, source: Source) -> Response:
        if source.kind is not SourceKind.VK:
            return await self.client.get(source.url, etag=source.etag, last_modified=source.last_modified)
        if not self._vk.token:
            raise FetchError("VK_TOKEN is not set")
        wall = {name: value for name, value in source.settings.items() if name in ("owner_id", "domain")}
        asked = {"count": VK_POSTS, "extended": "1", "v": VK_VERSION, "access_token": self._vk.token}
        return await self.client.post(f"{self._vk.url}/method/wall.get", {**wall, **asked})

    async def _parse(self, kind: SourceKind, given: Given) -> Parsed:
        parsed = await self.children.parse(functools.partial(parsing.parse_kind, kind), given)
        if kind is not SourceKind.SITEMAP or not parsing.is_index(given.body):
            return parsed
        links: list[Link] = []
        for link in parsed.links[:MOST_MAPS]:
            response = await self.client.get(link.url)
            part = replace(given, url=response.url, body=_unpacked(response.body))
            links += (await self.children.parse(functools.partial(parsing.parse_kind, kind), part)).links
        return replace(parsed, links=tuple(links))

    async def _follow(
        self, source: Source, links: Sequence[Link], zone: str, now: datetime, known: Known
    ) -> tuple[list[Entry], bool]:
        """The new articles of a list, oldest first, and whether some are left."""
        here = await known([link.url for link in links]) if links else set()
        fresh = [link for link in links if link.url not in here and f"{source.id} {link.url}" not in self._refused]
        chosen = fresh[:MOST_ARTICLES]
        clock = asyncio.get_running_loop().time
        until, found = clock() + PATIENCE, list[Entry]()
        for link in reversed(chosen):
            try:
                entry = await self._read(source, link, zone, now)
            except FetchError:
                if not found:
                    raise
                return found, True
            found += [entry] if entry else []
            if clock() > until:
                return found, True
        return found, len(fresh) > len(chosen)

    async def _read(self, source: Source, link: Link, zone: str, now: datetime) -> Entry | None:
        """An article with what the list says of it; its headline alone where the page holds no text."""
        try:
            entry = await self.article(link.url, zone, now, source.settings)
        except FetchError as error:
            if error.status is None or error.retry_after is not None:
                raise
            self._refuse(source, link)
            return None
        except ParseError:
            if len(link.title) < HEADLINE:
                self._refuse(source, link)
                return None
            return Entry(link.url, link.title, link.title, link.url, link.published_at)
        title = entry.title or link.title
        return replace(
            entry,
            title=title,
            text=with_headline(title, entry.text),
            published_at=entry.published_at or link.published_at,
        )

    async def _look_again(
        self, source: Source, addresses: Sequence[str], zone: str, now: datetime
    ) -> tuple[list[Entry], tuple[str, ...]]:
        """Known articles as they are now, and which are no longer there; what a feed publishes it says itself."""
        found: list[Entry] = []
        gone: list[str] = []
        for url in addresses:
            try:
                entry = await self.article(url, zone, now, source.settings)
            except FetchError as error:
                if error.status in GONE:
                    gone.append(url)
            except ParseError:
                continue
            else:
                found += [entry] if entry.title and follows_articles(source) else []
        return found, tuple(gone)

    def _refuse(self, source: Source, link: Link) -> None:
        """What is no article is not asked for at every poll."""
        self._refused[f"{source.id} {link.url}"] = None
        if len(self._refused) > REFUSED_REMEMBERED:
            self._refused.popitem(last=False)


def follows_articles(source: Source) -> bool:
    """Whether texts come from the articles that it lists; a feed that gives only leads is told so by ``full=yes``."""
    if source.kind is SourceKind.FEED:
        return source.settings.get("full") == "yes"
    return source.kind in (SourceKind.PAGE, SourceKind.SITEMAP)


def _as_links(parsed: Parsed) -> Parsed:
    """A feed as a list of its articles; what has no address comes in as it is."""
    links = tuple(Link(one.url, one.title or "", one.published_at) for one in parsed.entries if one.url)
    return replace(parsed, entries=tuple(one for one in parsed.entries if not one.url), links=(*parsed.links, *links))


def _unpacked(body: bytes) -> bytes:
    """Sitemaps may come as .xml.gz."""
    if not body.startswith(GZIP_MAGIC):
        return body
    unpacker = Unpacker("gzip", LARGEST)
    try:
        unpacker.feed(body)
    except (TooLargeError, ValueError) as error:
        raise ParseError(f"is packed: {error}") from None
    return unpacker.body()
