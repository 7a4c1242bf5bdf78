"""Date, time, place and deadline of an announced event: read out of the text, confirmed or corrected by the person."""

import asyncio
from dataclasses import replace
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from analysis.typed_events import read_typed_event
from domain.announcements import Announcement, AnnouncementKind
from domain.events import Event, EventDraft, EventStatus
from domain.readings import EventKind, EventReading
from handlers.admin.cards import show_card
from handlers.admin.office import GoneError, Office
from handlers.admin.watching import Watchers
from handlers.pressed import Pressed
from handlers.screens import send, show
from presenters.admin import happenings as screens
from presenters.admin.happenings import AskDetails, CorrectDetails, DetailsRight
from presenters.admin.times import zone_of
from storage.announcing import drafted_events
from storage.content import events

_KINDS = {AnnouncementKind.CONTEST: EventKind.CONTEST, AnnouncementKind.CAMPAIGN: EventKind.CAMPAIGN}


_NOTHING = EventReading("", EventKind.OTHER)


class Detailing(StatesGroup):
    line = State()


def router() -> Router:
    router = Router(name="admin.happenings")
    router.callback_query.register(ask_details, Pressed(AskDetails))
    router.callback_query.register(correct, Pressed(CorrectDetails))
    router.callback_query.register(confirm, Pressed(DetailsRight))
    router.message.register(take_line, Detailing.line, F.text)
    return router


async def ask_details(query: CallbackQuery, act: AskDetails, state: FSMContext, office: Office) -> None:
    await open_details(query, state, office, act.announcement)


async def open_details(
    event: Message | CallbackQuery,
    state: FSMContext,
    office: Office,
    announcement: int,
    line: str | None = None,
    *,
    is_answer: bool = False,
) -> None:
    """Shows what is known; reads it out of the text first, or out of a ``line`` that was typed."""
    async with office.looking() as desk:
        one = await desk.draft(announcement)
        known = await events.get(desk.connection, one.event_id) if one.event_id else None
    told = None
    if line or known is None:
        told = await read_event(office, one, line or one.spoken, is_answer=is_answer)
    if told is None and known and known.territory != next(iter(one.audience.territories), None):
        told = _NOTHING  # the audience changed: the same day and hour by another clock
    if told:
        known = await _write(office, one.id, merged(known, told, one, office))
    if known is None or (known.start_date is None and not known.deadlines):
        await _await_line(state, announcement)
        await show(event, screens.no_date(office.words, announcement))
    else:
        await state.clear()
        await show(event, screens.understood(office.words, announcement, known, office.now))


async def read_event(office: Office, one: Announcement, text: str, *, is_answer: bool = False) -> EventReading | None:
    """What a text tells of time and place, by the clock of the people it is for."""
    today = office.now.astimezone(ZoneInfo(zone_of(office.gazetteer, one))).date()
    home = next(iter(one.audience.territories), None)
    return await asyncio.to_thread(read_typed_event, office.reader, text, today, home, is_answer=is_answer)


def merged(known: Event | None, told: EventReading, one: Announcement, office: Office) -> EventDraft:
    """What was just said goes before what was known; the kind of an announcement before what the text seems to be."""
    code = next(iter(one.audience.territories), None)
    fresh = EventDraft(
        kind=_KINDS.get(one.kind, told.kind),
        status=EventStatus.TENTATIVE,
        title=(one.title or told.title or one.headline)[:500],
        time_zone=zone_of(office.gazetteer, one),
        start_date=told.start_date,
        end_date=told.end_date,
        start_time=told.time,
        deadline=told.deadline,
        territory=code,
        venue=told.venue,
    )
    return fresh if known is None else _completed(fresh, known)


def _completed(fresh: EventDraft, known: Event) -> EventDraft:
    names = ("start_time", "venue") if fresh.start_date else ("start_date", "end_date", "start_time", "venue")
    silent = {name: getattr(known, name) for name in names if getattr(fresh, name) is None}
    if fresh.deadline is None and known.deadlines:
        silent["deadline"] = known.deadlines[0].at.astimezone(ZoneInfo(known.time_zone)).date()
    return replace(fresh, kind=known.kind, title=known.title, **silent)


async def _write(office: Office, announcement: int, draft: EventDraft) -> Event | None:
    async with office.acting() as desk:
        one = await desk.draft(announcement)
        event_id = await drafted_events.put(desk.connection, one, draft, office.now)
        if event_id is None:
            raise GoneError
        return await events.get(desk.connection, event_id)


async def _await_line(state: FSMContext, announcement: int) -> None:
    await state.set_state(Detailing.line)
    await state.set_data({"announcement": announcement})


async def correct(query: CallbackQuery, act: CorrectDetails, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        await desk.draft(act.announcement)
    await _await_line(state, act.announcement)
    await show(query, screens.ask_details(office.words))


async def take_line(message: Message, state: FSMContext, office: Office) -> None:
    announcement = (await state.get_data()).get("announcement", 0)
    async with office.looking() as desk:
        one = await desk.draft(announcement)
    told = await read_event(office, one, message.text or "", is_answer=True)
    if told is None or not any((told.start_date, told.time, told.venue, told.deadline)):
        await send(message, screens.nothing_read(office.words))
        return
    await open_details(message, state, office, announcement, message.text, is_answer=True)


async def confirm(
    query: CallbackQuery, act: DetailsRight, state: FSMContext, office: Office, watchers: Watchers
) -> None:
    async with office.looking() as desk:
        await desk.draft(act.announcement)
    await state.clear()
    await show_card(query, office, watchers, act.announcement)
