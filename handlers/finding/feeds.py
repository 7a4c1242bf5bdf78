"""/news, /events, /deadlines and /search: what concerns the reader's place, or what the command's words ask."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from handlers.finding.asking import screen
from handlers.screens import send
from handlers.visit import Visit
from presenters.finding.asking import how_to_search
from presenters.finding.listing import Feed, Listing, View

_FEEDS = {"news": Feed.NEWS, "events": Feed.EVENTS, "deadlines": Feed.DEADLINES, "search": Feed.SEARCH}


def router() -> Router:
    router = Router(name="feeds")
    router.message.register(show_feed, Command(*_FEEDS))
    return router


async def show_feed(message: Message, command: CommandObject, visit: Visit) -> None:
    typed = (command.args or "").strip()
    feed = _FEEDS[command.command]
    if feed is Feed.SEARCH and not typed:
        await send(message, how_to_search(visit.words))
    else:
        await send(message, await screen(visit, Listing(View.LIST, feed), typed))
