"""/settings: language, time zone, quiet hours, the hour of digests."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.managing import ManagersOnly
from handlers.people.my import show_overview
from handlers.pressed import Pressed
from handlers.screens import show
from handlers.visit import Visit
from presenters.language.words import LANGUAGES, words_for
from presenters.navigation import Origin, ShowSettings
from presenters.people import preferences as screens
from presenters.people.preferences import (
    AskDigestHour,
    AskLanguage,
    AskQuiet,
    AskQuietEnd,
    AskQuietStart,
    AskZone,
    SetDigestHour,
    SetLanguage,
    SetQuiet,
    SetZone,
)
from storage.people import subscribers

Event = Message | CallbackQuery
HOURS = range(24)


def router() -> Router:
    router = Router(name="settings")
    router.message.middleware(ManagersOnly())
    router.callback_query.middleware(ManagersOnly())
    router.message.register(show_settings, Command("settings"))
    router.callback_query.register(back_to_settings, Pressed(ShowSettings))
    router.callback_query.register(ask_language, Pressed(AskLanguage))
    router.callback_query.register(set_language, Pressed(SetLanguage), spoken)
    router.callback_query.register(ask_zone, Pressed(AskZone))
    router.callback_query.register(set_zone, Pressed(SetZone), offered_zone)
    router.callback_query.register(ask_quiet, Pressed(AskQuiet))
    router.callback_query.register(ask_quiet_start, Pressed(AskQuietStart))
    router.callback_query.register(ask_quiet_end, Pressed(AskQuietEnd), real_hours)
    router.callback_query.register(set_quiet, Pressed(SetQuiet), real_hours)
    router.callback_query.register(ask_digest_hour, Pressed(AskDigestHour))
    router.callback_query.register(set_digest_hour, Pressed(SetDigestHour), real_hours)
    return router


async def spoken(_: CallbackQuery, act: SetLanguage) -> bool:
    return act.language in LANGUAGES


async def offered_zone(_: CallbackQuery, act: SetZone) -> bool:
    return act.zone in screens.ZONES


async def real_hours(_: CallbackQuery, act: SetQuiet | AskQuietEnd | SetDigestHour) -> bool:
    return all(getattr(act, name, 0) in HOURS for name in ("start", "end", "hour"))


async def show_settings(event: Event, visit: Visit) -> None:
    subscriber = await visit.subscriber_now()
    words = words_for(subscriber.language)
    await show(event, screens.settings(words, visit.gazetteer, subscriber, visit.now))


async def back_to_settings(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    await state.clear()
    await show_settings(query, visit)


async def ask_language(query: CallbackQuery, visit: Visit) -> None:
    await show(query, screens.languages(visit.words))


async def set_language(query: CallbackQuery, act: SetLanguage, visit: Visit) -> None:
    async with visit.change() as (connection, subscriber):
        await subscribers.set_language(connection, subscriber, act.language)
    await show_settings(query, visit)


async def ask_zone(query: CallbackQuery, visit: Visit) -> None:
    await show(query, screens.zones(visit.words, visit.now))


async def set_zone(query: CallbackQuery, act: SetZone, visit: Visit) -> None:
    async with visit.change() as (connection, subscriber):
        await subscribers.set_time_zone(connection, subscriber, act.zone)
    await show_settings(query, visit)


async def ask_quiet(query: CallbackQuery, act: AskQuiet, visit: Visit) -> None:
    await show(query, screens.quiet_hours(visit.words, act.origin))


async def ask_quiet_start(query: CallbackQuery, act: AskQuietStart, visit: Visit) -> None:
    await show(query, screens.quiet_start(visit.words, act.origin))


async def ask_quiet_end(query: CallbackQuery, act: AskQuietEnd, visit: Visit) -> None:
    await show(query, screens.quiet_end(visit.words, act.start, act.origin))


async def set_quiet(query: CallbackQuery, act: SetQuiet, visit: Visit) -> None:
    async with visit.change() as (connection, subscriber):
        await subscribers.set_quiet(connection, subscriber, screens.hours(act.start, act.end))
    await (show_overview if act.origin is Origin.MY else show_settings)(query, visit)


async def ask_digest_hour(query: CallbackQuery, visit: Visit) -> None:
    await show(query, screens.digest_hours(visit.words))


async def set_digest_hour(query: CallbackQuery, act: SetDigestHour, visit: Visit) -> None:
    async with visit.change() as (connection, subscriber):
        await subscribers.set_digest_hour(connection, subscriber, act.hour)
    await show_settings(query, visit)
