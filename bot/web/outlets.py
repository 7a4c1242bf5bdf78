"""Calendars and feeds of a territory, and the page of an event."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from aiohttp import web

from bot.web.context import CONTEXT
from bot.web.replies import cached
from domain.topics import Topic
from presenters.language.places import place_title
from presenters.language.topics import topic_label
from presenters.outlets import feeds
from presenters.outlets.calendar import Entry, calendar_file
from presenters.outlets.event_page import STYLE, event_page
from presenters.outlets.feeds import Feed
from storage.content import outlets
from storage.content.outlets import Listed

MOST_EVENTS = 500
MOST_ITEMS = 50
LIVES = 300
"""Seconds that a cache may keep what changes by the hour."""
CALENDAR = "text/calendar; charset=utf-8"

_FORMATS: Mapping[str, tuple[Callable[[Feed], bytes], str]] = {
    "rss": (feeds.rss, "application/rss+xml; charset=utf-8"),
    "atom": (feeds.atom, "application/atom+xml; charset=utf-8"),
    "json": (feeds.json_feed, "application/feed+json; charset=utf-8"),
}


def routes() -> list[web.RouteDef]:
    return [
        web.get("/calendar/{code:[0-9g]{1,16}}.ics", calendar),
        web.get("/event/{id:[0-9]{1,15}}.ics", event_file),
        web.get("/event/{id:[0-9]{1,15}}", event),
        web.get("/feed/{code:[0-9g]{1,16}}.{format:rss|atom|json}", feed),
        web.get(STYLE, style),
    ]


async def calendar(request: web.Request) -> web.Response:
    """``?topic=`` leaves only what is on a topic."""
    context = request.app[CONTEXT]
    code, topic = _territory(request), _topic(request)
    async with context.database.read() as connection:
        listed = await outlets.calendar(connection, code, topic, now=context.clock(), limit=MOST_EVENTS)
    entries = [_entry(request, one) for one in listed]
    return cached(
        request, calendar_file(context.words, entries, title=_title(request, code, topic)), CALENDAR, max_age=LIVES
    )


async def feed(request: web.Request) -> web.Response:
    context = request.app[CONTEXT]
    code, topic = _territory(request), _topic(request)
    async with context.database.read() as connection:
        items = await outlets.latest_items(connection, code, topic, limit=MOST_ITEMS)
    build, kind = _FORMATS[request.match_info["format"]]
    url = context.base(request) + request.path_qs
    made = Feed(_title(request, code, topic), url, context.words.language, items)
    return cached(request, build(made), kind, max_age=LIVES)


async def event(request: web.Request) -> web.Response:
    context = request.app[CONTEXT]
    listed = await _listed(request)
    entry, place = _entry(request, listed), listed.event.territory
    title = place_title(context.words, context.gazetteer, place) if place else ""
    page = event_page(context.words, entry, listed.item.text, title, listed.item.url, context.clock())
    return cached(request, page.encode(), "text/html; charset=utf-8", max_age=LIVES)


async def event_file(request: web.Request) -> web.Response:
    """Shown to a phone it opens the calendar; ``?download`` saves it."""
    listed = await _listed(request)
    body = calendar_file(request.app[CONTEXT].words, [_entry(request, listed)])
    name = f"event-{listed.event.id}.ics" if "download" in request.query else None
    return cached(request, body, CALENDAR, max_age=LIVES, file_name=name)


async def style(request: web.Request) -> web.Response:
    return cached(request, _style(), "text/css; charset=utf-8", max_age=86_400)


@cache
def _style() -> bytes:
    return (files("bot.web") / "page.css").read_bytes()


async def _listed(request: web.Request) -> Listed:
    async with request.app[CONTEXT].database.read() as connection:
        found = await outlets.event(connection, int(request.match_info["id"]))
    if found is None:
        raise web.HTTPNotFound
    return found


def _entry(request: web.Request, listed: Listed) -> Entry:
    url = f"{request.app[CONTEXT].base(request)}/event/{listed.event.id}"
    return Entry(listed.event, listed.changed_at, listed.item.summary, url)


def _territory(request: web.Request) -> str:
    code = request.match_info["code"]
    if code not in request.app[CONTEXT].gazetteer.by_code:
        raise web.HTTPNotFound
    return code


def _topic(request: web.Request) -> Topic | None:
    name = request.query.get("topic")
    if name and name not in set(Topic):
        raise web.HTTPNotFound
    return Topic(name) if name else None


def _title(request: web.Request, code: str, topic: Topic | None) -> str:
    context = request.app[CONTEXT]
    place = place_title(context.words, context.gazetteer, code)
    return f"{place}: {topic_label(context.words, topic)}" if topic else place
