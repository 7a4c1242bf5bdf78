"""A new announcement: its kind, its text; and the card from which everything else is done."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.announcements import Announcement, AnnouncementKind, Audience, Priority
from domain.roles import Act
from domain.territories import TerritoryKind
from handlers.admin.audience import open_audience
from handlers.admin.cards import show_card
from handlers.admin.happenings import open_details
from handlers.admin.office import GoneError, Office
from handlers.admin.texts import over, wording_of
from handlers.admin.watching import Watchers
from handlers.pressed import Pressed
from handlers.screens import send, show
from presenters.admin import composing as screens
from presenters.admin.composing import AskText, ChooseKind, ShowAnnouncement
from presenters.admin.menu import NewAnnouncement
from storage.announcing import announcements
from storage.announcing.announcements import Wording

Event = Message | CallbackQuery
LOCAL = (TerritoryKind.MUNICIPALITY, TerritoryKind.SETTLEMENT)


class Composing(StatesGroup):
    text = State()


def router() -> Router:
    router = Router(name="admin.composing")
    router.callback_query.register(ask_kind, Pressed(NewAnnouncement))
    router.callback_query.register(choose_kind, Pressed(ChooseKind))
    router.callback_query.register(ask_text, Pressed(AskText))
    router.callback_query.register(open_card, Pressed(ShowAnnouncement))
    router.message.register(take_text, Composing.text, F.text | F.photo)
    return router


async def ask_kind(query: CallbackQuery, state: FSMContext, office: Office) -> None:
    await state.clear()
    async with office.looking() as desk:
        desk.demand_anywhere(Act.COMPOSE)
        urgent = desk.anywhere(Act.SEND_URGENT)
    await show(query, screens.kinds(office.words, urgent=urgent))


async def choose_kind(query: CallbackQuery, act: ChooseKind, state: FSMContext, office: Office) -> None:
    """The draft is made with its text: a choice alone leaves nothing behind."""
    async with office.looking() as desk:
        desk.demand_anywhere(Act.SEND_URGENT if act.choice.priority is Priority.URGENT else Act.COMPOSE)
    await state.set_state(Composing.text)
    await state.set_data({"choice": act.choice})
    await show(query, screens.ask_text(office.words, act.choice.kind))


async def ask_text(query: CallbackQuery, act: AskText, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        draft = await desk.draft(act.announcement)
    await state.set_state(Composing.text)
    await state.set_data({"announcement": draft.id})
    await show(query, screens.ask_text(office.words, draft.kind, draft.id))


async def take_text(message: Message, state: FSMContext, office: Office, watchers: Watchers) -> None:
    wording = wording_of(message)
    if wording is None:
        await send(message, screens.no_text(office.words))
        return
    if units := over(wording):
        await send(message, screens.too_long(office.words, units, with_photo=wording.photo is not None))
        return
    data = await state.get_data()
    if "choice" in data:
        draft = await _make(office, screens.Choice(data["choice"]), wording)
    else:
        draft = await _rewrite(office, data.get("announcement", 0), wording)
    await state.clear()
    if "choice" in data:
        await open_audience(message, state, office, draft)
    elif draft.kind is not AnnouncementKind.NEWS and draft.audience.territories:
        await open_details(message, state, office, draft.id, draft.spoken)
    else:
        await show_card(message, office, watchers, draft.id)


async def _make(office: Office, choice: screens.Choice, wording: Wording) -> Announcement:
    """Aimed at once where there is but one town or village that it can be for; a wider one is named by hand."""
    needed = Act.SEND_URGENT if choice.priority is Priority.URGENT else Act.COMPOSE
    async with office.acting() as desk:
        desk.demand_anywhere(needed)
        own = desk.where(needed)
        made = await announcements.create(
            desk.connection,
            office.user_id,
            AnnouncementKind(choice.kind),
            office.now,
            priority=choice.priority,
            wording=wording,
            audience=Audience(tuple(own) if len(own) == 1 and office.gazetteer.by_code[own[0]].kind in LOCAL else ()),
        )
        return await desk.draft(made)


async def _rewrite(office: Office, announcement: int, wording: Wording) -> Announcement:
    async with office.acting() as desk:
        draft = await desk.draft(announcement)
        if not await announcements.write(desk.connection, draft.id, wording, office.now):
            raise GoneError
        return await desk.draft(announcement)


async def open_card(
    query: CallbackQuery,
    act: ShowAnnouncement,
    state: FSMContext,
    office: Office,
    watchers: Watchers,
) -> None:
    await state.clear()
    await show_card(query, office, watchers, act.announcement)
