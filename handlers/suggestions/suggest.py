"""/suggest: the dialogue in which a resident tells a piece of news. Every step is kept in the database."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from analysis.reader import Reader
from domain.roles import Act
from domain.suggestions import Draft
from domain.territories import RUSSIA
from handlers.pressed import Pressed
from handlers.screens import edit_earlier, send, show, toast
from handlers.suggestions.drafts import Suggesting, draft_of, keep, today, understood
from handlers.visit import Visit
from presenters.admin.desk import told_new
from presenters.apologies import cancelled, old_button
from presenters.language.words import words_for
from presenters.suggestions import suggested
from presenters.suggestions import suggesting as screens
from presenters.suggestions.suggested import ShowSuggestions, Suggest, Withdraw
from presenters.suggestions.suggesting import CancelSuggestion, SendSuggestion
from storage.engine import Connection
from storage.intake import moderation, suggestions
from storage.outbox import mailings
from storage.people import roles, subscribers

Event = Message | CallbackQuery
MOST_OPEN = 10
_LIST = ("list", "список", "мои")


def router() -> Router:
    router = Router(name="suggest")
    router.message.filter(F.chat.type == ChatType.PRIVATE)
    router.callback_query.filter(F.message.chat.type == ChatType.PRIVATE)
    router.message.register(begin, Command("suggest"))
    router.message.register(add, StateFilter(Suggesting.text, Suggesting.review), F.text | F.photo)
    router.callback_query.register(begin, Pressed(Suggest))
    router.callback_query.register(show_mine, Pressed(ShowSuggestions))
    router.callback_query.register(withdraw, Pressed(Withdraw))
    router.callback_query.register(finish, Pressed(SendSuggestion), Suggesting.review)
    router.callback_query.register(cancel, Pressed(CancelSuggestion), StateFilter(Suggesting))
    return router


async def begin(event: Event, state: FSMContext, visit: Visit, command: CommandObject | None = None) -> None:
    if command and (command.args or "").casefold() in _LIST:
        await show_mine(event, visit)
        return
    async with visit.database.read() as connection:
        waiting = await suggestions.count_open(connection, visit.subscriber.chat_id)
        earlier = await suggestions.of_author(connection, visit.subscriber.chat_id, limit=1)
    if waiting >= MOST_OPEN:
        await show(event, screens.too_many(visit.words, waiting))
        return
    await state.set_state(Suggesting.text)
    await state.set_data({})
    await show(event, screens.ask_text(visit.words, has_earlier=bool(earlier)))


async def add(message: Message, state: FSMContext, reader: Reader, visit: Visit) -> None:
    """More text or photos; the pictures of an album come one by one."""
    draft = _with(await draft_of(state), message)
    if len(draft.text) > screens.LONGEST:
        await send(message, screens.too_long(visit.words))
        return
    if not draft.text:
        await keep(state, draft)
        if not await _continues_album(message, state):
            await send(message, screens.ask_words_too(visit.words))
        return
    await keep(state, understood(draft, reader, visit))
    await state.set_state(Suggesting.review)
    await _show_added(message, state, visit)


async def _show_added(message: Message, state: FSMContext, visit: Visit) -> None:
    """A new screen below what was added; the same screen for further pictures of one album."""
    card = (await state.get_data()).get("card")
    screen = screens.review(visit.words, visit.gazetteer, await draft_of(state), today(visit))
    if await _continues_album(message, state) and card:
        await edit_earlier(message, card, screen)
    else:
        await state.update_data(card=(await send(message, screen)).message_id)


async def _continues_album(message: Message, state: FSMContext) -> bool:
    before = (await state.get_data()).get("album")
    await state.update_data(album=message.media_group_id)
    return message.media_group_id is not None and message.media_group_id == before


def _with(draft: Draft, message: Message) -> Draft:
    text = "\n\n".join(part for part in (draft.text, message.text or message.caption or "") if part)
    photos = (*draft.photos, message.photo[-1].file_id) if message.photo else draft.photos
    return replace(draft, text=text.strip(), photos=photos[: screens.MOST_PHOTOS])


async def show_review(event: Event, state: FSMContext, visit: Visit) -> None:
    await show(event, screens.review(visit.words, visit.gazetteer, await draft_of(state), today(visit)))


async def finish(query: CallbackQuery, act: SendSuggestion, state: FSMContext, visit: Visit) -> None:
    draft = await draft_of(state)
    told = screens.time_in_words(visit.words, draft, today(visit))
    async with visit.database.begin() as connection:
        receipt = await suggestions.submit(
            connection,
            author=visit.subscriber.chat_id,
            text=f"{draft.text}\n\n{told}" if told else draft.text,
            photos=draft.photos,
            territory=draft.territory,
            sure=act.sure,
            now=visit.now,
        )
        if receipt.number is not None and not receipt.repeated:
            await _tell_moderators(connection, receipt.number, visit)
    if receipt.number is None:
        await show(query, screens.known_already(visit.words, receipt.known_as))
        return
    await state.clear()
    answer = screens.sent_before if receipt.repeated else suggested.sent
    await show(query, answer(visit.words, receipt.number))


async def _tell_moderators(connection: Connection, number: int, visit: Visit) -> None:
    """Each in their language; who has never opened the bot cannot be told."""
    one = await moderation.get(connection, number)
    if one is None:
        return
    for person in await roles.people_who_may(connection, Act.MODERATE, one.territory or RUSSIA):
        known = await subscribers.by_chat(connection, person)
        if known is not None:
            told = told_new(words_for(known.language), visit.gazetteer, one)
            key = f"suggestion:{number}:new:{known.id}"
            await mailings.notice(connection, told, key=key, now=visit.now, chats=[person])


async def cancel(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    await state.clear()
    await show(query, cancelled(visit.words))


async def show_mine(event: Event, visit: Visit) -> None:
    async with visit.database.read() as connection:
        own = await suggestions.of_author(connection, visit.subscriber.chat_id)
    await show(event, suggested.mine(visit.words, own, visit.now))


async def withdraw(query: CallbackQuery, act: Withdraw, visit: Visit) -> None:
    async with visit.database.begin() as connection:
        done = await suggestions.withdraw(connection, visit.subscriber.chat_id, act.suggestion, visit.now)
    if done:
        await show_mine(query, visit)
    else:
        await toast(query, old_button(visit.words), alert=True)
