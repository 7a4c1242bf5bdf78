"""What is no command and no answer to a question of ours is a question to us. Stands last but one."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import Message

from handlers.finding.asking import screen
from handlers.screens import send
from handlers.visit import Visit
from presenters.finding.listing import Feed, Listing, View


def router() -> Router:
    router = Router(name="search")
    own_words = F.text & ~F.text.startswith("/")
    router.message.register(search, F.chat.type == ChatType.PRIVATE, own_words)
    return router


async def search(message: Message, visit: Visit) -> None:
    await send(message, await screen(visit, Listing(View.LIST, Feed.SEARCH), message.text or ""))
