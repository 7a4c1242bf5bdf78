"""To whom a draft goes: territories, each only within the person's own rights, and topics."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.announcements import Announcement, AnnouncementKind, Audience, Priority
from domain.roles import Act
from handlers.admin.cards import show_card
from handlers.admin.happenings import open_details
from handlers.admin.office import Desk, GoneError, NotAllowedError, Office
from handlers.admin.watching import Watchers
from handlers.pressed import Pressed
from handlers.screens import send, show, toast
from presenters.admin import audiences as screens
from presenters.admin.audiences import (
    AddTerritory,
    AskAudience,
    AskTerritory,
    AudienceDone,
    RemoveTerritory,
    TickTopic,
)
from presenters.admin.composing import needs_audience
from presenters.language.topics import IN_ORDER
from storage.announcing import announcements

Event = Message | CallbackQuery


class Aiming(StatesGroup):
    territory = State()


def router() -> Router:
    router = Router(name="admin.audience")
    router.callback_query.register(ask_audience, Pressed(AskAudience))
    router.callback_query.register(ask_territory, Pressed(AskTerritory))
    router.callback_query.register(add_territory, Pressed(AddTerritory))
    router.callback_query.register(remove_territory, Pressed(RemoveTerritory))
    router.callback_query.register(tick_topic, Pressed(TickTopic))
    router.callback_query.register(done, Pressed(AudienceDone))
    router.message.register(take_territory, Aiming.territory, F.text)
    return router


async def open_audience(event: Event, state: FSMContext, office: Office, draft: Announcement) -> None:
    """The screen to choose on; straight to the question where no territory is chosen yet."""
    if draft.audience.territories:
        await state.clear()
        await show(event, screens.audience(office.words, office.gazetteer, draft))
    else:
        await _await_territory(event, state, office, draft)


async def ask_audience(query: CallbackQuery, act: AskAudience, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        draft = await desk.draft(act.announcement)
    await open_audience(query, state, office, draft)


async def ask_territory(query: CallbackQuery, act: AskTerritory, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        draft = await desk.draft(act.announcement)
    await _await_territory(query, state, office, draft)


async def _await_territory(event: Event, state: FSMContext, office: Office, draft: Announcement) -> None:
    async with office.looking() as desk:
        own = desk.where(_needed(draft))
    await state.set_state(Aiming.territory)
    await state.set_data({"announcement": draft.id})
    await show(event, screens.ask_territory(office.words, office.gazetteer, draft.id, own))


def _needed(draft: Announcement) -> Act:
    return Act.SEND_URGENT if draft.priority is Priority.URGENT else Act.COMPOSE


async def take_territory(message: Message, state: FSMContext, office: Office) -> None:
    announcement = (await state.get_data()).get("announcement", 0)
    typed = message.text or ""
    found = [territory.code for territory in office.gazetteer.lookup(typed)]
    async with office.looking() as desk:
        draft = await desk.draft(announcement)
        allowed = [code for code in found if desk.may(_needed(draft), [code])]
        own = desk.where(_needed(draft))
    if not found:
        await send(message, screens.unknown_territory(office.words, typed))
    elif not allowed:
        await send(message, screens.not_yours(office.words, office.gazetteer, found, own))
    elif len(allowed) > 1:
        await send(message, screens.which_territory(office.words, office.gazetteer, announcement, allowed))
    else:
        await open_audience(message, state, office, await _add(office, announcement, allowed[0]))


async def add_territory(query: CallbackQuery, act: AddTerritory, state: FSMContext, office: Office) -> None:
    if act.territory not in office.gazetteer.by_code:
        raise GoneError
    async with office.looking() as desk:
        draft = await desk.draft(act.announcement)
    if len(draft.audience.territories) >= screens.MOST_TERRITORIES:
        await toast(query, screens.too_many_territories(office.words), alert=True)
        return
    await open_audience(query, state, office, await _add(office, act.announcement, act.territory))


async def _add(office: Office, announcement: int, code: str) -> Announcement:
    """What lies inside the new territory, or around it, is replaced by it: nobody is meant twice."""
    async with office.acting() as desk:
        draft = await desk.draft(announcement)
        desk.demand(_needed(draft), [code])
        related = {code, *office.gazetteer.ancestors(code)}
        kept = [
            one
            for one in draft.audience.territories
            if one not in related and code not in office.gazetteer.ancestors(one)
        ]
        return await _aim(office, desk, draft, replace(draft.audience, territories=(*kept, code)))


async def remove_territory(query: CallbackQuery, act: RemoveTerritory, state: FSMContext, office: Office) -> None:
    async with office.acting() as desk:
        draft = await desk.draft(act.announcement)
        kept = tuple(code for code in draft.audience.territories if code != act.territory)
        if not kept and draft.author_id != desk.user_id:
            raise NotAllowedError  # without a territory it would be nobody's but its author's
        draft = await _aim(office, desk, draft, replace(draft.audience, territories=kept))
    await open_audience(query, state, office, draft)


async def tick_topic(query: CallbackQuery, act: TickTopic, state: FSMContext, office: Office) -> None:
    async with office.acting() as desk:
        draft = await desk.draft(act.announcement)
        topics = set(draft.audience.topics) ^ {act.topic}
        chosen = tuple(topic for topic in IN_ORDER if topic in topics)
        draft = await _aim(office, desk, draft, replace(draft.audience, topics=chosen))
    await open_audience(query, state, office, draft)


async def _aim(office: Office, desk: Desk, draft: Announcement, audience: Audience) -> Announcement:
    if not await announcements.aim(desk.connection, draft.id, audience, office.now):
        raise GoneError
    return replace(draft, audience=audience)


async def done(query: CallbackQuery, act: AudienceDone, state: FSMContext, office: Office, watchers: Watchers) -> None:
    """On to what is still missing: date and place of what has them, or else the card."""
    async with office.looking() as desk:
        draft = await desk.draft(act.announcement)
    if not draft.audience.territories:
        await toast(query, needs_audience(office.words), alert=True)
    elif draft.kind is AnnouncementKind.NEWS:
        await show_card(query, office, watchers, draft.id)
    else:
        await open_details(query, state, office, draft.id)
