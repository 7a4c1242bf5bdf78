"""Which parser reads a kind, and which kind a body is. Runs in the child process."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from domain.sources import SourceKind
from ingestion.parsers import articles, calendars, communities, feeds, lists, plans, sitemaps
from ingestion.parsers.charsets import decode
from ingestion.parsers.given import Given, Parsed, ParseError, is_address


def _calendar_or_plan(given: Given) -> Parsed:
    text = decode(given.body[:2000], given.content_type)
    return calendars.parse(given) if calendars.recognise(text) else plans.parse(given)


PARSERS: dict[SourceKind, Callable[[Given], Parsed]] = {
    SourceKind.FEED: feeds.parse,
    SourceKind.CALENDAR: _calendar_or_plan,
    SourceKind.PAGE: lists.parse,
    SourceKind.SITEMAP: sitemaps.parse,
    SourceKind.VK: communities.parse,
}

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_CALENDAR_TYPES = ("text/calendar",)
_FEED_WORDS = re.compile(r"/(?:rss|feed|atom)(?:[/.?]|$)|rss\.xml|feed\.xml", re.IGNORECASE)
MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Guess:
    """What a body is, and where it says that something better lies."""

    kind: SourceKind | None
    announced: tuple[str, ...] = ()
    """Addresses of feeds and calendars that the page names, the likeliest first."""


def parse_kind(kind: SourceKind, given: Given) -> Parsed:
    return PARSERS[kind](given)


def is_index(body: bytes) -> bool:
    """Whether a sitemap lists further sitemaps."""
    return sitemaps.is_index(body)


def parse_article(given: Given) -> Parsed:
    return articles.parse(given)


def guess(given: Given) -> Guess:
    """The kind of a body by what stands in it, never by what the server calls it. Raises ParseError for none."""
    text = decode(given.body, given.content_type)
    for kind, recognise in (
        (SourceKind.CALENDAR, calendars.recognise),
        (SourceKind.SITEMAP, sitemaps.recognise),
        (SourceKind.FEED, feeds.recognise),
    ):
        if recognise(text):
            return Guess(kind)
    if "<" not in text[:3000]:
        if plans.recognise(text):
            return Guess(SourceKind.CALENDAR)
        raise ParseError("is neither a feed, a calendar, a plan nor a page")
    return Guess(SourceKind.PAGE, _announced(text, given.url))


def _announced(text: str, base: str) -> tuple[str, ...]:
    tree = LexborHTMLParser(text[:1_000_000])
    links = tree.css("link[rel~=alternate][href]")
    stated = [node for kind in (*_FEED_TYPES, *_CALENDAR_TYPES) for node in links if _type(node.attributes) == kind]
    spoken = [node for node in tree.css("a[href]")[:2000] if _FEED_WORDS.search(node.attributes.get("href") or "")]
    found = (_join(base, node.attributes.get("href") or "") for node in (*stated, *spoken))
    return tuple(dict.fromkeys(url for url in found if url))[:MOST_CANDIDATES]


def _type(attributes: dict[str, str | None]) -> str:
    return (attributes.get("type") or "").split(";")[0].strip().lower()


def _join(base: str, href: str) -> str:
    try:
        url = urljoin(base, href.strip())
    except ValueError:
        return ""
    return url if is_address(url) else ""
