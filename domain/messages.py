"""What is said to a person, before any messenger is chosen."""

import html
import re
from dataclasses import dataclass

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""UTF-16 units of what is read, tags not counted."""
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Button:
    """One button; exactly one of ``action``, ``url``, ``share`` and ``copy`` is set."""

    label: str
    action: str | None = None
    """A packed action (presenters.actions); at most 64 bytes."""
    url: str | None = None
    share: str | None = None
    """An inline query to be sent into a chat that the person chooses."""
    copy: str | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """``text`` is HTML of the few tags every messenger knows: b, i, u, s, code, pre, a, blockquote [expandable]."""

    text: str
    buttons: Rows = ()
    photo: str | None = None
    """A file id or an https address; the text becomes its caption (at most 1024 characters)."""
    ask_location: str | None = None
    """Label of a button below the input field by which the person sends where they are."""
    silent: bool = False
    preview: bool = False
    """Whether a link in the text may unfold."""


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    content: bytes
    caption: str = ""


def plain(text: str) -> str:
    """What is read of a Message's HTML: without tags, with entities resolved."""
    return html.unescape(_TAG.sub("", text))


def length(text: str) -> int:
    """UTF-16 units of what is read of a Message's HTML: how messengers count."""
    return len(plain(text).encode("utf-16-le")) // 2
