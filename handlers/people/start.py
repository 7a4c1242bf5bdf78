"""/start: a place, topics and a frequency; the same steps add a place or topics later."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.privacy import TERMS
from domain.subscribers import MOST_SUBSCRIPTIONS, ChatKind
from domain.territories import RUSSIA
from handlers.finding.asking import answer, laid_out
from handlers.managing import ManagersOnly
from handlers.people.my import show_overview
from handlers.people.topics import known_place, offer_topics
from handlers.pressed import Pressed
from handlers.screens import put_away_keyboard, send, show, take_buttons_away, toast
from handlers.visit import Visit
from presenters.finding.listing import Feed, Listing, View
from presenters.language.topics import from_mask
from presenters.people import onboarding as screens
from presenters.people.my import too_many
from presenters.people.settling import AskLocation, AskName, AskPlace, ChooseFrequency, ChoosePlace, Consent, Purpose
from storage.people import subscribers, subscriptions

Event = Message | CallbackQuery
LONGEST_NAME = 3
"""Words. What is longer and names no place that we know is a question rather than a name."""
_YES = frozenset(("да", "верно", "правильно", "ага", "yes"))
_NO = frozenset(("нет", "не", "неверно", "no"))
"""Typed instead of pressed."""


class Settling(StatesGroup):
    place = State()
    """The name of a place, or a location, is awaited; ``purpose`` says what for."""


def router() -> Router:
    router = Router(name="start")
    router.message.middleware(ManagersOnly())
    router.callback_query.middleware(ManagersOnly())
    router.message.register(start, CommandStart(magic=F.func(_is_ours)))
    router.message.register(location, F.location, F.chat.type == ChatType.PRIVATE)
    router.message.register(location, F.location, Settling.place)
    router.message.register(place_name, Settling.place, F.text)
    router.callback_query.register(ask_place, Pressed(AskPlace))
    router.callback_query.register(ask_name, Pressed(AskName))
    router.callback_query.register(ask_location, Pressed(AskLocation))
    router.callback_query.register(choose_place, Pressed(ChoosePlace), known_place)
    router.callback_query.register(choose_frequency, Pressed(ChooseFrequency), known_place)
    router.callback_query.register(consent, Pressed(Consent), current_terms)
    return router


def _is_ours(command: CommandObject) -> bool:
    """Cards of events and items have their own handler."""
    return not (command.args or "").startswith(("e_", "i_"))


async def current_terms(_: CallbackQuery, act: Consent) -> bool:
    return act.version == TERMS


async def start(message: Message, command: CommandObject, state: FSMContext, visit: Visit) -> None:
    territory = (command.args or "").removeprefix("t_")
    if territory in visit.gazetteer.by_code:
        purpose = Purpose.ADD if visit.subscriber.home else Purpose.HOME
        await offer_topics(message, territory, purpose, state, visit)
    elif await visit.followed():
        await show_overview(message, visit)
    else:
        await _await_place(state, Purpose.HOME)
        private = visit.subscriber.kind is ChatKind.PRIVATE
        await show(message, screens.where(visit.words, Purpose.HOME) if private else screens.greet_group(visit.words))


async def _await_place(state: FSMContext, purpose: Purpose) -> None:
    await state.set_state(Settling.place)
    await state.set_data({"purpose": purpose})


async def ask_place(query: CallbackQuery, act: AskPlace, state: FSMContext, visit: Visit) -> None:
    await _await_place(state, act.purpose)
    await show(query, screens.where(visit.words, act.purpose))


async def ask_name(query: CallbackQuery, act: AskName, state: FSMContext, visit: Visit) -> None:
    await _await_place(state, act.purpose)
    private = visit.subscriber.kind is ChatKind.PRIVATE
    await show(query, screens.ask_name(visit.words, act.purpose) if private else screens.ask_name_in_group(visit.words))


async def ask_location(query: CallbackQuery, act: AskLocation, state: FSMContext, visit: Visit) -> None:
    await _await_place(state, act.purpose)
    await show(query, screens.ask_location(visit.words))


async def _awaited(state: FSMContext, visit: Visit) -> Purpose:
    """What the awaited place is for; for a location that nobody asked for, the likeliest."""
    likeliest = Purpose.ADD if visit.subscriber.home else Purpose.HOME
    return Purpose((await state.get_data()).get("purpose", likeliest))


async def location(message: Message, state: FSMContext, visit: Visit) -> None:
    sent, purpose = message.location, await _awaited(state, visit)
    nearest = visit.gazetteer.nearest(sent.latitude, sent.longitude) if sent else None
    if nearest is None:
        await send(message, screens.ask_name(visit.words, purpose))
        return
    await put_away_keyboard(message, screens.located(visit.words))
    await state.update_data(offered=nearest.code)
    await send(message, screens.is_it(visit.words, visit.gazetteer, nearest.code, purpose))


async def place_name(message: Message, state: FSMContext, visit: Visit) -> None:
    typed, purpose = message.text or "", await _awaited(state, visit)
    if await _confirmed(message, typed, purpose, state, visit):
        return
    found = [territory.code for territory in visit.gazetteer.lookup(typed)]
    await state.update_data(offered=found[0] if len(found) == 1 else None)
    if not found and await _answered(message, typed, state, visit):
        return
    await send(message, screens.found(visit.words, visit.gazetteer, typed, found, purpose))


async def _confirmed(message: Message, typed: str, purpose: Purpose, state: FSMContext, visit: Visit) -> bool:
    """«Да» or «нет» to the one place that was offered last."""
    offered, said = (await state.get_data()).get("offered"), typed.strip(" .!").casefold()
    if offered is None or said not in _YES | _NO:
        return False
    if said in _YES:
        await _take(message, offered, purpose, state, visit)
    else:
        await _await_place(state, purpose)
        await show(message, screens.where(visit.words, purpose))
    return True


async def _answered(message: Message, typed: str, state: FSMContext, visit: Visit) -> bool:
    """What names no place may be a question: of many words, or of such as news hold just so.

    After a short one the place is awaited still: it may have been a village that the tables do not know.
    """
    found = await answer(visit, Listing(View.LIST, Feed.SEARCH), typed)
    is_long = len(typed.split()) > LONGEST_NAME
    if not is_long and (not found.whole or found.dropped or found.query.corrected):
        return False
    if is_long:
        await state.clear()
    await send(message, laid_out(visit, found))
    return True


async def choose_place(query: CallbackQuery, act: ChoosePlace, state: FSMContext, visit: Visit) -> None:
    await _take(query, act.place, act.purpose, state, visit)


async def _take(event: Event, place: str, purpose: Purpose, state: FSMContext, visit: Visit) -> None:
    await state.clear()
    if purpose is Purpose.MOVE:
        await _move(place, visit)
        await show_overview(event, visit)
    else:
        await offer_topics(event, place, purpose, state, visit)


async def _move(place: str, visit: Visit) -> None:
    """The place becomes home; its clock becomes the subscriber's, but the whole country has none."""
    zone = visit.subscriber.time_zone if place == RUSSIA else visit.gazetteer.by_code[place].time_zone
    async with visit.change() as (connection, subscriber):
        await subscribers.set_home(connection, subscriber, place, zone)


