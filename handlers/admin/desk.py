"""The desk: suggestions of residents and events that organisers propose, decided by whoever moderates there."""

import asyncio
from functools import partial

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.messages import Message as Screen
from domain.roles import Act
from domain.suggestions import OPEN, Suggestion, SuggestionState
from domain.territories import RUSSIA
from handlers.admin.office import Desk, GoneError, Office
from handlers.admin.proposed import announce_event, details_of
from handlers.admin.telling import tell
from handlers.pressed import Pressed
from handlers.screens import acknowledge, send, show, take_buttons_away, toast
from presenters.admin import desk as screens
from presenters.admin.desk import (
    Accept,
    AskAuthor,
    Attach,
    DropPhotos,
    EditSuggestion,
    Reject,
    ShowPhotos,
    ShowSuggestion,
)
from presenters.admin.menu import ListSuggestions
from storage.content import items
from storage.intake import moderation

LONGEST = 4000
LONGEST_WORD = 500


class Moderating(StatesGroup):
    text = State()
    question = State()
    reason = State()


def router() -> Router:
    router = Router(name="admin.desk")
    router.callback_query.register(open_list, Pressed(ListSuggestions))
    router.callback_query.register(open_card, Pressed(ShowSuggestion))
    router.callback_query.register(show_photos, Pressed(ShowPhotos))
    router.callback_query.register(drop_photos, Pressed(DropPhotos))
    router.callback_query.register(accept, Pressed(Accept))
    router.callback_query.register(attach, Pressed(Attach))
    router.callback_query.register(ask_words, Pressed(EditSuggestion, AskAuthor, Reject))
    router.message.register(take_text, Moderating.text, F.text)
    router.message.register(take_question, Moderating.question, F.text)
    router.message.register(take_reason, Moderating.reason, F.text)
    return router


async def open_list(query: CallbackQuery, act: ListSuggestions, state: FSMContext, office: Office) -> None:
    await state.clear()
    if act.page < 0:
        raise GoneError
    async with office.looking() as desk:
        desk.demand_anywhere(Act.MODERATE)
        waiting = await moderation.waiting(desk.connection, within=desk.where(Act.MODERATE))
    await show(query, screens.listing(office.words, office.gazetteer, waiting, act.page))


async def suggestion(desk: Desk, number: int) -> Suggestion:
    """Raises GoneError for an unknown one and NotAllowedError where another's moderators decide."""
    one = await moderation.get(desk.connection, number)
    if one is None:
        raise GoneError
    desk.demand(Act.MODERATE, [one.territory or RUSSIA])
    return one


async def card(office: Office, desk: Desk, one: Suggestion) -> Screen:
    similar = await items.get(desk.connection, one.similar_to) if one.similar_to else None
    details = await asyncio.to_thread(details_of, office, one) if one.is_event else None
    return screens.card(office.words, office.gazetteer, one, details, similar.title if similar else None, office.now)


async def open_card(query: CallbackQuery, act: ShowSuggestion, state: FSMContext, office: Office) -> None:
    await state.clear()
    async with office.looking() as desk:
        one = await suggestion(desk, act.suggestion)
        screen = await card(office, desk, one)
    if one.state not in OPEN:
        await toast(query, screens.already_decided(office.words, one), alert=True)
        return
    await show(query, screen)


async def show_photos(query: CallbackQuery, act: ShowPhotos, office: Office) -> None:
    """The card comes again beneath them, with its buttons at hand."""
    async with office.looking() as desk:
        one = await suggestion(desk, act.suggestion)
        screen = await card(office, desk, one)
    await acknowledge(query)
    if query.message is not None:
        for number in range(len(one.photos)):
            await send(query.message, screens.photo(office.words, one, number))
        await send(query.message, screen)
        await take_buttons_away(query)


async def drop_photos(query: CallbackQuery, act: DropPhotos, office: Office) -> None:
    async with office.acting() as desk:
        one = await suggestion(desk, act.suggestion)
        done = await moderation.drop_photos(desk.connection, one.id, office.now)
        one = await suggestion(desk, act.suggestion)
        screen = await card(office, desk, one)
    if done:
        await show(query, screen)
    else:
        await _say(query, office, one, done=False)


