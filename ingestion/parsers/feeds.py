"""RSS of every age, RDF and Atom, by feedparser; JSON Feed by ourselves. Always from bytes that we decoded."""

import html
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import feedparser

from domain.sources import Entry
from ingestion.parsers.charsets import as_utf8_xml, decode
from ingestion.parsers.given import MOST_ENTRIES, Given, Parsed, ParseError, address
from ingestion.parsers.plain_text import one_line, plain_text, with_headline
from ingestion.parsers.stated_dates import read_date

_XML_FEED = re.compile(r"<(?:\w+:)?(?:rss|rdf|feed|channel)\b", re.IGNORECASE)
_DATES = ("published", "created", "updated", "date", "dc_date", "issued", "modified")
_FULL_TEXT = ("yandex_full-text", "yandex_fulltext", "full-text")
_PICTURE = re.compile(r"""<img\b[^<>]{0,500}?\bsrc\s*=\s*["'](?P<address>[^"'<>]{5,1000})""", re.IGNORECASE)
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
    return Parsed(one_line(feed.feed.get("title")), tuple(_entries(feed.entries[:MOST_ENTRIES], given)))


def _entries(items: Iterable[Mapping[str, Any]], given: Given) -> Iterator[Entry]:
    """Those that can be read: where tags are entangled, what should be a list of links may be a word."""
    for item in items:
        try:
            entry = _entry(item, given)
        except (TypeError, AttributeError, KeyError, ValueError):
            continue
        if entry:
            yield entry


def _read(document: bytes) -> Any:
    try:
        # A stream, never a string or bytes: those feedparser would try to open as a file or an address.
        return feedparser.parse(io.BytesIO(document), response_headers=_HEADERS, sanitize_html=False)
    except Exception as error:  # noqa: BLE001  where tags are entangled it trips over itself in many ways
        raise ParseError(f"is no feed that can be read: {type(error).__name__}") from None


def _entry(item: Mapping[str, Any], given: Given) -> Entry | None:
    title = one_line(item.get("title"))
    text = with_headline(title, max(_bodies(item), key=len, default=""))
    url = address(item.get("link"), given)
    identity = item.get("id") or url or (f"{title}|{item.get('published', '')}" if title else "")
    if not text or not identity:
        return None
    # Asked for whether it is there: where only ``published`` is, feedparser gives it for ``updated`` with a warning.
    stated = (str(item[name] or "") for name in _DATES if name in item)
    moments = (read_date(said, given.zone, given.now) for said in stated)
    published = next(filter(None, moments), None)
    return Entry(str(identity), text, title or None, url, published, photo=_photo(item, given))


def _photo(item: Mapping[str, Any], given: Given) -> str | None:
    """What is attached as a picture; else the first one in the text."""
    attached = [*(item.get("media_content") or ()), *(item.get("enclosures") or ())]
    found = [one.get("url") or one.get("href") for one in attached if _is_picture(one)]
    found += [one.get("url") for one in item.get("media_thumbnail") or ()]
    texts = [item.get("summary"), *_full_texts(item)]
    written = (_PICTURE.search(text) for text in texts if isinstance(text, str))
    found += [html.unescape(one["address"]) for one in written if one]
    return next(filter(None, (address(one, given) for one in found)), None)


def _is_picture(attached: Mapping[str, Any]) -> bool:
    return attached.get("medium") == "image" or str(attached.get("type", "")).startswith("image/")


def _bodies(item: Mapping[str, Any]) -> list[str]:
    parts = [*_full_texts(item), item.get("summary")]
    return [plain_text(part) for part in parts if isinstance(part, str)]


def _full_texts(item: Mapping[str, Any]) -> list[object]:
    return [*(item.get(name) for name in _FULL_TEXT), *(one.get("value") for one in item.get("content") or ())]


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
    url = address(_text(item, "url") or _text(item, "external_url"), given)
    identity = str(item["id"]) if isinstance(item.get("id"), str | int) else url
    if not text or not identity:
        return None
    stated = _text(item, "date_published") or _text(item, "date_modified")
    photo = address(_text(item, "image") or _text(item, "banner_image"), given)
    return Entry(identity, text, title or None, url, read_date(stated, given.zone, given.now), photo=photo)


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""
