"""One way to answer: a screen is edited in place where a button asked for it, and sent anew otherwise."""

from contextlib import suppress
from dataclasses import replace

from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    ChatMemberUpdated,
    CopyTextButton,
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from aiogram.types import Message as TelegramMessage

from domain.messages import Document, Message, Rows, is_on_the_web

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None
UNCHANGED = "message is not modified"
# Deleted by the person, or too old: the screen is sent anew.
GONE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")
STALE = ("query is too old", "query ID is invalid")


async def show(event: TelegramMessage | CallbackQuery, screen: Message) -> TelegramMessage | None:
    """Gives the screen as the answer to a message or a pressed button; returns the message that shows it."""
    if isinstance(event, TelegramMessage):
        return await send(event, screen)
    await acknowledge(event)
    shown = event.message
    if shown is None:
        return None
    if not isinstance(shown, TelegramMessage) or screen.ask_location or (shown.photo and not screen.is_caption):
        return await send(shown, screen)
    try:
        if not shown.photo and await _add_photo(shown, screen):
            return shown
        await edit(shown, screen if shown.photo or not screen.is_caption else replace(screen, photo=None))
    except TelegramBadRequest as error:
        if any(words in error.message for words in GONE):
            return await send(shown, screen)
        if UNCHANGED not in error.message:
            raise
    return shown


async def _add_photo(shown: TelegramMessage, screen: Message) -> bool:
    """Makes a text one with a photo; False where it has none, or the photo is refused and leaves the words."""
    if not screen.is_caption or screen.photo is None:
        return False
    media = InputMediaPhoto(media=screen.photo, caption=screen.text, parse_mode=ParseMode.HTML)
    try:
        await shown.edit_media(media, reply_markup=inline_keyboard(screen.buttons))
    except TelegramBadRequest:
        return False
    return True


async def acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool | None = None) -> None:
    """Ends the waiting of a pressed button. One that waited longer than Telegram remembers is served all the same."""
    try:
        await query.answer(text, show_alert=alert)
    except TelegramBadRequest as error:
        if not any(words in error.message for words in STALE):
            raise


async def send(beside: TelegramMessage | InaccessibleMessage | ChatMemberUpdated, screen: Message) -> TelegramMessage:
    """A new message in the same chat and forum topic."""
    markup = location_keyboard(screen.ask_location) if screen.ask_location else inline_keyboard(screen.buttons)
    if screen.photo and not is_on_the_web(screen.photo):
        caption, beneath = (screen.text, markup) if screen.is_caption else (None, None)
        with suppress(TelegramBadRequest):  # refused, it leaves the words
            sent = await beside.answer_photo(
                screen.photo, caption=caption, parse_mode=ParseMode.HTML, reply_markup=beneath
            )
            if screen.is_caption:
                return sent
    return await beside.answer(
        screen.text,
        parse_mode=ParseMode.HTML,
        reply_markup=markup,
        disable_notification=screen.silent or None,
        link_preview_options=preview_of(screen),
    )


async def edit(shown: TelegramMessage, screen: Message) -> None:
    markup = inline_keyboard(screen.buttons)
    if screen.is_caption:
        await shown.edit_caption(caption=screen.text, parse_mode=ParseMode.HTML, reply_markup=markup)
        return
    await shown.edit_text(
        screen.text,
        parse_mode=ParseMode.HTML,
        reply_markup=markup,
        link_preview_options=preview_of(screen),
    )


def preview_of(screen: Message) -> LinkPreviewOptions:
    """A picture on the web unfolds above the text."""
    if is_on_the_web(screen.photo):
        return LinkPreviewOptions(url=screen.photo, prefer_large_media=True, show_above_text=True)
    return LinkPreviewOptions(is_disabled=not screen.preview)


def needs_own_photo(shown: TelegramMessage | InaccessibleMessage, screen: Message) -> bool:
    """Whether the screen shows another picture than the message, so that editing would not bring it."""
    has_photo = isinstance(shown, TelegramMessage) and bool(shown.photo)
    wants = screen.photo is not None and not is_on_the_web(screen.photo)
    return has_photo != wants or (wants and not screen.is_caption)


async def take_buttons_away(query: CallbackQuery) -> None:
    """From a screen that has had its answer; its words stay."""
    if isinstance(query.message, TelegramMessage):
        try:
            await query.message.edit_reply_markup()
        except TelegramBadRequest as error:
            if not any(words in error.message for words in (*GONE, UNCHANGED)):
                raise


async def edit_earlier(beside: TelegramMessage, number: int, screen: Message) -> None:
    """Edits a message of ours in the same chat that is known by its number."""
    await edit(TelegramMessage(message_id=number, date=beside.date, chat=beside.chat).as_(beside.bot), screen)


async def put_away_keyboard(beside: TelegramMessage, text: str) -> None:
    """A line that takes the keyboard below the input field away: a message cannot do that and carry buttons."""
    await beside.answer(text, reply_markup=ReplyKeyboardRemove())


async def hand_over(event: TelegramMessage, document: Document) -> None:
    """A file as the answer."""
    file = BufferedInputFile(document.content, document.name)
    await event.answer_document(file, caption=document.caption or None)


async def toast(query: CallbackQuery, text: str, *, alert: bool = False) -> None:
    """A short word over the chat (at most 200 characters); as a window to be closed where it must be read."""
    await acknowledge(query, text[:200], alert=alert)


def inline_keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(
                    text=button.label,
                    callback_data=button.action,
                    url=button.url,
                    switch_inline_query=button.share,
                    copy_text=CopyTextButton(text=button.copy) if button.copy else None,
                )
                for button in row
            ]
            for row in rows
        ]
    )


def location_keyboard(label: str) -> ReplyKeyboardMarkup:
    button = KeyboardButton(text=label, request_location=True)
    return ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True)