async def accept(query: CallbackQuery, act: Accept, office: Office) -> None:
    """Ingestion makes an item of it; of an organiser's event an announcement to its territory is made at once."""
    async with office.looking() as desk:
        one = await suggestion(desk, act.suggestion)
    draft = await asyncio.to_thread(details_of, office, one) if one.is_event else None
    async with office.acting() as desk:
        one = await suggestion(desk, act.suggestion)
        done = await moderation.decide(desk.connection, one.id, SuggestionState.ACCEPTED, desk.user_id, office.now)
        if done and draft:
            await announce_event(office, desk, one, draft)
        elif done:
            await moderation.hand_on(desk.connection, one, None, office.now)
        one = await suggestion(desk, act.suggestion)
        if done:
            key = f"suggestion:{one.id}:accepted"
            await tell(office, desk, [one.author_chat_id], lambda words: screens.told_accepted(words, one), key)
    await _say(query, office, one, done=done)


async def attach(query: CallbackQuery, act: Attach, office: Office) -> None:
    async with office.acting() as desk:
        one = await suggestion(desk, act.suggestion)
        known = await items.get(desk.connection, one.similar_to or 0)
        if known is None:
            raise GoneError
        done = await moderation.attach(desk.connection, one.id, known.id, desk.user_id, office.now)
        one = await suggestion(desk, act.suggestion)
        if done:
            key = f"suggestion:{one.id}:attached"
            say = partial(screens.told_attached, one=one, title=known.title)
            await tell(office, desk, [one.author_chat_id], say, key)
    await _say(query, office, one, done=done)


async def ask_words(
    query: CallbackQuery, act: EditSuggestion | AskAuthor | Reject, state: FSMContext, office: Office
) -> None:
    """Editing, asking and rejecting each want a word typed."""
    async with office.looking() as desk:
        one = await suggestion(desk, act.suggestion)
    if one.state not in OPEN:
        await _say(query, office, one, done=False)
        return
    step, ask = {
        EditSuggestion: (Moderating.text, screens.ask_text),
        AskAuthor: (Moderating.question, screens.ask_question),
        Reject: (Moderating.reason, screens.ask_reason),
    }[type(act)]
    await state.set_state(step)
    await state.set_data({"suggestion": one.id})
    await show(query, ask(office.words, one))


async def take_text(message: Message, state: FSMContext, office: Office) -> None:
    number = (await state.get_data()).get("suggestion", 0)
    await state.clear()
    async with office.acting() as desk:
        one = await suggestion(desk, number)
        done = await moderation.reword(desk.connection, one.id, (message.text or "")[:LONGEST], office.now)
        one = await suggestion(desk, number)
        screen = await card(office, desk, one)
    await send(message, screen if done else screens.too_late(office.words, one))


async def take_question(message: Message, state: FSMContext, office: Office) -> None:
    await _decide(message, state, office, SuggestionState.ASKED)


async def take_reason(message: Message, state: FSMContext, office: Office) -> None:
    await _decide(message, state, office, SuggestionState.REJECTED)


async def _decide(message: Message, state: FSMContext, office: Office, outcome: SuggestionState) -> None:
    number = (await state.get_data()).get("suggestion", 0)
    reason = (message.text or "").strip()[:LONGEST_WORD]
    await state.clear()
    async with office.acting() as desk:
        one = await suggestion(desk, number)
        done = await moderation.decide(desk.connection, one.id, outcome, desk.user_id, office.now, reason=reason)
        one = await suggestion(desk, number)
        if done:
            say = screens.told_question if outcome is SuggestionState.ASKED else screens.told_rejected
            key = f"suggestion:{one.id}:{outcome}:{office.now.timestamp()}"
            await tell(office, desk, [one.author_chat_id], lambda words: say(words, one), key)
    await send(message, screens.decided(office.words, one) if done else screens.too_late(office.words, one))


async def _say(query: CallbackQuery, office: Office, one: Suggestion, *, done: bool) -> None:
    if done:
        await show(query, screens.decided(office.words, one))
    else:
        await toast(query, screens.already_decided(office.words, one), alert=True)
        await take_buttons_away(query)
