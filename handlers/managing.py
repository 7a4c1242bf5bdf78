"""In a group its subscriptions are the group's: administrators of the group set them, other members do not."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, Chat, Message, TelegramObject

from handlers.screens import toast
from presenters.apologies import for_administrators
from presenters.language.words import Words

_MANAGERS = (ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR)


class ManagersOnly(BaseMiddleware):
    """Lets pass whoever writes in a private chat or administers the group; asked of Telegram at every act."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        chat: Chat | None = data.get("event_chat")
        if chat is None or chat.type == ChatType.PRIVATE or await _manages(event, chat, data):
            return await handler(event, data)
        return await _refuse(event, data["words"])


async def _manages(event: TelegramObject, chat: Chat, data: dict[str, Any]) -> bool:
    if isinstance(event, Message) and event.sender_chat and event.sender_chat.id == chat.id:
        return True  # an administrator who hides behind the group's name
    member = await data["bot"].get_chat_member(chat.id, data["event_from_user"].id)
    return member.status in _MANAGERS


async def _refuse(event: TelegramObject, words: Words) -> None:
    if isinstance(event, CallbackQuery):
        await toast(event, for_administrators(words), alert=True)
    elif isinstance(event, Message):
        await event.reply(for_administrators(words))