async def choose_frequency(query: CallbackQuery, act: ChooseFrequency, state: FSMContext, visit: Visit) -> None:
    topics = from_mask(act.chosen)
    elsewhere = [one for one in await visit.followed() if one.territory != act.place]
    if len(elsewhere) + max(1, len(topics)) > MOST_SUBSCRIPTIONS:
        await toast(query, too_many(visit.words), alert=True)
        return
    keep = act.purpose is Purpose.TOPICS
    async with visit.change() as (connection, subscriber):
        await subscriptions.follow(
            connection, subscriber, act.place, topics, frequency=act.frequency, now=visit.now, keep=keep
        )
    await state.clear()
    if act.purpose is Purpose.HOME:
        await _move(act.place, visit)
        await _welcome(query, act, visit)
    else:
        await show_overview(query, visit)


async def _welcome(query: CallbackQuery, act: ChooseFrequency, visit: Visit) -> None:
    async with visit.database.read() as connection:
        version, _ = await subscribers.agreed(connection, visit.subscriber.id)
    asks = visit.subscriber.kind is ChatKind.PRIVATE and version != TERMS
    screen = screens.welcome(
        visit.words,
        visit.gazetteer,
        act.place,
        from_mask(act.chosen),
        act.frequency,
        visit.subscriber.digest_hour,
        consent_to=TERMS if asks else None,
    )
    await show(query, screen)


async def consent(query: CallbackQuery, act: Consent, visit: Visit) -> None:
    async with visit.change() as (connection, subscriber):
        await subscribers.consent(connection, subscriber, act.version, visit.now)
    await toast(query, screens.thanks_for_consent(visit.words), alert=True)
    await take_buttons_away(query)
