"""What every handler is given before it begins: who asks, what they may do, in which words, and when it is."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import Chat, TelegramObject, Update, User

from domain.roles import Grant
from domain.subscribers import ChatKind, Subscriber
from handlers.visit import Visit
from presenters.language.words import LANGUAGES, words_for
from storage.engine import Connection, Database
from storage.people import roles, subscribers

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

_KINDS = {
    ChatType.PRIVATE: ChatKind.PRIVATE,
    ChatType.GROUP: ChatKind.GROUP,
    ChatType.SUPERGROUP: ChatKind.GROUP,
}
_INSIDE = (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR)


class Acquaintance(BaseMiddleware):
    """Supplies ``now``, ``subscriber``, ``grants`` and ``words``, from the database; ``visit`` holds all.

    A subscriber is made at first contact in a private chat or group, with the language of the person's client.
    ``subscriber`` is None in channels, and where somebody unknown asks inline or only joins or leaves.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime], language: str, time_zone: str) -> None:
        self._database = database
        self._clock = clock
        self._language = language
        self._time_zone = time_zone

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        data["now"] = now = self._clock()
        subscriber, data["grants"] = await self._known(user, chat, data.get("event_thread_id") or 0)
        if chat and user and self._is_new(subscriber) and isinstance(event, Update) and _speaks(event):
            subscriber = await self._meet(user, chat, data.get("event_thread_id") or 0, now)
        data["subscriber"] = subscriber
        data["words"] = words = words_for(subscriber.language if subscriber else self.language_of(user))
        if subscriber is not None:
            data["visit"] = Visit(subscriber, data["grants"], words, now, data["gazetteer"], self._database)
        return await handler(event, data)

    def language_of(self, user: User | None) -> str:
        """The language of the person's Telegram where we speak it."""
        code = (user.language_code or "") if user else ""
        return code[:2] if code[:2] in LANGUAGES else self._language

    async def _known(
        self, user: User | None, chat: Chat | None, thread: int
    ) -> tuple[Subscriber | None, tuple[Grant, ...]]:
        async with self._database.read() as connection:
            grants = await roles.of_user(connection, user.id) if user else ()
            return await _subscriber(connection, user, chat, thread), grants

    def _is_new(self, subscriber: Subscriber | None) -> bool:
        return subscriber is None or subscriber.blocked_at is not None

    async def _meet(self, user: User, chat: Chat, thread: int, now: datetime) -> Subscriber | None:
        kind = _KINDS.get(ChatType(chat.type))
        if kind is None:
            return None
        async with self._database.begin() as connection:
            return await subscribers.ensure(
                connection,
                chat_id=chat.id,
                thread_id=thread,
                kind=kind,
                language=self.language_of(user),
                time_zone=self._time_zone,
                now=now,
            )


async def _subscriber(connection: Connection, user: User | None, chat: Chat | None, thread: int) -> Subscriber | None:
    if chat is not None:
        return await subscribers.by_chat(connection, chat.id, thread)
    return await subscribers.by_chat(connection, user.id) if user else None


def _speaks(update: Update) -> bool:
    """Whether the update is an act towards us; who blocks us did not ask to be known."""
    joined = update.my_chat_member
    taken_in = joined is not None and joined.chat.type != ChatType.PRIVATE and joined.new_chat_member.status in _INSIDE
    spoken = update.message is not None and update.message.migrate_from_chat_id is None
    return spoken or update.callback_query is not None or taken_in


class Interruption(BaseMiddleware):
    """A command in the middle of a dialogue leaves the dialogue: nobody is held in a question they forgot."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        message = event.message if isinstance(event, Update) else None
        text = (message.text or "") if message else ""
        if data.get("raw_state") and text.startswith("/") and not text.startswith("/cancel"):
            await data["state"].clear()
            data["raw_state"] = None
        return await handler(event, data)
