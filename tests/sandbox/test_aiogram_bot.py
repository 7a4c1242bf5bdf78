"""aiogram as the client: what a bot of this project relies on."""

import asyncio

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from sandbox.server import Sandbox


async def test_a_conversation_goes_both_ways(sandbox: Sandbox, bot: Bot) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def ask(message: Message) -> None:
        keyboard = [[InlineKeyboardButton(text="✅ Да", callback_data="yes")]]
        markup = InlineKeyboardMarkup(inline_keyboard=keyboard)
        await message.answer("<b>Саяногорск</b>, верно?", parse_mode="HTML", reply_markup=markup)

    @dispatcher.callback_query()
    async def thank(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("Спасибо")
        await query.answer("Записано")

    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False))
    ann = sandbox.person("Анна Петрова")
    await ann.start()
    question = await ann.expects("верно?")
    assert question.html == "<b>Саяногорск</b>, верно?"
    assert question.labels == ["✅ Да"]
    await ann.press("Да")
    assert await ann.answer() == "Записано"
    assert (await ann.expects("Спасибо")).edited
    await dispatcher.stop_polling()
    await polling


async def test_blocked_bot_is_refused_until_it_is_unblocked(sandbox: Sandbox, bot: Bot) -> None:
    ann = sandbox.person("Анна")
    await ann.start()
    ann.block()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(ann.id, "слышно?")
    ann.unblock()
    await bot.send_message(ann.id, "слышно?")
    assert ann.screen().last.text == "слышно?"


async def test_person_who_never_wrote_is_not_found(sandbox: Sandbox, bot: Bot) -> None:
    stranger = sandbox.person("Незнакомец")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(stranger.id, "здравствуйте")
