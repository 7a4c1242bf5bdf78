"""A small bot with one of everything that the chat page must show."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot, Dispatcher, F
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)

from sandbox.server import Sandbox

CARD = (
    "<b>V форум ТОС</b>\n<i>вт 15 декабря</i>\n<tg-spoiler>сюрприз</tg-spoiler>\n"
    "<blockquote expandable>раз\nдва\nтри\nчетыре\nпять</blockquote>\n"
    '<a href="https://example.org/">сайт</a> и <a href="https://t.me/glashatai_bot?start=e_12">карточка</a>'
)
EVIL = "<img src=x onerror=alert(1)> &lt;script&gt;"


def keys(*rows: dict[str, str]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=text, callback_data=data) for text, data in row.items()] for row in rows
        ]
    )


def dispatcher() -> Dispatcher:
    dispatch = Dispatcher()

    @dispatch.message(F.text.startswith("/start"))
    async def start(message: Message) -> None:
        words = f"Здравствуйте! {message.text}"
        await message.answer(
            words, reply_markup=keys({"Шаг": "step", "Тост": "toast", "Тревога": "alert"}, {"Убрать": "remove"})
        )

    @dispatch.message(F.text == "карточка")
    async def card(message: Message) -> None:
        await message.answer(CARD, parse_mode="HTML")

    @dispatch.message(F.text == "зло")
    async def evil(message: Message) -> None:
        await message.answer(EVIL)

    @dispatch.message(F.text == "где я")
    async def where(message: Message) -> None:
        button = KeyboardButton(text="📍 Показать", request_location=True)
        await message.answer("Нажмите", reply_markup=ReplyKeyboardMarkup(keyboard=[[button]], one_time_keyboard=True))

    @dispatch.message(F.text == "файл")
    async def file(message: Message) -> None:
        await message.answer_document(BufferedInputFile(b"BEGIN:VCALENDAR", "forum.ics"))

    @dispatch.message(F.location)
    async def place(message: Message) -> None:
        assert message.location is not None
        await message.answer(f"широта {message.location.latitude}")

    @dispatch.message(F.photo | F.document)
    async def got(message: Message) -> None:
        await message.answer("получено: " + ("фото" if message.photo else "файл"))

    _presses(dispatch)
    return dispatch


def _presses(dispatch: Dispatcher) -> None:
    @dispatch.callback_query(F.message.as_("message"))
    async def press(query: CallbackQuery, message: Message) -> None:
        if query.data == "step":
            await message.edit_text("Второй шаг", reply_markup=keys({"Убрать": "remove"}))
            await query.answer()
        elif query.data == "remove":
            await message.delete()
            await query.answer()
        else:
            await query.answer("Записано", show_alert=query.data == "alert")

    @dispatch.inline_query()
    async def inline(query: InlineQuery) -> None:
        content = InputTextMessageContent(message_text=f"<b>{query.query}</b>", parse_mode="HTML")
        title = f"Нашлось: {query.query}"
        await query.answer([InlineQueryResultArticle(id="1", title=title, input_message_content=content)])


@asynccontextmanager
async def talking(sandbox: Sandbox, bot: Bot) -> AsyncIterator[None]:
    """The bot polls as long as this lasts."""
    dispatch = dispatcher()
    polling = asyncio.create_task(dispatch.start_polling(bot, handle_signals=False, close_bot_session=False))
    await sandbox.polled()
    yield
    await dispatch.stop_polling()
    await polling
