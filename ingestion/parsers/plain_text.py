"""HTML to plain text: what people would read, line by line, with nothing that a browser would run."""

import html
import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

_UNSEEN = "script, style, noscript, template, iframe, object, svg, form, button, select, head > title"
_BREAKS = re.compile(
    r"<(?:br|/?(?:p|div|li|tr|h[1-6]|ul|ol|table|blockquote|section|article|header|footer|dt|dd|figcaption|hr))\b",
    re.IGNORECASE,
)
_CELLS = re.compile(r"<td\b|<th\b", re.IGNORECASE)
_TAGS = re.compile(r"<[a-zA-Z/!?]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,20});")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\0"))
LARGEST = 2_000_000


def plain_text(markup: str | None) -> str:
    """The words of a piece of HTML; a text without tags passes with its entities resolved."""
    markup = (markup or "")[:LARGEST]
    if _TAGS.search(markup):
        markup = _words_of(markup)
    elif _ENTITY.search(markup):
        markup = html.unescape(markup)
        if _TAGS.search(markup):  # escaped twice, as some feeds do
            markup = _words_of(markup)
    return tidy(markup)


def tidy(text: str) -> str:
    """Without invisible characters, runs of spaces and more than one empty line."""
    text = text.translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str | None, longest: int = 500) -> str:
    """A headline: the text without tags in one line."""
    return " ".join(plain_text(text).split())[:longest]


def with_headline(title: str, text: str) -> str:
    """A text that begins with its headline, said once."""
    if not title or _folded(text).startswith(_folded(title)):
        return text or title
    return f"{title}\n{text}".strip()


def _words_of(markup: str) -> str:
    spaced = _CELLS.sub(lambda found: " " + found[0], _BREAKS.sub(lambda found: "\n" + found[0], markup))
    tree = LexborHTMLParser(spaced)
    for node in innermost_first(tree.css(_UNSEEN)):
        node.decompose()
    root = tree.body or tree.root
    return root.text(deep=True) if root is not None else ""


def innermost_first(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """Each node once, what is inside another before it: they can be taken out one by one.

    Taken out, a node frees all that is inside it; a search gives the outer before the inner, and a node that two
    selectors mean twice.
    """
    return list({node.mem_id: node for node in nodes}.values())[::-1]


def _folded(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split()[:40])
