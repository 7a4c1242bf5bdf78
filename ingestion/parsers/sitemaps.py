"""Sitemaps and sitemap indexes: addresses with the day of their last change, newest first."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from lxml import etree

from ingestion.parsers.charsets import as_utf8_xml, decode
from ingestion.parsers.given import Given, Link, Parsed, ParseError, is_address
from ingestion.parsers.stated_dates import read_date

MOST_LINKS = 100
RECENT = timedelta(days=90)
"""What was not changed for longer is no news; a sitemap lists every page the site ever had."""
_ROOT = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
_OLD = datetime.min.replace(tzinfo=UTC)


def recognise(text: str) -> bool:
    return bool(_ROOT.search(text[:3000]))


def parse(given: Given) -> Parsed:
    """Pages, or further sitemaps where it is an index. ``match`` of the settings: a part the addresses must hold."""
    text = decode(given.body, given.content_type)
    if not recognise(text):
        raise ParseError("is no sitemap")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False)
    root = etree.fromstring(as_utf8_xml(text), parser)
    if root is None:
        raise ParseError("is a broken sitemap")
    wanted = given.settings.get("match", "")
    oldest = given.now - RECENT
    links = [link for link in _links(root, given) if wanted in link.url and (link.published_at or oldest) >= oldest]
    links.sort(key=lambda link: link.published_at or _OLD, reverse=True)
    return Parsed(links=tuple(links[:MOST_LINKS]))


def _links(root: etree._Element, given: Given) -> Iterator[Link]:
    for node in root.iterchildren():
        values = {_name(child): (child.text or "").strip() for child in node.iterchildren()}
        url = values.get("loc", "")
        if is_address(url):
            news = {_name(child): (child.text or "").strip() for child in node.iter()}
            stated = news.get("publication_date") or values.get("lastmod", "")
            yield Link(url[:1500], news.get("title", ""), read_date(stated, given.zone, given.now))


def is_index(body: bytes) -> bool:
    return b"<sitemapindex" in body[:3000]


def _name(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""
