"""Walls of VK communities, as the method wall.get answers."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.sources import Entry
from ingestion.parsers.given import LONGEST_ADDRESS, Given, Parsed, ParseError, is_address
from ingestion.parsers.plain_text import one_line, tidy

AHEAD = timedelta(days=2)
"""By which clocks may differ; nothing was published later than that."""
_WHY = {
    5: "VK does not accept the service token",
    6: "VK asks for fewer requests",
    15: "VK does not show this wall to us",
    18: "the community was deleted or blocked",
    29: "VK asks for fewer requests",
    30: "the wall is closed",
    100: "VK knows no such community",
    113: "VK knows no such community",
}
"""Numbers of faults: https://dev.vk.com/reference/errors."""


def parse(given: Given) -> Parsed:
    """Raises ParseError with the reason where VK refuses."""
    try:
        answer = json.loads(given.body)
    except (ValueError, RecursionError):
        raise ParseError("VK answered what is no JSON") from None
    if not isinstance(answer, dict):
        raise ParseError("VK answered what is no object")
    error = answer.get("error")
    if isinstance(error, dict):
        code = error.get("error_code")
        raise ParseError(_WHY.get(code if isinstance(code, int) else 0, f"VK refused: error {code}"))
    response = answer.get("response")
    posts = response.get("items") if isinstance(response, dict) else None
    if not isinstance(posts, list):
        raise ParseError("VK answered without posts")
    entries = [_entry(post, given.now) for post in posts if isinstance(post, dict) and not post.get("marked_as_ads")]
    return Parsed(_name(response), tuple(entry for entry in entries if entry))


def _entry(post: dict[str, Any], now: datetime) -> Entry | None:
    owner, number = post.get("owner_id"), post.get("id")
    text = "\n\n".join(part for part in (_text(post), *(_text(copy) for copy in _copies(post))) if part)
    if not text or not isinstance(owner, int) or not isinstance(number, int):
        return None
    identity = f"wall{owner}_{number}"
    url, photos = f"https://vk.com/{identity}", (photo for one in (post, *_copies(post)) if (photo := _photo(one)))
    return Entry(identity, text, None, url, _moment(post.get("date"), now), photo=next(photos, None))


def _text(post: dict[str, Any]) -> str:
    parts = [post["text"]] if isinstance(post.get("text"), str) else []
    for attachment in _attached(post):
        link = attachment.get("link")
        if isinstance(link, dict) and isinstance(link.get("title"), str):
            parts.append(link["title"])
    return tidy("\n".join(parts))


def _photo(post: dict[str, Any]) -> str | None:
    """The first photo, in the largest of its sizes."""
    for attachment in _attached(post):
        photo = attachment.get("photo")
        sizes = _objects(photo.get("sizes")) if isinstance(photo, dict) else []
        largest = max(sizes, key=_width, default={}).get("url")
        if isinstance(largest, str) and len(largest) <= LONGEST_ADDRESS and is_address(largest):
            return largest
    return None


def _attached(post: dict[str, Any]) -> list[dict[str, Any]]:
    return _objects(post.get("attachments"))


def _objects(values: object) -> list[dict[str, Any]]:
    """The objects of a list; VK changes what it answers, and so may whoever answers in its name."""
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []


def _width(size: dict[str, Any]) -> int:
    width = size.get("width")
    return width if isinstance(width, int) else 0


def _copies(post: dict[str, Any]) -> list[dict[str, Any]]:
    return _objects(post.get("copy_history"))[:1]


def _moment(value: object, now: datetime) -> datetime | None:
    if not isinstance(value, int) or not 0 < value < 2**33:
        return None
    moment = datetime.fromtimestamp(value, UTC)
    return moment if moment <= now + AHEAD else None


def _name(response: object) -> str:
    groups = response.get("groups") if isinstance(response, dict) else None
    first = groups[0] if isinstance(groups, list) and groups else None
    return one_line(first["name"]) if isinstance(first, dict) and isinstance(first.get("name"), str) else ""
