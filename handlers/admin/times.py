"""When a draft leaves: typed as people say it, shown back with its weekday, and only then taken."""

from datetime import UTC, datetime

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from analysis.time.moments import read_moment
from handlers.admin.cards import show_card
from handlers.admin.office import GoneError, Office
from handlers.admin.watching import Watchers
from handlers.pressed import Pressed
from handlers.screens import send, show, toast
from presenters.admin import times as screens
from presenters.admin.composing import to_card
from presenters.admin.times import AskTime, SetTime, zone_of
from storage.announcing import announcements

FARTHEST_YEARS = 5


class Timing(StatesGroup):
    moment = State()


def router() -> Router:
    router = Router(name="admin.times")
    router.callback_query.register(ask_time, Pressed(AskTime))
    router.callback_query.register(set_time, Pressed(SetTime))
    router.message.register(take_moment, Timing.moment, F.text)
    return router


async def ask_time(query: CallbackQuery, act: AskTime, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        draft = await desk.draft(act.announcement)
    await state.set_state(Timing.moment)
    await state.set_data({"announcement": draft.id})
    await show(query, screens.ask_time(office.words, office.gazetteer, draft, to_card(office.words, draft.id)))


async def take_moment(message: Message, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        draft = await desk.draft((await state.get_data()).get("announcement", 0))
    at = read_moment(message.text or "", office.now, zone_of(office.gazetteer, draft))
    if at is None:
        await send(message, screens.not_a_time(office.words))
    elif at < office.now:
        await send(message, screens.past(office.words))
    else:
        await send(message, screens.is_it_then(office.words, office.gazetteer, draft, at, office.now))


async def set_time(query: CallbackQuery, act: SetTime, state: FSMContext, office: Office, watchers: Watchers) -> None:
    at = _moment(act.minute, office.now)
    if act.minute and at is None:
        await toast(query, screens.passed(office.words), alert=True)
        return
    async with office.acting() as desk:
        draft = await desk.draft(act.announcement)
        if not await announcements.set_time(desk.connection, draft.id, at, office.now):
            raise GoneError
    await state.clear()
    await show_card(query, office, watchers, act.announcement)


def _moment(minute: int, now: datetime) -> datetime | None:
    """None where the minute has passed or is beyond all plans: the number may be old or forged."""
    ahead = minute - int(now.timestamp() // 60)
    if not 0 <= ahead <= FARTHEST_YEARS * 366 * 24 * 60:
        return None
    return datetime.fromtimestamp(minute * 60, UTC)
