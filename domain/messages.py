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
    """A picture with the text: the key under which the messenger holds it, or its address on the web."""
    ask_location: str | None = None
    """Label of a button below the input field by which the person sends where they are."""
    silent: bool = False
    preview: bool = False
    """Whether a link in the text may unfold."""

    @property
    def is_caption(self) -> bool:
        """Whether the text is sent as the caption of the photo.

        A picture on the web unfolds above a text of any length; one that the messenger holds cannot stand with a text
        longer than captions may be.
        """
        return self.photo is not None and not is_on_the_web(self.photo) and length(self.text) <= LONGEST_CAPTION


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    content: bytes
    caption: str = ""


def is_on_the_web(photo: str | None) -> bool:
    """Whether a photo is an address, not a key of the messenger's."""
    return photo is not None and photo.lower().startswith(("https://", "http://"))


def plain(text: str) -> str:
    """What is read of a Message's HTML: without tags, with entities resolved."""
    return html.unescape(_TAG.sub("", text))


def shortened(text: str, most: int) -> str:
    """At most so many characters, cut between words, with an ellipsis where something is missing."""
    if len(text) <= most:
        return text
    head = text[:most]
    between = max(head.rfind(" "), head.rfind("\n"))
    return head[: between if between > most // 2 else most - 1].rstrip(" \n,;:—–-") + "…"


def length(text: str) -> int:
    """UTF-16 units of what is read of a Message's HTML: how messengers count."""
    return len(plain(text).encode("utf-16-le")) // 2
