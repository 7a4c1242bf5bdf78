"""Place and date of a suggestion, where its author wants them otherwise than its text was understood."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.pressed import Pressed
from handlers.screens import send, show
from handlers.suggestions.drafts import Suggesting, draft_of, keep, with_time
from handlers.suggestions.suggest import show_review
from handlers.visit import Visit
from presenters.suggestions import suggesting as screens
from presenters.suggestions.suggesting import AskWhen, AskWhere, BackToReview, ForgetWhen, PickWhere

Event = Message | CallbackQuery


def router() -> Router:
    router = Router(name="suggest_details")
    router.message.filter(F.chat.type == ChatType.PRIVATE)
    router.callback_query.filter(F.message.chat.type == ChatType.PRIVATE, StateFilter(Suggesting))
    router.message.register(name_place, Suggesting.place, F.text)
    router.message.register(locate, StateFilter(Suggesting), F.location)
    router.message.register(name_date, Suggesting.date, F.text)
    router.callback_query.register(ask_where, Pressed(AskWhere))
    router.callback_query.register(pick_where, Pressed(PickWhere))
    router.callback_query.register(ask_when, Pressed(AskWhen))
    router.callback_query.register(forget_when, Pressed(ForgetWhen))
    router.callback_query.register(back, Pressed(BackToReview))
    return router


async def ask_where(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    await state.set_state(Suggesting.place)
    known = dict.fromkeys(one.territory for one in await visit.followed())
    await show(query, screens.ask_where(visit.words, visit.gazetteer, list(known)))


async def name_place(message: Message, state: FSMContext, visit: Visit) -> None:
    typed = message.text or ""
    found = [territory.code for territory in visit.gazetteer.lookup(typed)]
    if len(found) == 1:
        await _place(message, found[0], state, visit)
    else:
        await send(message, screens.which_where(visit.words, visit.gazetteer, typed, found))


async def locate(message: Message, state: FSMContext, visit: Visit) -> None:
    sent = message.location
    nearest = visit.gazetteer.nearest(sent.latitude, sent.longitude) if sent else None
    await _place(message, nearest.code if nearest else None, state, visit)


async def pick_where(query: CallbackQuery, act: PickWhere, state: FSMContext, visit: Visit) -> None:
    await _place(query, act.place if act.place in visit.gazetteer.by_code else None, state, visit)


async def _place(event: Event, place: str | None, state: FSMContext, visit: Visit) -> None:
    await keep(state, replace(await draft_of(state), territory=place, place_stated=True))
    await back(event, state, visit)


async def ask_when(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    await state.set_state(Suggesting.date)
    await show(query, screens.ask_when(visit.words))


async def name_date(message: Message, state: FSMContext, visit: Visit) -> None:
    draft = with_time(await draft_of(state), message.text or "", visit)
    if draft is None:
        await send(message, screens.unclear_when(visit.words))
        return
    await keep(state, draft)
    await back(message, state, visit)


async def forget_when(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    await keep(state, replace(await draft_of(state), day=None, clock=None, when_stated=True))
    await back(query, state, visit)


async def back(event: Event, state: FSMContext, visit: Visit) -> None:
    await state.set_state(Suggesting.review)
    await show_review(event, state, visit)
