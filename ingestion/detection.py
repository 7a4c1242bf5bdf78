"""What stands behind an address: its kind is found out, and a preview fetched of what would come in."""

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin

from domain.sources import Entry, Finding, Source, SourceKind, SourceState, Trust
from ingestion import parsing
from ingestion.collecting import Collector
from ingestion.drafts import ZONE
from ingestion.fetching.client import FetchError, Response
from ingestion.parsers.given import Given, Link, Parsed, ParseError

SHOWN = 5
ARTICLES_SHOWN = 3
MOST_TRIED = 4
LEAD = 600
"""Characters; a feed whose texts are all shorter may give only the beginnings of its articles."""
USUAL_FEEDS = ("/rss", "/rss.xml", "/feed/")
"""Where a site that announces no feed may have one all the same."""
_VK = re.compile(r"^(?:https?://)?(?:m\.|www\.)?vk\.(?:com|ru)/(?P<name>[A-Za-z0-9_.]{2,64})/?(?:\?.*)?$")
_VK_NUMBER = re.compile(r"(?:club|public|event)(\d{1,12})")
_TELEGRAM = re.compile(
    r"^(?:https?://)?t(?:elegram)?\.me/(?:s/)?(?P<name>[A-Za-z]\w{3,31})/?$|^@(?P<at>[A-Za-z]\w{3,31})$"
)


class Detector:
    """Finds out kinds; its ``probe`` is what screens and commands are handed."""

    def __init__(self, collector: Collector, clock: Callable[[], datetime]) -> None:
        self._collector = collector
        self._clock = clock

    async def probe(
        self, url: str, *, kind: SourceKind | None = None, zone: str = ZONE, settings: dict[str, str] | None = None
    ) -> Finding:
        """Never raises for what a source does wrong: then the finding says what the problem is.

        ``kind``: what the asker says it is; None finds it out.
        """
        url = url.strip()
        try:
            if kind in (None, SourceKind.TELEGRAM) and (channel := _TELEGRAM.match(url)):
                name = channel["name"] or channel["at"]
                return Finding(SourceKind.TELEGRAM, f"https://t.me/{name.lower()}", f"@{name}")
            if kind in (None, SourceKind.VK) and (community := _VK.match(url)):
                return await self._community(community["name"], zone)
            if "://" not in url:
                url = f"https://{url}"
            return await self._site(url, kind, zone, settings or {})
        except (FetchError, ParseError) as error:
            return Finding(None, url, problem=str(error))

    async def _community(self, name: str, zone: str) -> Finding:
        number = _VK_NUMBER.fullmatch(name)
        settings = {"owner_id": f"-{number[1]}"} if number else {"domain": name}
        url = f"https://vk.com/{name.lower()}"
        collected = await self._collector.collect(
            _source(SourceKind.VK, url, settings), zone, self._clock(), known=_nothing_known
        )
        title = str(collected.fetched.get("title") or f"VK: {name}")
        return Finding(SourceKind.VK, url, title, settings, collected.entries[:SHOWN])

    async def _site(self, url: str, kind: SourceKind | None, zone: str, settings: dict[str, str]) -> Finding:
        response = await self._collector.client.get(url)
        given = Given(response.url, response.body, response.content_type, zone, self._clock(), settings)
        guess = parsing.Guess(kind) if kind else await self._collector.children.parse(parsing.guess, given)
        if guess.kind is not SourceKind.PAGE:
            return await self._found(guess.kind or SourceKind.FEED, given)
        if kind is None and not settings:
            better = await self._first_that_works(guess.announced, zone)
            if better is not None:
                return better
        return await self._page(given, response, look_further=kind is None)

    async def _found(self, kind: SourceKind, given: Given) -> Finding:
        parsed = await self._parse(kind, given)
        entries = parsed.entries[:SHOWN] or await self._articles(parsed.links, given)
        if not entries:
            raise ParseError("holds nothing that would come in")
        settings = given.settings
        if kind is SourceKind.FEED and "full" not in settings and (whole := await self._whole(entries, given)):
            settings, entries = {**settings, "full": "yes"}, whole
        return Finding(kind, given.url, parsed.title, settings, tuple(entries))

    async def _whole(self, entries: Sequence[Entry], given: Given) -> tuple[Entry, ...]:
        """The articles behind a feed that gives only their leads; nothing where it gives them whole."""
        shown = [one for one in entries[:ARTICLES_SHOWN] if one.url]
        if not shown or any(len(one.text) > LEAD for one in shown):
            return ()
        found = await self._articles([Link(one.url or "", one.title or "", one.published_at) for one in shown], given)
        return found if sum(map(_size, found)) > 2 * sum(map(_size, shown)) else ()

    async def _page(self, given: Given, response: Response, *, look_further: bool) -> Finding:
        article = await self._article(given)
        try:
            parsed = await self._parse(SourceKind.PAGE, given)
        except ParseError:
            usual = [urljoin(response.url, path) for path in USUAL_FEEDS]
            better = await self._first_that_works(usual, given.zone) if look_further else None
            if better is None and article is None:
                raise
            if better is None:
                return Finding(None, given.url, article=article, problem="is an article, not a list of news")
            return better
        entries = await self._articles(parsed.links, given)
        return Finding(SourceKind.PAGE, given.url, parsed.title, given.settings, entries, article)

    async def _first_that_works(self, addresses: Sequence[str], zone: str) -> Finding | None:
        for url in addresses[:MOST_TRIED]:
            try:
                response = await self._collector.client.get(url)
                given = Given(response.url, response.body, response.content_type, zone, self._clock())
                guess = await self._collector.children.parse(parsing.guess, given)
                if guess.kind in (SourceKind.FEED, SourceKind.CALENDAR):
                    return await self._found(guess.kind, given)
            except (FetchError, ParseError):
                continue
        return None

    async def _articles(self, links: Sequence[Link], given: Given) -> tuple[Entry, ...]:
        """The first articles of a list; those that cannot be read, by their headline."""
        found = []
        for link in links[:ARTICLES_SHOWN]:
            try:
                entry = await self._collector.article(link.url, given.zone, given.now, given.settings)
                entry = replace(entry, published_at=entry.published_at or link.published_at)
            except (FetchError, ParseError):
                entry = Entry(link.url, link.title, link.title, link.url, link.published_at)
            found += [entry] if entry.text else []
        return tuple(found)

    async def _article(self, given: Given) -> Entry | None:
        try:
            return (await self._collector.children.parse(parsing.parse_article, given)).entries[0]
        except ParseError:
            return None

    async def _parse(self, kind: SourceKind, given: Given) -> Parsed:
        return await self._collector.children.parse(functools.partial(parsing.parse_kind, kind), given)


def _source(kind: SourceKind, url: str, settings: dict[str, str]) -> Source:
    return Source(0, kind, url, "", None, Trust.REVIEW, SourceState.ACTIVE, None, settings)


def _size(entry: Entry) -> int:
    return len(entry.text)


async def _nothing_known(_addresses: Sequence[str]) -> set[str]:
    return set()
