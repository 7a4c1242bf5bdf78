"""The lists of announcements, each person seeing those of their own territories, and the search in them."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.announcements import Announcement, AnnouncementState
from domain.roles import Act
from handlers.admin.office import Desk, GoneError, Office
from handlers.pressed import Pressed
from handlers.screens import send, show
from presenters.admin import shelves as screens
from presenters.admin.menu import ListMailings
from presenters.admin.shelves import FindMailing, Shelf
from storage.announcing import announcements


class Finding(StatesGroup):
    words = State()


def router() -> Router:
    router = Router(name="admin.shelves")
    router.callback_query.register(open_shelf, Pressed(ListMailings))
    router.callback_query.register(ask_words, Pressed(FindMailing))
    router.message.register(find, Finding.words, F.text)
    return router


def _demand_any(desk: Desk) -> None:
    if not desk.anywhere(Act.COMPOSE):
        desk.demand_anywhere(Act.SEE_REPORTS)


def _concerns(desk: Desk, one: Announcement) -> bool:
    return desk.may_edit(one) if one.state is AnnouncementState.DRAFT else desk.may_see(one)


async def open_shelf(query: CallbackQuery, act: ListMailings, state: FSMContext, office: Office) -> None:
    if act.shelf not in list(Shelf) or act.page < 0:
        raise GoneError
    await state.clear()
    which = Shelf(act.shelf)
    async with office.looking() as desk:
        _demand_any(desk)
        listed = await announcements.listed(desk.connection, which.states)
        mine = [one for one in listed if _concerns(desk, one)]
    await show(query, screens.shelf(office.words, office.gazetteer, which, mine, act.page, office.now))


async def ask_words(query: CallbackQuery, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        _demand_any(desk)
    await state.set_state(Finding.words)
    await show(query, screens.ask_words(office.words))


async def find(message: Message, state: FSMContext, office: Office) -> None:
    """By number, or by words in any order; every word must be there, by its beginning."""
    typed = (message.text or "").strip()[:200]
    async with office.looking() as desk:
        _demand_any(desk)
        listed = [one for one in await announcements.listed(desk.connection) if _concerns(desk, one)]
    await state.clear()
    hits = [one for one in listed if _matches(one, typed)]
    await send(message, screens.found(office.words, office.gazetteer, typed, hits, office.now))


def _matches(one: Announcement, typed: str) -> bool:
    number = typed.lstrip("№# ")
    if number.isdecimal():
        return one.id == int(number)
    spoken = f" {one.spoken.casefold()}"
    return all(word in spoken for word in typed.casefold().split())
