"""/my: the subscriber's own subscriptions, and every change of them."""

from datetime import UTC, datetime, timedelta

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.subscribers import UNTIL_RESUMED, EndReason
from handlers.managing import ManagersOnly
from handlers.people.topics import offer_topics
from handlers.pressed import Pressed
from handlers.screens import show, toast
from handlers.visit import Visit
from presenters.apologies import old_button
from presenters.navigation import ShowMine
from presenters.people import my as screens
from presenters.people.my import (
    AskFrequency,
    AskPause,
    AskRemoval,
    AskTopics,
    Pause,
    PickFrequency,
    Remove,
    RemovePlace,
    Resume,
    SetFrequency,
    Undo,
)
from presenters.people.settling import Purpose
from storage.people import subscribers, subscriptions

Event = Message | CallbackQuery
LONGEST_PAUSE_DAYS = 366
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def router() -> Router:
    router = Router(name="my")
    router.message.middleware(ManagersOnly())
    router.callback_query.middleware(ManagersOnly())
    router.message.register(show_overview, Command("my"))
    router.callback_query.register(back_to_overview, Pressed(ShowMine))
    router.callback_query.register(ask_topics, Pressed(AskTopics))
    router.callback_query.register(ask_frequency, Pressed(AskFrequency))
    router.callback_query.register(pick_frequency, Pressed(PickFrequency))
    router.callback_query.register(set_frequency, Pressed(SetFrequency))
    router.callback_query.register(ask_pause, Pressed(AskPause))
    router.callback_query.register(pause, Pressed(Pause))
    router.callback_query.register(resume, Pressed(Resume))
    router.callback_query.register(ask_removal, Pressed(AskRemoval))
    router.callback_query.register(remove, Pressed(Remove, RemovePlace))
    router.callback_query.register(undo, Pressed(Undo), recent)
    return router


async def recent(_: CallbackQuery, act: Undo, visit: Visit) -> bool:
    """Whether the moment is one at which something may have been ended."""
    return 0 < act.ended_at <= (visit.now - _EPOCH) // _TICK


async def show_overview(event: Event, visit: Visit) -> None:
    """Subscriber and subscriptions as they stand after what was just done."""
    subscriber, followed = await visit.subscriber_now(), await visit.followed()
    await show(event, screens.overview(visit.words, visit.gazetteer, subscriber, followed, visit.now))


async def back_to_overview(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    await state.clear()
    await show_overview(query, visit)


async def ask_topics(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    followed = await visit.followed()
    places = {one.territory for one in followed}
    if len(places) == 1:
        await offer_topics(query, places.pop(), Purpose.TOPICS, state, visit)
    else:
        await show(query, screens.which_place(visit.words, visit.gazetteer, followed))


async def ask_frequency(query: CallbackQuery, visit: Visit) -> None:
    await show(query, screens.frequencies(visit.words, visit.gazetteer, await visit.followed()))


async def pick_frequency(query: CallbackQuery, act: PickFrequency, visit: Visit) -> None:
    one = next((one for one in await visit.followed() if one.id == act.subscription), None)
    if act.subscription and one is None:
        await toast(query, old_button(visit.words), alert=True)
        return
    await show(query, screens.pick_frequency(visit.words, visit.gazetteer, one))


async def set_frequency(query: CallbackQuery, act: SetFrequency, visit: Visit) -> None:
    async with visit.change() as (connection, subscriber):
        changed = await subscriptions.set_frequency(connection, subscriber, act.frequency, act.subscription or None)
    if changed:
        await show_overview(query, visit)
    else:
        await toast(query, old_button(visit.words), alert=True)


async def ask_pause(query: CallbackQuery, visit: Visit) -> None:
    await show(query, screens.pause(visit.words))


async def pause(query: CallbackQuery, act: Pause, visit: Visit) -> None:
    days = min(max(act.days, 0), LONGEST_PAUSE_DAYS)
    until = visit.now + timedelta(days=days) if days else UNTIL_RESUMED
    async with visit.change() as (connection, subscriber):
        await subscribers.pause(connection, subscriber, until)
    await show_overview(query, visit)


async def resume(query: CallbackQuery, visit: Visit) -> None:
    async with visit.change() as (connection, subscriber):
        await subscribers.resume(connection, subscriber)
    await show_overview(query, visit)


async def ask_removal(query: CallbackQuery, visit: Visit) -> None:
    await show(query, screens.removal(visit.words, visit.gazetteer, await visit.followed()))


async def remove(query: CallbackQuery, act: Remove | RemovePlace, visit: Visit) -> None:
    chosen = [
        one.id
        for one in await visit.followed()
        if (one.territory == act.place if isinstance(act, RemovePlace) else one.id == act.subscription)
    ]
    async with visit.change() as (connection, subscriber):
        ended = await subscriptions.end(connection, subscriber, chosen, EndReason.UNSUBSCRIBED, visit.now)
    if not ended:
        await toast(query, old_button(visit.words), alert=True)
        return
    moment = (visit.now - _EPOCH) // _TICK
    await show(query, screens.removal(visit.words, visit.gazetteer, await visit.followed(), undo=moment))


async def undo(query: CallbackQuery, act: Undo, visit: Visit) -> None:
    ended_at = _EPOCH + _TICK * act.ended_at
    async with visit.change() as (connection, subscriber):
        await subscriptions.restore(connection, subscriber, ended_at, visit.now)
    await show_overview(query, visit)
