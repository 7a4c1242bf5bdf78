"""One article out of a page: its headline, its words and its date, without head, foot, menus and neighbours.

A site's own CSS rules (settings ``text``, ``title``, ``date``) go before the general extraction.
"""

import json
import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from domain.sources import Entry
from ingestion.parsers.charsets import decode
from ingestion.parsers.given import Given, Parsed, ParseError, address
from ingestion.parsers.plain_text import innermost_first, one_line, plain_text, tidy, with_headline
from ingestion.parsers.stated_dates import read_date

SHORTEST = 40
"""Characters; less is a headline without an article."""
LARGEST = 3_000_000
_META_DATES = (
    'meta[property="article:published_time"]',
    'meta[itemprop="datePublished"]',
    'meta[name="date"]',
    'meta[name="pubdate"]',
    'meta[name="DC.date"]',
)
_PHOTOS = (
    ('meta[property="og:image"]', "content"),
    ('meta[name="twitter:image"]', "content"),
    ("img.detail_picture", "src"),
    ('img[itemprop="image"]', "src"),
)
_SIGN = re.compile(
    r"(?<![a-z])(?:logo(?:type|tip)?|default|placeholder|no[-_]?(?:image|photo)|gerb|share)(?![a-z])[^/]*$",
    re.IGNORECASE,
)
"""In the name of a picture's file; folders are called «default» for other reasons."""
_DATE_PLACES = (
    "article time",
    "time[datetime]",
    '[itemprop="datePublished"]',
    ".news-date-time",
    ".news-date",
    ".date-news",
    ".article-date",
    ".post-date",
    ".entry-date",
    ".published",
    ".date",
    ".data",
)
_CHROME = (
    "header, footer, nav, aside, [role=navigation], .breadcrumb, .breadcrumbs, .menu, .sidebar, .share, .copyright"
)
_LATE_LINES = re.compile(
    r"^(?:©|\(c\)|copyright|карта сайта|политика конфиденциальности|версия для (?:печати|слабовидящих)|поделиться|"
    r"просмотров|все новости|возврат к списку|назад к списку|наверх|скачать|теги?:|читайте также|другие новости)",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"^(?:опубликовано|дата публикации|размещено)?:?\s*(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}\s+[а-яё]+\s+\d{4})"
    r"(?:\s*г(?:ода|\.)?)?[,\s]*(?:\d{1,2}:\d{2})?$",
    re.IGNORECASE,
)


def parse(given: Given) -> Parsed:
    """Raises ParseError where the page holds no article."""
    markup = decode(given.body, given.content_type)[:LARGEST]
    tree = LexborHTMLParser(markup)
    title = _title(tree, given)
    published = _published(tree, given)
    text = _by_rule(tree, given.settings.get("text")) or _extracted(markup) or _largest_block(tree)
    text = _without_frame(text, title)
    if len(text) < SHORTEST:
        raise ParseError("holds no article that could be found")
    published = published or read_date(_date_line(text), given.zone, given.now)
    whole, photo = with_headline(title, text), _photo(tree, given)
    return Parsed(entries=(Entry(given.url, whole, title or None, given.url, published, photo=photo),))


def _title(tree: LexborHTMLParser, given: Given) -> str:
    ruled = _by_rule(tree, given.settings.get("title"))
    if ruled:
        return one_line(ruled)
    heads = [one_line(node.text(deep=True)) for node in tree.css("h1")[:5]]
    stated = _attribute(tree, 'meta[property="og:title"]', "content")
    page = one_line(_text(tree.css_first("title")))
    # A headline in h1 is part of the page's title; the site's name in h1 is so on every page.
    for head in heads:
        if head and (head.lower() in page.lower() or head == stated):
            return head
    return one_line(stated) or next((head for head in heads if head), "") or re.split(r"\s+[|—–»:·]\s+", page)[0]


def _photo(tree: LexborHTMLParser, given: Given) -> str | None:
    """What the site itself shows of the article; the same for all of them is its sign, not a picture."""
    stated = [_attribute(tree, selector, name) for selector, name in _PHOTOS]
    found = (address(one, given) for one in stated if one and not _SIGN.search(one.partition("?")[0]))
    return next(filter(None, found), None)


def _published(tree: LexborHTMLParser, given: Given) -> Any:
    candidates = [_by_rule(tree, given.settings.get("date"))]
    candidates += [_attribute(tree, selector, "content") for selector in _META_DATES]
    candidates.append(_of_json_ld(tree))
    for selector in _DATE_PLACES:
        node = tree.css_first(selector)
        if node is not None:
            candidates += [node.attributes.get("datetime") or node.attributes.get("content") or "", _text(node)[:100]]
    moments = (read_date(candidate, given.zone, given.now) for candidate in candidates if candidate)
    return next(filter(None, moments), None)


def _of_json_ld(tree: LexborHTMLParser) -> str:
    for node in tree.css('script[type="application/ld+json"]')[:5]:
        try:
            value = json.loads(node.text(deep=True)[:100_000])
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and isinstance(value.get("datePublished"), str):
            return str(value["datePublished"])
    return ""


def _by_rule(tree: LexborHTMLParser, rule: str | None) -> str:
    if not rule:
        return ""
    try:
        found = tree.css(rule)[:20]
    except SelectolaxError:
        raise ParseError(f"has a CSS rule that is none: {rule[:60]!r}") from None
    return "\n".join(plain_text(node.html) for node in found)


def _extracted(markup: str) -> str:
    import trafilatura  # the child that parses has it; the process that only names the parser needs none of its 10 MB

    found = trafilatura.extract(
        markup, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False, with_metadata=False
    )
    return tidy(found or "")


def _largest_block(tree: LexborHTMLParser) -> str:
    """For pages that are too short or too odd for the general extraction: the block with the most words of its own."""
    for node in innermost_first(tree.css(_CHROME)):
        node.decompose()
    blocks = tree.css("article, main, td, div")[:2000]
    best = max(blocks, key=_own_words, default=tree.body)
    return plain_text(best.html) if best is not None else ""


def _own_words(node: LexborNode) -> int:
    own = sum(
        len(_text(child)) for child in node.iter(include_text=True) if child.tag in ("-text", "p", "br", "b", "span")
    )
    linked = sum(len(_text(link)) for link in node.css("a")[:50])
    return own - linked


def _without_frame(text: str, title: str) -> str:
    """Cuts what stands above the headline and below the last words of the article."""
    lines = [line for line in text.split("\n") if line.strip()]
    heads = [number for number, line in enumerate(lines[:15]) if title and " ".join(line.split()) == title]
    if heads:
        lines = lines[heads[-1] :]
    late = [number for number, line in enumerate(lines) if number > 0 and _LATE_LINES.match(line.strip())]
    if late and late[0] >= len(lines) // 3:
        lines = lines[: late[0]]
    return "\n".join(lines)


def _date_line(text: str) -> str:
    lines = [line.strip() for line in text.split("\n")]
    return next((line for line in (*lines[:4], *lines[-3:]) if _DATE_LINE.match(line)), "")


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get(name) or "") if node is not None else ""


def _text(node: LexborNode | None) -> str:
    return node.text(deep=True) or "" if node is not None else ""
