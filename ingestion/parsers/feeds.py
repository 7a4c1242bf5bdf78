"""RSS of every age, RDF and Atom, by feedparser; JSON Feed by ourselves. Always from bytes that we decoded."""

import io
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

import feedparser

from domain.sources import Entry
from ingestion.parsers.charsets import as_utf8_xml, decode
from ingestion.parsers.given import MOST_ENTRIES, Given, Parsed, ParseError, is_address
from ingestion.parsers.plain_text import one_line, plain_text, with_headline
from ingestion.parsers.stated_dates import read_date

_XML_FEED = re.compile(r"<(?:\w+:)?(?:rss|rdf|feed|channel)\b", re.IGNORECASE)
_DATES = ("published", "created", "updated", "date", "dc_date", "issued", "modified")
_FULL_TEXT = ("yandex_full-text", "yandex_fulltext", "full-text")
_HEADERS = {"content-type": "application/xml; charset=utf-8"}


def recognise(text: str) -> bool:
    return bool(_XML_FEED.search(text[:3000])) or ('"version"' in text[:2000] and "jsonfeed.org" in text[:2000])


def parse(given: Given) -> Parsed:
    """Raises ParseError for what is no feed."""
    text = decode(given.body, given.content_type)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _json_feed(text, given)
    if not recognise(text):
        raise ParseError("is no feed")
    feed = _read(as_utf8_xml(text))
    if feed.get("bozo") and not feed.entries and not feed.feed:
        raise ParseError("is no feed that can be read")
    entries = [_entry(item, given) for item in feed.entries[:MOST_ENTRIES]]
    return Parsed(one_line(feed.feed.get("title")), tuple(entry for entry in entries if entry))


def _read(document: bytes) -> Any:
    try:
        # A stream, never a string or bytes: those feedparser would try to open as a file or an address.
        return feedparser.parse(io.BytesIO(document), response_headers=_HEADERS, sanitize_html=False)
    except Exception as error:  # noqa: BLE001  where tags are entangled it trips over itself in many ways
        raise ParseError(f"is no feed that can be read: {type(error).__name__}") from None


def _entry(item: Mapping[str, Any], given: Given) -> Entry | None:
    title = one_line(item.get("title"))
    text = with_headline(title, max(_bodies(item), key=len, default=""))
    url = _address(item.get("link"), given)
    identity = item.get("id") or url or (f"{title}|{item.get('published', '')}" if title else "")
    if not text or not identity:
        return None
    moments = (read_date(str(item.get(name) or ""), given.zone, given.now) for name in _DATES)
    return Entry(str(identity), text, title or None, url, next(filter(None, moments), None))


def _bodies(item: Mapping[str, Any]) -> list[str]:
    parts = [item.get(name) for name in _FULL_TEXT]
    parts += [content.get("value") for content in item.get("content") or ()]
    parts.append(item.get("summary"))
    return [plain_text(part) for part in parts if isinstance(part, str)]


def _json_feed(text: str, given: Given) -> Parsed:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        raise ParseError("is no JSON") from None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ParseError("is no JSON Feed")
    entries = [_json_entry(item, given) for item in feed["items"][:MOST_ENTRIES] if isinstance(item, dict)]
    return Parsed(one_line(_text(feed, "title")), tuple(entry for entry in entries if entry))


def _json_entry(item: dict[str, Any], given: Given) -> Entry | None:
    title = one_line(_text(item, "title"))
    body = _text(item, "content_text") or plain_text(_text(item, "content_html")) or plain_text(_text(item, "summary"))
    text = with_headline(title, body.strip())
    url = _address(_text(item, "url") or _text(item, "external_url"), given)
    identity = str(item["id"]) if isinstance(item.get("id"), str | int) else url
    if not text or not identity:
        return None
    stated = _text(item, "date_published") or _text(item, "date_modified")
    return Entry(identity, text, title or None, url, read_date(stated, given.zone, given.now))


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _address(link: object, given: Given) -> str | None:
    try:
        url = urljoin(given.url, str(link).strip()) if link else ""
    except ValueError:
        return None
    return url[:2000] if is_address(url) else None
