"""A moderator puts right what waits in review, a field at a time; the card then shows how it will go out."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, time

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.events import Event, EventDraft
from domain.items import Item
from domain.messages import LONGEST_TEXT
from domain.messages import Message as Screen
from domain.roles import Act
from domain.territories import RUSSIA, Territory, TerritoryKind
from handlers.admin.office import ChangedError, DecidedError, Desk, GoneError, Office
from handlers.admin.proposed import read_proposal
from handlers.admin.review import as_seen, held_as_seen, seen_now, show_card, undecided
from handlers.pressed import Pressed
from handlers.screens import send, show
from presenters.admin import editing as screens
from presenters.admin.editing import EditField, Field, PickPlace, TakeDate, TickItemTopic
from presenters.admin.review import EditItem
from storage.content import editing, proposals
from storage.content import items as item_store


class Editing(StatesGroup):
    line = State()


def router() -> Router:
    router = Router(name="admin.editing")
    router.callback_query.register(open_menu, Pressed(EditItem))
    router.callback_query.register(ask, Pressed(EditField))
    router.callback_query.register(pick_place, Pressed(PickPlace))
    router.callback_query.register(take_date, Pressed(TakeDate))
    router.callback_query.register(tick, Pressed(TickItemTopic))
    router.message.register(take_line, Editing.line, F.text)
    return router


async def open_menu(query: CallbackQuery, act: EditItem, office: Office) -> None:
    async with office.looking() as desk:
        one = await undecided(desk, act.item)
    await show(query, screens.menu(office.words, one))


async def ask(query: CallbackQuery, act: EditField, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        one = await undecided(desk, act.item)
        seen = await seen_now(desk, one)
    if act.field is Field.TOPICS:
        await show(query, screens.topics(office.words, one))
        return
    await state.set_state(Editing.line)
    await state.set_data({"item": one.id, "field": act.field, "seen": seen})
    await show(query, screens.ask(office.words, one, act.field))


async def take_line(message: Message, state: FSMContext, office: Office) -> None:
    """What comes for a text that is not there any more changes nothing: the person sees what is there."""
    data = await state.get_data()
    item, seen, typed = data.get("item", 0), data.get("seen", ""), (message.text or "").strip()[:LONGEST_TEXT]
    try:
        async with office.looking() as desk:
            one = await as_seen(desk, item, seen)
        field = Field(data["field"])
        question = await _TAKE[field](office, one, seen, typed)
    except ChangedError:
        await state.clear()
        await show_card(message, office, item, changed=True)
        return
    if question is None or field in (Field.TITLE, Field.TEXT):
        await state.clear()
    if question is None:
        await show_card(message, office, item)
    else:
        await send(message, question)


async def _title(office: Office, one: Item, seen: str, typed: str) -> Screen | None:
    title = " ".join(typed.split())[:500]
    text = f"{title}\n{one.text.removeprefix(one.title).lstrip()}".strip()
    return await _reword(office, one, seen, title, text)


async def _text(office: Office, one: Item, seen: str, typed: str) -> Screen | None:
    """Instead of what was shown; of a long text what came behind stays."""
    return await _reword(office, one, seen, one.title, typed + one.text[len(screens.beginning(one.text)) :])


async def _reword(office: Office, one: Item, seen: str, title: str, text: str) -> Screen | None:
    """Offers the day that the new words name, where it is another one."""
    fresh = replace(one, title=title, text=text)
    reading = await asyncio.to_thread(office.reader.read, text, title=title)
    named = await asyncio.to_thread(_happening, office, fresh)
    async with office.acting() as desk:
        await held_as_seen(desk, one.id, seen)
        said = {"title": title, "text": text, "summary": reading.summary}
        _demand(await editing.reword(desk.connection, one.id, **said, now=office.now))
        known = await proposals.event_of(desk.connection, one)
        seen = await seen_now(desk, await undecided(desk, one.id))
    if named is None or (known and _moment(known) == _moment(named)):
        return None
    return screens.offer_date(office.words, one, named, seen, office.now)


def _happening(office: Office, one: Item) -> EventDraft | None:
    """When and where the text of the item says that something is ahead."""
    draft = read_proposal(office, one.text, next(iter(one.territories), RUSSIA), office.now)
    last = draft and (draft.end_date or draft.start_date)
    return replace(draft, title=one.title) if draft and last and last >= office.now.date() else None


def _moment(event: Event | EventDraft) -> tuple[date | None, time | None]:
    return event.start_date, event.start_time


async def take_date(query: CallbackQuery, act: TakeDate, office: Office) -> None:
    changed = False
    async with office.looking() as desk:
        draft = await asyncio.to_thread(_happening, office, await undecided(desk, act.item))
    if draft is None:
        raise GoneError
    try:
        async with office.acting() as desk:
            await held_as_seen(desk, act.item, act.seen)
            _demand(await editing.redate(desk.connection, act.item, draft, office.now))
    except ChangedError:
        changed = True
    await show_card(query, office, act.item, changed=changed)


async def _place(office: Office, one: Item, seen: str, typed: str) -> Screen | None:
    async with office.looking() as desk:
        found = [place for place in office.gazetteer.lookup(typed) if desk.may(Act.MODERATE, [place.code])]
    if len(found) != 1 or not _is_near(office, one, found[0]):
        return screens.which_place(office.words, office.gazetteer, one, typed, found)
    async with office.acting() as desk:
        await _put_place(office, desk, one.id, seen, found[0].code)
    return None


def _is_near(office: Office, one: Item, place: Territory) -> bool:
    """Within a region of the item: one of the same name elsewhere is shown with its region before it is taken."""
    return not one.regions or bool(set(one.regions) & set(office.gazetteer.path(place.code)))


async def _date(office: Office, one: Item, seen: str, typed: str) -> Screen | None:
    territory = next(iter(one.territories), RUSSIA)
    draft = await asyncio.to_thread(read_proposal, office, typed, territory, office.now)
    if draft is None:
        return screens.no_day(office.words)
    async with office.acting() as desk:
        await held_as_seen(desk, one.id, seen)
        _demand(await editing.redate(desk.connection, one.id, replace(draft, title=one.title), office.now))
    return None


_TAKE: dict[Field, Callable[[Office, Item, str, str], Awaitable[Screen | None]]] = {
    Field.TITLE: _title,
    Field.TEXT: _text,
    Field.PLACE: _place,
    Field.DATE: _date,
}


async def pick_place(query: CallbackQuery, act: PickPlace, state: FSMContext, office: Office) -> None:
    data = await state.get_data()
    seen = data.get("seen") if data.get("item") == act.item else None
    changed = False
    try:
        async with office.acting() as desk:
            await _put_place(office, desk, act.item, seen, act.place)
    except ChangedError:
        changed = True
    await state.clear()
    await show_card(query, office, act.item, changed=changed)


async def _put_place(office: Office, desk: Desk, item: int, seen: str | None, code: str) -> None:
    """Both the item as it was and the place that it goes to are this person's to moderate."""
    await held_as_seen(desk, item, seen)
    place = office.gazetteer.by_code.get(code)
    if place is None:
        raise GoneError
    desk.demand(Act.MODERATE, [code])
    is_within = place.kind in (TerritoryKind.MUNICIPALITY, TerritoryKind.SETTLEMENT)
    region, name = office.gazetteer.region(code), place.short_name if is_within else None
    _demand(await editing.place(desk.connection, item, code, region, name, office.now))


async def tick(query: CallbackQuery, act: TickItemTopic, office: Office) -> None:
    async with office.acting() as desk:
        one = await undecided(desk, act.item)
        others = [topic for topic in one.topics if topic is not act.topic]  # the first is the main one, and stays it
        if act.chosen != (act.topic in one.topics):
            chosen = [*others, act.topic] if act.chosen else others
            _demand(await editing.retopic(desk.connection, one.id, chosen, office.now))
        one = await item_store.get(desk.connection, one.id) or one
    await show(query, screens.topics(office.words, one))


def _demand(changed: bool) -> None:
    """What waits no more is not changed, and whoever meant to change it is told so."""
    if not changed:
        raise DecidedError
