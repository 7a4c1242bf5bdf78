"""Feeds of a territory's news for readers and other sites: RSS 2.0, Atom and JSON Feed 1.1."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from domain.items import Item

ATOM = "http://www.w3.org/2005/Atom"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ET.register_namespace("atom", ATOM)


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    url: str
    """Its own address, absolute."""
    language: str
    items: Sequence[Item]

    @property
    def changed_at(self) -> datetime:
        """The same until there is news: feeds are compared by their bytes."""
        return max((item.published_at for item in self.items), default=datetime(1970, 1, 1, tzinfo=UTC))


def rss(feed: Feed) -> bytes:
    root = ET.Element("rss", version="2.0")
    channel = _add(root, "channel")
    for name, value in (("title", feed.title), ("link", feed.url), ("description", feed.title)):
        _add(channel, name, value)
    _add(channel, "language", feed.language)
    _add(channel, "lastBuildDate", format_datetime(feed.changed_at))
    _add(channel, f"{{{ATOM}}}link", href=feed.url, rel="self", type="application/rss+xml")
    for item in feed.items:
        entry = _add(channel, "item")
        _add(entry, "title", item.title)
        if link := address(feed, item):
            _add(entry, "link", link)
        _add(entry, "description", _summary(item))
        _add(entry, "pubDate", format_datetime(item.published_at))
        _add(entry, "guid", identity(feed, item), isPermaLink="false")
        for topic in item.topics:
            _add(entry, "category", topic)
    return _xml(root)


def atom(feed: Feed) -> bytes:
    root = ET.Element(f"{{{ATOM}}}feed")
    for name, value in (("title", feed.title), ("id", feed.url), ("updated", _stamp(feed.changed_at))):
        _add(root, f"{{{ATOM}}}{name}", value)
    _add(root, f"{{{ATOM}}}link", href=feed.url, rel="self")
    _add(_add(root, f"{{{ATOM}}}author"), f"{{{ATOM}}}name", feed.title)
    for item in feed.items:
        entry = _add(root, f"{{{ATOM}}}entry")
        _add(entry, f"{{{ATOM}}}title", item.title)
        _add(entry, f"{{{ATOM}}}id", identity(feed, item))
        if link := address(feed, item):
            _add(entry, f"{{{ATOM}}}link", href=link)
        _add(entry, f"{{{ATOM}}}published", _stamp(item.published_at))
        _add(entry, f"{{{ATOM}}}updated", _stamp(item.published_at))
        _add(entry, f"{{{ATOM}}}summary", _summary(item))
        for topic in item.topics:
            _add(entry, f"{{{ATOM}}}category", term=topic)
    return _xml(root)


def json_feed(feed: Feed) -> bytes:
    entries = [
        {
            "id": identity(feed, item),
            **({"url": link} if (link := address(feed, item)) else {}),
            "title": item.title,
            "summary": _summary(item),
            "content_text": item.text,
            "date_published": _stamp(item.published_at),
            "tags": list(item.topics),
        }
        for item in feed.items
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title, "language": feed.language}
    return json.dumps({**head, "feed_url": feed.url, "items": entries}, ensure_ascii=False).encode()


def identity(feed: Feed, item: Item) -> str:
    """The same in every feed of one installation, so that a reader of several shows the item once."""
    return f"{_base(feed)}/item/{item.id}"


def address(feed: Feed, item: Item) -> str | None:
    """Where it can be read: at its source, or on the page of its event."""
    return item.url or (f"{_base(feed)}/event/{item.event_id}" if item.event_id else None)


def _base(feed: Feed) -> str:
    return feed.url.split("/feed/")[0]


def _summary(item: Item) -> str:
    return item.summary or item.text[:500]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, {key: _NOT_IN_XML.sub("", value) for key, value in attributes.items()})
    child.text = None if text is None else _NOT_IN_XML.sub("", text)
    return child


def _xml(root: ET.Element) -> bytes:
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
