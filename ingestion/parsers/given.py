"""What every parser is given, and what it gives back: bytes in, entries out. None is ever given a path or fetches."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from domain.sources import Entry

MOST_ENTRIES = 5_000
LONGEST_ADDRESS = 2_000
_UNWRITTEN = re.compile(r"[\s\x00-\x1f\x7f\"<>]")
"""Signs that stand in no address."""


class ParseError(ValueError):
    """What an operator reads about a body that is not what it should be."""


@dataclass(frozen=True, slots=True)
class Given:
    """One body with all that a parser may know about it."""

    url: str
    body: bytes
    content_type: str
    zone: str
    """IANA name: of times that name no zone."""
    now: datetime
    settings: dict[str, str] = field(default_factory=dict)
    """Rules of this source: data, not code."""


@dataclass(frozen=True, slots=True)
class Link:
    """An article that has to be fetched before it can be read."""

    url: str
    title: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    title: str = ""
    """Name of the publisher."""
    entries: tuple[Entry, ...] = ()
    links: tuple[Link, ...] = ()
    """Newest first, as the page lists them."""
    complete: bool = False
    """Lists all there is: what is ahead and no longer here has vanished."""


def address(link: object, given: Given) -> str | None:
    """The address that a link leads to from where it stands; None where nobody may be sent there."""
    try:
        url = urljoin(given.url, str(link).strip()).replace(" ", "%20") if link else ""
    except ValueError:
        return None
    return url if len(url) <= LONGEST_ADDRESS and is_address(url) else None  # cut, it would lead elsewhere


def is_address(url: str) -> bool:
    """Whether a person may be sent there."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    said = parts.scheme in ("http", "https") and bool(parts.hostname)
    return said and "@" not in parts.netloc and not _UNWRITTEN.search(url)  # «gov.ru@elsewhere» leads elsewhere
