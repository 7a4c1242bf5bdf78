"""What happens to a chat itself: it blocks us or lets us in again, takes us in, becomes a supergroup."""

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import IS_MEMBER, IS_NOT_MEMBER, JOIN_TRANSITION, ChatMemberUpdatedFilter
from aiogram.types import ChatMemberUpdated, Message

from handlers.screens import send
from presenters.language.words import Words
from presenters.people.onboarding import greet_group
from storage.engine import Database
from storage.people import subscribers

_IN_GROUP = F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})


def router() -> Router:
    router = Router(name="membership")
    router.my_chat_member.register(left, ChatMemberUpdatedFilter(IS_NOT_MEMBER))
    router.my_chat_member.register(taken_in, _IN_GROUP, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    router.my_chat_member.register(let_in_again, ChatMemberUpdatedFilter(IS_MEMBER))
    router.message.register(became_supergroup, F.migrate_to_chat_id)
    return router


async def left(event: ChatMemberUpdated, database: Database, now: datetime) -> None:
    async with database.begin() as connection:
        await subscribers.block(connection, event.chat.id, event.new_chat_member.status, now)


async def let_in_again(event: ChatMemberUpdated, database: Database) -> None:
    async with database.begin() as connection:
        await subscribers.unblock(connection, event.chat.id)


async def taken_in(event: ChatMemberUpdated, database: Database, words: Words) -> None:
    await let_in_again(event, database)
    await send(event, greet_group(words))


async def became_supergroup(message: Message, database: Database) -> None:
    if message.migrate_to_chat_id:
        async with database.begin() as connection:
            await subscribers.move(connection, message.chat.id, message.migrate_to_chat_id)
