"""Correct and recall: what was said is said anew to everybody who has it, or taken back."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.announcements import Announcement, AnnouncementState
from domain.events import Event, EventDraft, EventStatus
from handlers.admin.happenings import merged, read_event
from handlers.admin.office import Desk, GoneError, Office
from handlers.admin.running import mailing_of
from handlers.admin.sending import as_received
from handlers.admin.texts import over, wording_of
from handlers.pressed import Pressed
from handlers.screens import send, show, toast
from presenters.admin import composing
from presenters.admin import live as screens
from presenters.admin.live import Correct, Recall, SendCorrection
from storage.announcing import announced, announcements
from storage.announcing.announcements import Wording
from storage.content import events
from storage.outbox import corrections

_SAID = (AnnouncementState.SENDING, AnnouncementState.SENT, AnnouncementState.CANCELLED)


class Correcting(StatesGroup):
    text = State()


def router() -> Router:
    router = Router(name="admin.second_thoughts")
    router.callback_query.register(ask_text, Pressed(Correct))
    router.message.register(take_text, Correcting.text, F.text | F.photo)
    router.callback_query.register(correct, Pressed(SendCorrection))
    router.callback_query.register(recall, Pressed(Recall))
    return router


async def _said(desk: Desk, announcement: int) -> Announcement:
    """One that was sent to somebody, for whoever may send it."""
    one = await desk.sendable(announcement)
    if one.state not in _SAID:
        raise GoneError
    return one


async def ask_text(query: CallbackQuery, act: Correct, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        one = await _said(desk, act.announcement)
    await state.set_state(Correcting.text)
    await state.set_data({"announcement": one.id})
    await show(query, screens.ask_correction(office.words, one))


async def take_text(message: Message, state: FSMContext, office: Office) -> None:
    """Shows how it will read; the photo stays as it is unless another one comes."""
    async with office.looking() as desk:
        one = await _said(desk, (await state.get_data()).get("announcement", 0))
    given = wording_of(message)
    if given is None:
        await send(message, composing.no_text(office.words))
        return
    wording = replace(given, photo=given.photo or one.photo)
    if units := over(wording):
        await send(message, composing.too_long(office.words, units, with_photo=wording.photo is not None))
        return
    await state.update_data(title=wording.title, text=wording.text, photo=wording.photo)
    fresh = replace(one, title=wording.title, text=wording.text, photo=wording.photo)
    await send(message, as_received(office.words, fresh))
    moved = await _moved(office, fresh)
    await send(message, screens.sure_to_correct(office.words, one, moved[1] if moved else None, office.now))


async def _moved(office: Office, fresh: Announcement) -> tuple[Event, EventDraft] | None:
    """The event of an announcement and how its new words tell it; None where they tell nothing new."""
    async with office.looking() as desk:
        known = await events.get(desk.connection, fresh.event_id) if fresh.event_id else None
    told = await read_event(office, fresh, fresh.spoken) if known else None
    if known is None or told is None:
        return None
    status = EventStatus.POSTPONED if told.postponed else EventStatus.CONFIRMED
    draft = replace(merged(known, told, fresh, office), status=EventStatus.CANCELLED if told.cancelled else status)
    before = (known.status, known.start_date, known.end_date, known.start_time, known.venue)
    after = (draft.status, draft.start_date, draft.end_date, draft.start_time, draft.venue)
    return (known, draft) if before != after else None


async def correct(query: CallbackQuery, act: SendCorrection, state: FSMContext, office: Office) -> None:
    """The new version everywhere; where time, place or status changed, those who come hear of that as well."""
    data = await state.get_data()
    if data.get("announcement") != act.announcement or "text" not in data:
        raise GoneError
    async with office.looking() as desk:
        one = await _said(desk, act.announcement)
    wording = Wording(data["title"], data["text"], data.get("photo", one.photo))
    moved = await _moved(office, replace(one, title=wording.title, text=wording.text))
    await state.clear()
    async with office.acting() as desk:
        done = await _correct(office, desk, act.announcement, wording)
        if done and moved:
            await events.change(desk.connection, moved[0].id, moved[1], office.now)
    if done is None:
        await toast(query, screens.not_now(office.words), alert=True)
        return
    await show(query, screens.correcting(office.words, done))


async def _correct(office: Office, desk: Desk, announcement: int, wording: Wording) -> Announcement | None:
    await _said(desk, announcement)
    mailing = await mailing_of(desk, announcement)
    if await announcements.new_version(desk.connection, announcement, wording, desk.user_id, office.now) is None:
        return None
    content = {"title": wording.title, "text": wording.text, "photo": wording.photo}
    if await corrections.correct(desk.connection, mailing.id, content, office.now, by=desk.user_id) is None:
        raise GoneError
    await announced.publish(desk.connection, announcement, office.now)
    return await announcements.get(desk.connection, announcement)


async def recall(query: CallbackQuery, act: Recall, office: Office) -> None:
    if not act.sure:
        async with office.looking() as desk:
            one = await _said(desk, act.announcement)
        await show(query, screens.sure_to_recall(office.words, one))
        return
    async with office.acting() as desk:
        one = await _said(desk, act.announcement)
        mailing = await mailing_of(desk, one.id)
        done = await corrections.recall(desk.connection, mailing.id, office.now, by=desk.user_id)
        if done is not None:
            await announced.withdraw(desk.connection, one.id, office.now)
    if done is None:
        await toast(query, screens.not_now(office.words), alert=True)
        return
    await show(query, screens.recalling(office.words, one))
