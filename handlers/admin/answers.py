"""The author of a suggestion answers what a moderator asked. Theirs alone: no role is needed."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.suggestions import Suggestion, SuggestionState
from handlers.admin.office import Desk, Office
from handlers.admin.telling import tell
from handlers.pressed import Pressed
from handlers.screens import send, show, toast
from presenters.admin import desk as screens
from presenters.admin.desk import AnswerModerator
from storage.intake import moderation

LONGEST = 1000


class Answering(StatesGroup):
    text = State()


def router() -> Router:
    router = Router(name="admin.answers")
    router.callback_query.register(ask_answer, Pressed(AnswerModerator))
    router.message.register(take_answer, Answering.text, F.text)
    return router


async def _asked(desk: Desk, number: int) -> Suggestion | None:
    """A suggestion of this very person about which something is asked."""
    one = await moderation.get(desk.connection, number)
    theirs = one is not None and one.author_chat_id == desk.user_id and one.state is SuggestionState.ASKED
    return one if theirs else None


async def ask_answer(query: CallbackQuery, act: AnswerModerator, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        one = await _asked(desk, act.suggestion)
    if one is None:
        await toast(query, screens.not_asked(office.words), alert=True)
        return
    await state.set_state(Answering.text)
    await state.set_data({"suggestion": one.id})
    await show(query, screens.ask_answer(office.words, one))


async def take_answer(message: Message, state: FSMContext, office: Office) -> None:
    number = (await state.get_data()).get("suggestion", 0)
    await state.clear()
    async with office.acting() as desk:
        one = await _asked(desk, number)
        text = (message.text or "")[:LONGEST]
        if one and await moderation.answer(desk.connection, one.id, desk.user_id, text, office.now):
            moderator = await moderation.moderator_of(desk.connection, one.id)
            key = f"suggestion:{one.id}:answer:{office.now.timestamp()}"
            asked = one
            await tell(office, desk, [moderator or 0], lambda words: screens.told_answer(words, asked), key)
    await send(message, screens.thanks_for_answer(office.words) if one else screens.nothing_asked(office.words))
