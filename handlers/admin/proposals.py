"""/announce: an organiser's event in one sentence, shown as it was understood, handed to those who let it through."""

import asyncio

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.roles import Act
from handlers.admin.office import GoneError, Office
from handlers.admin.proposed import read_proposal
from handlers.admin.telling import tell
from handlers.pressed import Pressed
from handlers.screens import send, show
from presenters.admin import desk as desk_screens
from presenters.admin import proposals as screens
from presenters.admin.proposals import CorrectProposal, ProposalRight, ProposeFor
from storage.intake import moderation, suggestions
from storage.people import roles

LONGEST = 1000
Event = Message | CallbackQuery


class Proposing(StatesGroup):
    sentence = State()
    checking = State()


def router() -> Router:
    router = Router(name="admin.proposals")
    router.message.register(begin, Command("announce"))
    router.message.register(take_sentence, Proposing.sentence, F.text)
    router.message.register(take_sentence, Proposing.checking, F.text)
    router.callback_query.register(choose_territory, Pressed(ProposeFor))
    router.callback_query.register(correct, Pressed(CorrectProposal))
    router.callback_query.register(hand_over, Pressed(ProposalRight))
    return router


async def begin(message: Message, command: CommandObject, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        own = desk.where(Act.PROPOSE)
    if not own:
        await send(message, screens.not_an_organiser(office.words))
        return
    await state.set_state(Proposing.sentence)
    await state.set_data({"territory": own[0] if len(own) == 1 else None})
    if command.args:
        await _take(message, command.args, state, office)
    else:
        await send(message, screens.ask(office.words))


async def take_sentence(message: Message, state: FSMContext, office: Office) -> None:
    await _take(message, message.text or "", state, office)


async def _take(event: Message, sentence: str, state: FSMContext, office: Office) -> None:
    await state.update_data(sentence=sentence.strip()[:LONGEST])
    await _next(event, state, office)


async def choose_territory(query: CallbackQuery, act: ProposeFor, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        desk.demand(Act.PROPOSE, [act.territory])
    await state.update_data(territory=act.territory)
    await _next(query, state, office)


async def _next(event: Event, state: FSMContext, office: Office) -> None:
    """The territory where it is open, or the sentence as it was understood."""
    data = await state.get_data()
    sentence, territory = data.get("sentence"), data.get("territory")
    if not sentence:
        raise GoneError
    if territory is None:
        async with office.looking() as desk:
            own = desk.where(Act.PROPOSE)
        await show(event, screens.ask_territory(office.words, office.gazetteer, own))
        return
    draft = await asyncio.to_thread(read_proposal, office, sentence, territory, office.now)
    if draft is None:
        await show(event, screens.no_date(office.words))
        return
    await state.set_state(Proposing.checking)
    await show(event, screens.understood(office.words, draft, office.now))


async def correct(query: CallbackQuery, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        desk.demand_anywhere(Act.PROPOSE)
    data = await state.get_data()
    await state.set_state(Proposing.sentence)
    await state.set_data({"territory": data.get("territory")})
    await show(query, screens.ask(office.words))


async def hand_over(query: CallbackQuery, state: FSMContext, office: Office) -> None:
    data = await state.get_data()
    sentence, territory = data.get("sentence"), data.get("territory")
    if not sentence or not territory:
        raise GoneError
    await state.clear()
    async with office.acting() as desk:
        desk.demand(Act.PROPOSE, [territory])
        number = await suggestions.create(
            desk.connection, author=desk.user_id, text=sentence, territory=territory, is_event=True, now=office.now
        )
        one = await moderation.get(desk.connection, number)
        assert one is not None  # noqa: S101  written in this transaction
        people = await roles.people_who_may(desk.connection, Act.MODERATE, territory)
        say = one
        await tell(
            office,
            desk,
            people,
            lambda words: desk_screens.told_new(words, office.gazetteer, say),
            f"suggestion:{number}:new",
        )
    await show(query, screens.handed_over(office.words, number))
