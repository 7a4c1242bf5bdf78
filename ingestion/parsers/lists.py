"""A page without a feed: its links that are news, found by a CSS rule (setting ``links``) or by themselves.

Links to articles look alike: they share a path, stand in like places one after another, are long enough to be
headlines and often have a date beside them. Menus share a path too, but their words are few.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from ingestion.parsers.charsets import decode
from ingestion.parsers.given import Given, Link, Parsed, ParseError, is_address
from ingestion.parsers.plain_text import innermost_first, one_line
from ingestion.parsers.stated_dates import read_date

MOST_LINKS = 100
MOST_LOOKED_AT = 3_000
FEWEST = 3
"""Links that look alike before they are taken for a list."""
HEADLINE = 18
"""Characters."""
MOST_AROUND = 300
"""Elements of a block around one link: were whole pages read for each link, their number would count twice."""
LARGEST = 3_000_000
_NOT_TEXT = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|jpe?g|png|gif|webp|mp[34]|avi|rtf|odt|ods)$", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+")
_DATED = re.compile(
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}\s+(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)", re.IGNORECASE
)
_PARTS = "nav, header, footer, aside, [role=navigation]"
_MORE = re.compile(r"(?:читать|подробн|далее|узнать больше|смотреть|more)\w*", re.IGNORECASE)
"""Words of a link that leads to an article without naming it."""
_NAMES = "h1, h2, h3, h4, h5, h6, [class*=title], b, strong"


@dataclass(frozen=True, slots=True)
class _Found:
    url: str
    title: str
    pattern: str
    place: str
    beside: str
    """What stands around the link: where its date is looked for."""


def parse(given: Given) -> Parsed:
    """The links of a list page in their order. Raises ParseError where none look like news."""
    tree = LexborHTMLParser(decode(given.body, given.content_type)[:LARGEST])
    name = one_line(_text(tree.css_first("title")))
    rule = given.settings.get("links")
    found = _ruled(tree, rule, given) if rule else _likeliest(tree, given)
    if not found:
        raise ParseError("holds no links that look like news; name them with a CSS rule")
    links = {one.url: Link(one.url, one.title, _date(one, given)) for one in found}
    return Parsed(name, links=tuple(links.values())[:MOST_LINKS])


def _ruled(tree: LexborHTMLParser, rule: str, given: Given) -> list[_Found]:
    try:
        nodes = tree.css(rule)[:MOST_LOOKED_AT]
    except SelectolaxError:
        raise ParseError(f"has a CSS rule that is none: {rule[:60]!r}") from None
    anchors = [node if node.tag == "a" else node.css_first("a") for node in nodes]
    return [one for node in anchors if node is not None and (one := _found(node, given))]


def _likeliest(tree: LexborHTMLParser, given: Given) -> list[_Found]:
    for part in innermost_first(tree.css(_PARTS)):
        if not _is_of_article(part):
            part.decompose()
    groups: dict[tuple[str, str], list[_Found]] = defaultdict(list)
    for node in tree.css("a[href]")[:MOST_LOOKED_AT]:
        one = _found(node, given)
        if one is not None and one.pattern != _pattern(given.url):
            groups[one.pattern, one.place].append(one)
    best = max(groups.values(), key=_score, default=[])
    return best if _score(best) > 0 else []


def _score(group: list[_Found]) -> float:
    """How much a group of links looks like a list of news: headlines, numbers in the address, dates beside."""
    headlines = {one.url for one in group if len(one.title) >= HEADLINE and " " in one.title}
    if len(headlines) < FEWEST:
        return 0.0
    dated = sum(bool(_DATED.search(one.beside)) for one in group)
    length = sum(min(len(one.title), 120) for one in group) / len(group)
    telling = 1.0 + 2.0 * dated / len(group) + (0.5 if "#" in group[0].pattern else 0.0)
    return min(len(headlines), 30) * length * telling


def _found(node: LexborNode, given: Given) -> _Found | None:
    try:
        url = _plain(urljoin(given.url, (node.attributes.get("href") or "").strip()))
    except ValueError:
        return None
    site, here = urlsplit(url).hostname, urlsplit(given.url).hostname
    if not is_address(url) or _bare(site) != _bare(here) or _NOT_TEXT.search(urlsplit(url).path) or len(url) > 1500:
        return None
    title = one_line(node.text(deep=True) or node.attributes.get("title") or "")
    if len(title) < HEADLINE and _MORE.match(title):
        title = _name_beside(node) or title
    return _Found(url, title, _pattern(url), _place(node), _beside(node))


def _is_of_article(part: LexborNode) -> bool:
    """The head of one article among several holds its headline; that of the page does not."""
    current = part.parent
    while current is not None and current.tag != "article":
        current = current.parent
    return current is not None


def _name_beside(node: LexborNode) -> str:
    """The headline in whose block a link stands that only says «подробнее»."""
    current = node.parent
    for _step in range(3):
        links = _links(current)
        if current is None or links is None or len({link.attributes["href"] for link in links}) > 1:
            break
        if found := current.css_first(_NAMES):
            return one_line(_text(found))
        current = current.parent
    return ""


def _plain(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))


def _bare(host: str | None) -> str:
    return (host or "").lower().removeprefix("www.")


def _pattern(url: str) -> str:
    """What addresses of one list have in common: the folders, with numbers as #, and the names of parameters."""
    parts = urlsplit(url)
    *folders, last = parts.path.rstrip("/").split("/")
    names = ",".join(sorted(name for name, _value in parse_qsl(parts.query)))
    kept = "#" if _NUMBER.search(last) or "-" in last or "_" in last else last if parts.query else "*"
    return _NUMBER.sub("#", "/".join(folders)) + f"/{kept}?{names}"


def _place(node: LexborNode) -> str:
    """Tags and classes of what the link stands in: alike for all links of one list."""
    steps: list[str] = []
    current: LexborNode | None = node
    while current is not None and len(steps) < 4:
        steps.append(f"{current.tag}.{(current.attributes.get('class') or '').split(' ')[0]}")
        current = current.parent
    return _NUMBER.sub("#", ">".join(steps))


def _beside(node: LexborNode) -> str:
    """The text around a link, as far as it is about this link alone."""
    text, current = "", node.parent
    for _step in range(4):
        if current is None or not _is_about_one(current):
            break
        text = _text(current)
        current = current.parent
    return text[:600]


def _is_about_one(block: LexborNode) -> bool:
    """Whether no two links in it are long enough for headlines."""
    links = _links(block)
    return links is not None and len({one.attributes["href"] for one in links if _is_headline(one)}) <= 1


def _is_headline(link: LexborNode) -> bool:
    return len(one_line(_text(link))) >= HEADLINE


def _links(block: LexborNode | None) -> list[LexborNode] | None:
    """The links of a block; None where it is larger than what stands around one of them."""
    elements = list(islice(block.traverse(), MOST_AROUND + 1)) if block is not None else []
    if len(elements) > MOST_AROUND:
        return None
    return [one for one in elements if one.tag == "a" and "href" in one.attributes]


def _date(one: _Found, given: Given) -> datetime | None:
    found = _DATED.search(one.beside)
    return read_date(one.beside[max(0, found.start() - 2) : found.end() + 20], given.zone, given.now) if found else None


def _text(node: LexborNode | None) -> str:
    return node.text(deep=True, separator=" ") or "" if node is not None else ""
