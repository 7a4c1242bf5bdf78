"""Why an answer is an answer: who told it and when, and by which words its place was recognised."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.cards import Card, Origin
from presenters.language.dates import day
from presenters.language.words import Words

MOST_SOURCES = 4
SHARED_HOSTS = frozenset({"t.me", "vk.com", "ok.ru"})
"""Where an address does not tell who writes there."""
FALLBACK_ZONE = "Europe/Moscow"


def told_by(words: Words, gazetteer: Gazetteer, card: Card, now: datetime) -> Markup:
    lines = [_published(words, gazetteer, card, now), _sources(words, card), _recognised(words, card)]
    return Markup("\n").join(line for line in lines if line)


def _published(words: Words, gazetteer: Gazetteer, card: Card, now: datetime) -> Markup:
    codes = [code for code in card.item.territories if code in gazetteer.by_code]
    zone = ZoneInfo(gazetteer.by_code[codes[0]].time_zone if codes else FALLBACK_ZONE)
    published = card.item.published_at.astimezone(zone).date()
    return words("Published: {day}", day=day(words, published, now.astimezone(zone).date()))


def _sources(words: Words, card: Card) -> Markup:
    named = {origin.url or origin.source: _linked(words, origin) for origin in card.origins}
    listed = Markup(", ").join(list(named.values())[:MOST_SOURCES])
    if not listed:
        return Markup()
    if list(named) == [""]:
        return words("Reported by a resident")
    return (
        words("Source: {sources}", sources=listed) if len(named) == 1 else words("Sources: {sources}", sources=listed)
    )


def _linked(words: Words, origin: Origin) -> Markup:
    url = origin.url
    host = _host(url)
    named = origin.source if host in SHARED_HOSTS else ""
    title = named or host or origin.source or words.label("a resident")
    return Markup('<a href="{}">{}</a>').format(url, title) if url and _is_web(url) else Markup("{}").format(title)


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _host(url: str | None) -> str:
    return url.split("/")[2].removeprefix("www.") if url and _is_web(url) and url.count("/") > 1 else ""


def _recognised(words: Words, card: Card) -> Markup:
    """«Место узнано по словам «в Саяногорске»»."""
    told = [one for one in card.evidence if one.claim in ("place", "region") and one.words.strip()]
    if told and told[0].start < 0:
        return words("<i>Place: that of the source.</i>")
    if not told:
        return Markup()
    said = ", ".join(f"«{part}»" for part in dict.fromkeys(one.words.strip()[:60] for one in told[:3]))
    return words("<i>Place recognised by: {words}</i>", words=said)
