"""/privacy and /delete_me: people see what is kept about them, and end it."""

import json

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, Update

from domain.messages import Document
from handlers.pressed import Pressed
from handlers.screens import acknowledge, hand_over, show
from handlers.visit import Visit
from presenters.people import privacy as screens
from presenters.people.privacy import AskDeletion, DeleteMe, ExportMine
from storage.people import privacy, subscribers

Event = Message | CallbackQuery


def router() -> Router:
    router = Router(name="privacy")
    router.message.filter(F.chat.type == ChatType.PRIVATE)
    router.callback_query.filter(F.message.chat.type == ChatType.PRIVATE)
    router.message.register(show_privacy, Command("privacy"))
    router.message.register(ask_deletion, Command("delete_me"))
    router.callback_query.register(ask_deletion, Pressed(AskDeletion))
    router.callback_query.register(delete_me, Pressed(DeleteMe))
    router.callback_query.register(export, Pressed(ExportMine))
    return router


async def show_privacy(message: Message, visit: Visit) -> None:
    async with visit.database.read() as connection:
        version, since = await subscribers.agreed(connection, visit.subscriber.id)
    agreed_on = since.date() if since else None
    await show(message, screens.privacy(visit.words, visit.subscriber.chat_id, version, agreed_on))


async def ask_deletion(event: Event, visit: Visit) -> None:
    await show(event, screens.ask_deletion(visit.words))


async def delete_me(query: CallbackQuery, event_update: Update, state: FSMContext, visit: Visit) -> None:
    await state.clear()
    async with visit.database.begin() as connection:
        erased = await privacy.forget(connection, query.from_user.id, now=visit.now, handling=event_update.update_id)
    await show(query, screens.deleted(visit.words, erased))


async def export(query: CallbackQuery, visit: Visit) -> None:
    async with visit.database.read() as connection:
        found = await privacy.disclose(connection, query.from_user.id)
    content = json.dumps(found, ensure_ascii=False, indent=2, default=str).encode()
    await acknowledge(query)
    if isinstance(query.message, Message):
        await hand_over(query.message, Document("glashatai.json", content, screens.own_data_caption(visit.words)))
