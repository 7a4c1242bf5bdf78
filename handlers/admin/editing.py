"""A moderator puts right what waits in review, a field at a time; the card then shows how it will go out."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.items import Item
from domain.messages import LONGEST_TEXT
from domain.messages import Message as Screen
from domain.roles import Act
from domain.territories import RUSSIA, TerritoryKind
from handlers.admin.office import ChangedError, DecidedError, Desk, GoneError, Office
from handlers.admin.proposed import read_proposal
from handlers.admin.review import as_seen, held_as_seen, reviewed, seen_now, show_card, undecided
from handlers.pressed import Pressed
from handlers.screens import send, show
from presenters.admin import editing as screens
from presenters.admin.editing import EditField, Field, PickPlace, TickItemTopic
from presenters.admin.review import EditItem
from storage.content import editing
from storage.content import items as item_store


class Editing(StatesGroup):
    line = State()


def router() -> Router:
    router = Router(name="admin.editing")
    router.callback_query.register(open_menu, Pressed(EditItem))
    router.callback_query.register(ask, Pressed(EditField))
    router.callback_query.register(pick_place, Pressed(PickPlace))
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
        problem = await _TAKE[Field(data["field"])](office, one, seen, typed)
    except ChangedError:
        await state.clear()
        await show_card(message, office, item, changed=True)
        return
    if problem is not None:
        await send(message, problem)
        return
    await state.clear()
    await show_card(message, office, item)


async def _title(office: Office, one: Item, seen: str, typed: str) -> Screen | None:
    title = " ".join(typed.split())[:500]
    text = f"{title}\n{one.text.removeprefix(one.title).lstrip()}".strip()
    await _reword(office, one, seen, title, text)
    return None


async def _text(office: Office, one: Item, seen: str, typed: str) -> Screen | None:
    """Instead of what was shown; of a long text what came behind stays."""
    await _reword(office, one, seen, one.title, typed + one.text[len(screens.beginning(one.text)) :])
    return None


async def _reword(office: Office, one: Item, seen: str, title: str, text: str) -> None:
    reading = await asyncio.to_thread(office.reader.read, text, title=title)
    async with office.acting() as desk:
        await held_as_seen(desk, one.id, seen)
        said = {"title": title, "text": text, "summary": reading.summary}
        _demand(await editing.reword(desk.connection, one.id, **said, now=office.now))


async def _place(office: Office, one: Item, seen: str, typed: str) -> Screen | None:
    async with office.looking() as desk:
        found = [place for place in office.gazetteer.lookup(typed) if desk.may(Act.MODERATE, [place.code])]
    if len(found) != 1:
        return screens.which_place(office.words, office.gazetteer, one, typed, found)
    async with office.acting() as desk:
        await _put_place(office, desk, one.id, seen, found[0].code)
    return None


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
        one = await reviewed(desk, act.item)
        others = [topic for topic in one.topics if topic is not act.topic]  # the first is the main one, and stays it
        chosen = others if act.topic in one.topics else [*others, act.topic]
        _demand(await editing.retopic(desk.connection, one.id, chosen, office.now))
        one = await item_store.get(desk.connection, one.id) or one
    await show(query, screens.topics(office.words, one))


def _demand(changed: bool) -> None:
    """What waits no more is not changed, and whoever meant to change it is told so."""
    if not changed:
        raise DecidedError
