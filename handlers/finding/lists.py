"""Buttons of a list: its pages and filters. The list carries everything itself; only a typed place is a dialogue."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.subscribers import ChatKind
from handlers.finding.asking import asked, home_path, screen, typed_in
from handlers.pressed import Pressed
from handlers.screens import send, show
from handlers.visit import Visit
from presenters.actions import pack, unpack
from presenters.finding import filters as screens
from presenters.finding.listing import Listing, View, first_page
from presenters.finding.results import plain_headline

_TEXT = F.text & ~F.text.startswith("/")


class Narrowing(StatesGroup):
    place = State()
    """The name of a place is awaited; ``listing`` and ``typed`` say of which list."""


def router() -> Router:
    router = Router(name="lists")
    router.callback_query.register(turn, Pressed(Listing), _opens(View.LIST))
    router.callback_query.register(ask_name, Pressed(Listing), _opens(View.NAME))
    router.callback_query.register(narrow, Pressed(Listing), _opens(*_CHOOSERS))
    router.message.register(place_name, Narrowing.place, _TEXT)
    return router


def _opens(*views: View):  # type: ignore[no-untyped-def]  # aiogram reads the annotations of filters
    async def opens(_: CallbackQuery, act: Listing) -> bool:
        return act.view in views

    return opens


async def turn(query: CallbackQuery, act: Listing, visit: Visit) -> None:
    await show(query, await screen(visit, act, typed_in(query)))


async def narrow(query: CallbackQuery, act: Listing, visit: Visit) -> None:
    typed = typed_in(query)
    head = plain_headline(visit.words, act.feed, typed)
    if act.view is View.PLACE:
        meant = await asked(visit, act, typed)
        await show(query, screens.place(visit.words, visit.gazetteer, head, act, meant, home_path(visit)))
    else:
        await show(query, _CHOOSERS[act.view](visit.words, head, act))


_CHOOSERS = {
    View.FILTERS: screens.filters,
    View.TOPIC: screens.topic,
    View.TIME: screens.time,
    View.KIND: screens.kind,
    View.PLACE: screens.filters,
}


async def ask_name(query: CallbackQuery, act: Listing, state: FSMContext, visit: Visit) -> None:
    await state.set_state(Narrowing.place)
    await state.set_data({"listing": pack(act), "typed": typed_in(query)})
    private = visit.subscriber.kind is ChatKind.PRIVATE
    await show(query, screens.ask_name(visit.words) if private else screens.ask_name_in_group(visit.words))


async def place_name(message: Message, state: FSMContext, visit: Visit) -> None:
    data = await state.get_data()
    listing, typed = unpack(data.get("listing", "")), data.get("typed", "")
    name = (message.text or "")[:200]
    codes = [territory.code for territory in visit.gazetteer.lookup(name)]
    if not isinstance(listing, Listing) or not codes:
        await send(message, screens.unknown_place(visit.words, name))
        return
    await state.clear()
    if len(codes) == 1:
        await send(message, await screen(visit, first_page(listing, place=codes[0]), typed))
    else:
        head = plain_headline(visit.words, listing.feed, typed)
        await send(message, screens.which(visit.words, visit.gazetteer, head, listing, codes))
