"""The card of an item or event: opened from a list or by a link; answered, put into a calendar, shared."""

import re

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, InaccessibleMessage, Message

from domain.cards import Attendance, Card
from domain.events import Answer
from domain.messages import Document
from handlers.pressed import Pressed
from handlers.screens import acknowledge, hand_over, send, show, toast
from handlers.visit import Visit
from presenters.apologies import old_button
from presenters.finding import cards as screens
from presenters.finding.cards import BackToCard, Look, TakeCalendarFile
from presenters.finding.cards import Reply as Replied
from presenters.finding.listing import OpenItem
from presenters.outlets.calendar import Entry, calendar_file
from storage.content import cards
from storage.people import attendances
from storage.people.attendances import Reply

Beside = Message | InaccessibleMessage
LINK = re.compile(r"[ei]_\d{1,15}")


def router() -> Router:
    router = Router(name="cards")
    router.message.register(open_link, CommandStart(deep_link=True, magic=F.args.regexp(LINK, mode="fullmatch")))
    router.callback_query.register(open_item, Pressed(OpenItem))
    router.callback_query.register(back, Pressed(BackToCard))
    router.callback_query.register(reply, Pressed(Replied))
    router.callback_query.register(take_calendar_file, Pressed(TakeCalendarFile))
    return router


async def open_link(message: Message, command: CommandObject, bot: Bot, visit: Visit, public_url: str | None) -> None:
    """t.me/bot?start=e_ID or i_ID."""
    kind, _, number = (command.args or "").partition("_")
    async with visit.database.read() as connection:
        found = await (cards.of_event if kind == "e" else cards.of_item)(connection, int(number))
    await _send_card(message, found, bot, visit, public_url)


async def open_item(query: CallbackQuery, act: OpenItem, bot: Bot, visit: Visit, public_url: str | None) -> None:
    """Sent below the list, which stays to go on from."""
    await acknowledge(query)
    async with visit.database.read() as connection:
        found = await cards.of_item(connection, act.item)
    if query.message is not None:
        await _send_card(query.message, found, bot, visit, public_url)


async def _send_card(beside: Beside, found: Card | None, bot: Bot, visit: Visit, public_url: str | None) -> None:
    if found is None:
        await send(beside, screens.not_there(visit.words))
        return
    look = await look_at(found, beside, bot, visit, public_url)
    await send(beside, screens.card(visit.words, visit.gazetteer, found, look))


async def look_at(found: Card, beside: Beside, bot: Bot, visit: Visit, public_url: str | None) -> Look:
    """In a group the card leads into the bot, where everybody answers for themselves."""
    opens = None
    if beside.chat.type != ChatType.PRIVATE:
        opens = f"https://t.me/{(await bot.me()).username}?start={screens.deep_link(found)}"
    attendance = Attendance()
    if found.event is not None:
        async with visit.database.read() as connection:
            attendance = await attendances.attendance(connection, found.event.id, visit.subscriber.id)
    return Look(visit.now, attendance, page_of(found, public_url), opens)


def page_of(found: Card, public_url: str | None) -> str | None:
    if public_url is None or found.event is None:
        return None
    return f"{public_url.rstrip('/')}/event/{found.event.id}"


async def back(query: CallbackQuery, act: BackToCard, bot: Bot, visit: Visit, public_url: str | None) -> None:
    async with visit.database.read() as connection:
        found = await cards.of_item(connection, act.item)
    await _show_card(query, found, bot, visit, public_url)


async def _show_card(query: CallbackQuery, found: Card | None, bot: Bot, visit: Visit, public_url: str | None) -> None:
    if found is None or not isinstance(query.message, Message):
        await toast(query, old_button(visit.words), alert=True)
        return
    look = await look_at(found, query.message, bot, visit, public_url)
    await show(query, screens.card(visit.words, visit.gazetteer, found, look))


async def reply(query: CallbackQuery, act: Replied, bot: Bot, visit: Visit, public_url: str | None) -> None:
    if query.message is None or query.message.chat.type != ChatType.PRIVATE:
        await toast(query, old_button(visit.words), alert=True)
        return
    async with visit.change() as (connection, subscriber):
        taken = await attendances.answer(connection, act.event, subscriber, act.answer, visit.now)
    await toast(query, _said(taken, act.answer, visit), alert=taken is not Reply.TAKEN)
    async with visit.database.read() as connection:
        found = await cards.of_event(connection, act.event)
    await _show_card(query, found, bot, visit, public_url)


def _said(taken: Reply, answer: Answer, visit: Visit) -> str:
    if taken is Reply.FULL:
        return screens.full(visit.words)
    return screens.closed(visit.words) if taken is Reply.CLOSED else screens.thanks(visit.words, answer)


async def take_calendar_file(query: CallbackQuery, act: TakeCalendarFile, visit: Visit, public_url: str | None) -> None:
    async with visit.database.read() as connection:
        found = await cards.of_event(connection, act.event)
    if found is None or found.event is None or not isinstance(query.message, Message):
        await toast(query, old_button(visit.words), alert=True)
        return
    await acknowledge(query)
    link = page_of(found, public_url)
    entry = Entry(found.event, visit.now, found.item.summary, link or found.item.url)
    content = calendar_file(visit.words, [entry])
    caption = screens.calendar_caption(visit.words, link)
    await hand_over(query.message, Document(f"event-{found.event.id}.ics", content, caption))
