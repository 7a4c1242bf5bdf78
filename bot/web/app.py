"""The web server of the process; whoever starts it adds the webhook's route."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from aiohttp import web

from analysis.geography.gazetteer import Gazetteer
from bot.web import health, outlets
from bot.web.context import CONTEXT, Context, utc_now
from bot.web.replies import GUARDS
from presenters.language.words import words_for
from presenters.outlets.event_page import not_found_page
from storage.engine import Database

LARGEST_BODY = 1024**2
"""Bytes of a request; an update of Telegram is far smaller."""


def make_app(
    database: Database,
    gazetteer: Gazetteer,
    *,
    language: str = "ru",
    public_url: str | None = None,
    clock: Callable[[], datetime] = utc_now,
    dropped: Callable[[], int] = lambda: 0,
) -> web.Application:
    """Health, metrics, calendars, feeds and event pages.

    language: of pages and of calendars' names. public_url: base address of links; None takes the request's own.
    dropped: how many updates were not let in, for the metrics.
    """
    app = web.Application(middlewares=[_guarded], client_max_size=LARGEST_BODY)
    app[CONTEXT] = Context(database, gazetteer, words_for(language), public_url, clock, dropped)
    app.add_routes([*health.routes(), *outlets.routes()])
    return app


@web.middleware
async def _guarded(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Headers that keep a browser from running anything, and a page instead of a bare 404."""
    try:
        reply = await handler(request)
    except web.HTTPNotFound:
        page = not_found_page(request.app[CONTEXT].words)
        reply = web.Response(text=page, status=404, content_type="text/html", headers={"Cache-Control": "no-store"})
    reply.headers.update(GUARDS)
    return reply
