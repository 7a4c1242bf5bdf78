"""Publishers that are polled or listened to, and what they published."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SourceKind(StrEnum):
    FEED = "feed"
    CALENDAR = "calendar"
    PAGE = "page"
    SITEMAP = "sitemap"
    VK = "vk"
    TELEGRAM = "telegram"
    IMPORT = "import"
    """Texts that came by `glashatai import`, a forwarded post or a suggestion: nothing to poll."""


class Trust(StrEnum):
    AUTO = "auto"
    """What it publishes goes out by itself."""
    REVIEW = "review"
    """A moderator looks first."""


class SourceState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Source:
    id: int
    kind: SourceKind
    url: str
    title: str
    territory: str | None
    """Home territory: the prior for what it publishes."""
    trust: Trust
    state: SourceState
    every_minutes: int | None
    """Minutes between polls; None for the installation's own interval, adapted to how often it changes."""
    settings: dict[str, str] = field(default_factory=dict)
    """CSS rules of a page, id of a community."""
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    """SHA-256 of the body that was parsed last."""
    listed: int = 0
    """How many texts it listed last."""
    seeded_at: datetime | None = None
    """When the first crawl was done; nothing that came before is broadcast."""
    last_success_at: datetime | None = None
    last_error: str | None = None
    last_change_at: datetime | None = None
    """When it last gave something new."""
    failures: int = 0
    """Polls failed in a row."""
    alarmed_at: datetime | None = None
    """When its admins were told that it fails; None once they were told that it is back."""
    next_poll_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One text as a source gives it, parsed but not yet read."""

    external_id: str
    text: str
    """Plain text, headline first where it has one."""
    title: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    """Aware; where only a day is known, noon in the source's zone."""
    occurrence: "Occurrence | None" = None
    photo: str | None = None
    """A picture: its address, or the key under which the messenger that it came through holds it."""

    @property
    def content_hash(self) -> str:
        """Changes when what people would read changes; not when only its address or its picture does."""
        return hashlib.sha256("\0".join((self.title or "", self.text, repr(self.occurrence))).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Times that the source states itself (a calendar, a plan of events): nothing has to be read out of text."""

    starts_at: datetime
    ends_at: datetime | None = None
    whole_day: bool = False
    venue: str | None = None
    link: str | None = None
    cancelled: bool = False
    repeats: bool = False
    """One more of a series that began before: found by whoever asks, news to nobody."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A publication that waits to be made an item of, with what its source adds to it."""

    id: int
    source: Source
    entry: Entry
    item_id: int | None
    """The item an earlier version of it was made into."""
    silent: bool
    fetched_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of texts that came in."""

    added: int = 0
    merged: int = 0
    """Told by another publication already: found under its item."""
    unchanged: int = 0
    updated: int = 0
    """Known publications whose text changed."""
    rejected: tuple[tuple[str, str], ...] = ()
    """(external id, reason)."""

    def __add__(self, other: "Intake") -> "Intake":
        return Intake(
            self.added + other.added,
            self.merged + other.merged,
            self.unchanged + other.unchanged,
            self.updated + other.updated,
            self.rejected + other.rejected,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """What stands behind an address: the kind of source it is, and a preview of what would come in."""

    kind: SourceKind | None
    """None where nothing was found that could be followed; then ``problem`` says why."""
    url: str
    title: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    article: Entry | None = None
    """The text of the page itself, where it holds one: it can be taken in alone."""
    problem: str = ""


Probe = Callable[[str], Awaitable[Finding]]
"""Looks at an address as a source; what the screen and the command of sources are handed."""
