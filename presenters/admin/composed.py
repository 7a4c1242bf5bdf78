"""A text from a file as an announcement: its headline, and HTML that every messenger takes."""

import html
from html.parser import HTMLParser

from domain.messages import LONGEST_TEXT, length

LONGEST_HEADLINE = 120
TAGS = frozenset({"b", "i", "u", "s", "code", "pre", "a", "blockquote"})
RESERVE = 64
"""UTF-16 units kept for what is put around it: a mark of urgency, that it was corrected."""


def compose(text: str) -> tuple[str, str]:
    """(headline, HTML). A short first line above more text is the headline; "" where there is none.

    Well-formed HTML of the few tags of domain.messages.Message stays, everything else is taken as plain text.
    Raises ValueError, with what is wrong, for what cannot be sent.
    """
    lines = text.replace("\r\n", "\n").strip().split("\n")
    headline, rest = "", "\n".join(lines).strip()
    if len(lines) > 1 and len(lines[0]) <= LONGEST_HEADLINE and not _is_html(lines[0], tagged=True):
        headline, rest = lines[0].strip(), "\n".join(lines[1:]).strip()
    if not rest:
        raise ValueError("there is no text in it")
    body = rest if _is_html(rest) else html.escape(rest, quote=False)
    if length(headline) + length(body) + RESERVE > LONGEST_TEXT:
        raise ValueError(f"longer than the {LONGEST_TEXT - RESERVE} characters that fit one message")
    return headline, body


def _is_html(text: str, *, tagged: bool = False) -> bool:
    """Whether it may be sent as it is; with ``tagged`` only where it holds a tag at all."""
    if "<" not in text and "&" not in text:
        return not tagged
    checker = _Checker()
    checker.feed(text)
    checker.close()
    return checker.fine and not checker.open and text.count("<") == checker.tags and (checker.tags > 0 or not tagged)


class _Checker(HTMLParser):
    """Follows the tags; anything but the allowed ones, properly nested, makes it plain text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fine = True
        self.tags = 0
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        self.open.append(tag)
        self.fine = self.fine and tag in TAGS and all(_may_be(tag, *attribute) for attribute in attrs)

    def handle_endtag(self, tag: str) -> None:
        self.tags += 1
        self.fine = self.fine and bool(self.open) and self.open.pop() == tag


def _may_be(tag: str, name: str, value: str | None) -> bool:
    if tag == "a":
        return name == "href" and (value or "").startswith(("https://", "http://", "tg://", "mailto:"))
    return tag == "blockquote" and name == "expandable"
