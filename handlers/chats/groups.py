"""In a group, forum topics too, we speak when spoken to: a mention or an answer to a message of ours is a question."""

import re

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import Message

from handlers.finding.asking import screen
from handlers.screens import send
from handlers.visit import Visit
from presenters.finding.asking import how_to_search
from presenters.finding.listing import Feed, Listing, View
from presenters.help import in_private_only

PRIVATE = ("suggest", "announce", "admin")
"""Commands about what is a person's own."""


def router() -> Router:
    router = Router(name="groups")
    in_group = F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})
    router.message.register(lead_home, in_group, Command(*PRIVATE))
    router.message.register(answer, in_group, F.text & ~F.text.startswith("/"), addressed)
    return router


async def lead_home(message: Message, bot: Bot, visit: Visit) -> None:
    await send(message, in_private_only(visit.words, (await bot.me()).username or ""))


async def addressed(message: Message, bot: Bot) -> bool | dict[str, str]:
    """Hands on the words without the mention."""
    me = await bot.me()
    mention = re.compile(rf"@{me.username}\b", re.IGNORECASE)
    text = message.text or ""
    replied = message.reply_to_message
    ours = replied is not None and replied.from_user is not None and replied.from_user.id == me.id
    if not ours and not mention.search(text):
        return False
    return {"typed": " ".join(mention.sub(" ", text).split())}


async def answer(message: Message, typed: str, visit: Visit) -> None:
    if typed:
        await send(message, await screen(visit, Listing(View.LIST, Feed.SEARCH), typed))
    else:
        await send(message, how_to_search(visit.words))
