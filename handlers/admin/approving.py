"""Two people for one mailing: who may approve lets it go, or sends it back to its author with a word."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.announcements import Announcement, AnnouncementState
from handlers.admin.cards import may_approve
from handlers.admin.office import Desk, NotAllowedError, Office
from handlers.admin.release import release
from handlers.admin.sending import show_outcome
from handlers.admin.telling import tell
from handlers.admin.watching import Watchers
from handlers.pressed import Pressed
from handlers.screens import send, show, toast
from presenters.admin import approvals as screens
from presenters.admin.composing import Approve, SendBack, ask_reason, too_late
from storage.announcing import announcements

LONGEST_REASON = 500


class Returning(StatesGroup):
    reason = State()


def router() -> Router:
    router = Router(name="admin.approving")
    router.callback_query.register(approve, Pressed(Approve))
    router.callback_query.register(ask_why, Pressed(SendBack))
    router.message.register(take_reason, Returning.reason, F.text)
    return router


async def _approvable(desk: Desk, announcement: int) -> Announcement:
    one = await desk.announcement(announcement)
    if not may_approve(desk, one):
        raise NotAllowedError
    return one


async def approve(query: CallbackQuery, act: Approve, office: Office, watchers: Watchers) -> None:
    async with office.acting() as desk:
        one = await _approvable(desk, act.announcement)
        waits = one.state is AnnouncementState.AWAITING_APPROVAL
        done = waits and await release(office, desk, one, approved_by=desk.user_id)
        if done:
            key = f"approved:{one.id}:{office.now.timestamp()}"
            await tell(office, desk, [one.author_id], lambda words: screens.told_approved(words, one), key)
    if not done:
        await toast(query, too_late(office.words), alert=True)
        return
    await show_outcome(query, office, watchers, act.announcement)


async def ask_why(query: CallbackQuery, act: SendBack, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        one = await _approvable(desk, act.announcement)
    await state.set_state(Returning.reason)
    await state.set_data({"announcement": one.id})
    await show(query, ask_reason(office.words, one))


async def take_reason(message: Message, state: FSMContext, office: Office) -> None:
    reason = (message.text or "").strip()[:LONGEST_REASON]
    announcement = (await state.get_data()).get("announcement", 0)
    await state.clear()
    async with office.acting() as desk:
        one = await _approvable(desk, announcement)
        waits = one.state is AnnouncementState.AWAITING_APPROVAL
        done = waits and await announcements.become(desk.connection, one.id, AnnouncementState.DRAFT, office.now)
        if done:
            key = f"returned:{one.id}:{office.now.timestamp()}"
            await tell(office, desk, [one.author_id], lambda words: screens.told_returned(words, one, reason), key)
    await send(message, screens.returned(office.words, one) if done else screens.moved_on(office.words))
