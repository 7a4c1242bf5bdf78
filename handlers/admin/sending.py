"""A draft is looked at, tried on oneself, and sent off: at once, at its time, or to those who approve it."""

from dataclasses import replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from domain.announcements import Announcement, AnnouncementKind, AnnouncementState, Priority
from domain.messages import Message as Screen
from handlers.admin.cards import outlook_of, show_card
from handlers.admin.office import NotAllowedError, Office
from handlers.admin.release import go
from handlers.admin.watching import Watchers
from handlers.admin.waves import show_plan
from handlers.pressed import Pressed
from handlers.screens import send, show, toast
from presenters.admin import composing as screens
from presenters.admin.composing import Discard, Preview, SendOff, SendToSelf, TakeBack
from presenters.language.words import Words
from presenters.pushed import pushes
from storage.announcing import announcements

MANY = 10_000
"""People above which it is asked once more; what wakes people or costs Stars is asked of always."""


def router() -> Router:
    router = Router(name="admin.sending")
    router.callback_query.register(preview, Pressed(Preview))
    router.callback_query.register(send_to_self, Pressed(SendToSelf))
    router.callback_query.register(send_off, Pressed(SendOff))
    router.callback_query.register(take_back, Pressed(TakeBack))
    router.callback_query.register(discard, Pressed(Discard))
    return router


def as_received(words: Words, one: Announcement) -> Screen:
    """The message as its people will read it, without the buttons of a real mailing."""
    urgent = one.priority is Priority.URGENT
    message = pushes.announcement(words, one.title, one.text, mailing_id=0, photo=one.photo, urgent=urgent)
    return replace(message, buttons=())


async def preview(query: CallbackQuery, act: Preview, office: Office) -> None:
    async with office.looking() as desk:
        one = await desk.announcement(act.announcement)
    if not one.text:
        await toast(query, screens.needs_text(office.words), alert=True)
        return
    back = screens.to_card(office.words, one.id)
    await show(query, replace(as_received(office.words, one), buttons=((back,),)))


async def send_to_self(query: CallbackQuery, act: SendToSelf, office: Office) -> None:
    async with office.looking() as desk:
        one = await desk.announcement(act.announcement)
    if not one.text or query.message is None:
        await toast(query, screens.needs_text(office.words), alert=True)
        return
    await send(query.message, as_received(office.words, one))
    await toast(query, screens.sent_to_self(office.words))


async def send_off(query: CallbackQuery, act: SendOff, state: FSMContext, office: Office, watchers: Watchers) -> None:
    async with office.looking() as desk:
        draft = await desk.draft(act.announcement)
        outlook = await outlook_of(office, desk, draft)
    if objection := _objection(office.words, draft):
        await toast(query, objection, alert=True)
        return
    if draft.kind is AnnouncementKind.CAMPAIGN and draft.campaign_id is None:
        await show_plan(query, office, draft.id)
        return
    if not act.sure and (draft.priority is Priority.URGENT or draft.paid or outlook.size.people > MANY):
        await show(query, screens.sure_to_send(office.words, draft, outlook.size.people, outlook.seconds))
        return
    await state.clear()
    async with office.acting() as desk:
        moved = await go(office, desk, draft.id)
    if not moved:
        await toast(query, screens.too_late(office.words), alert=True)
        return
    await show_outcome(query, office, watchers, draft.id)


def _objection(words: Words, draft: Announcement) -> str | None:
    if draft.state is not AnnouncementState.DRAFT:
        return screens.too_late(words)
    if not draft.text:
        return screens.needs_text(words)
    return None if draft.audience.territories else screens.needs_audience(words)


async def show_outcome(query: CallbackQuery, office: Office, watchers: Watchers, announcement: int) -> None:
    """What became of it: handed in, scheduled, or on its way with the bar that moves."""
    async with office.looking() as desk:
        one = await desk.announcement(announcement)
    if one.state is AnnouncementState.AWAITING_APPROVAL:
        await show(query, screens.handed_in(office.words, one))
    elif one.state is AnnouncementState.SCHEDULED:
        await show(query, screens.scheduled(office.words, office.gazetteer, one, office.now))
    else:
        await show_card(query, office, watchers, announcement)


async def take_back(query: CallbackQuery, act: TakeBack, office: Office, watchers: Watchers) -> None:
    """What is scheduled is taken back by its author or those who could have sent it."""
    async with office.acting() as desk:
        one = await desk.draft(act.announcement)
        if one.state is AnnouncementState.SCHEDULED and not (desk.may_send(one) or one.author_id == desk.user_id):
            raise NotAllowedError
        done = await announcements.become(desk.connection, one.id, AnnouncementState.DRAFT, office.now)
    if not done:
        await toast(query, screens.too_late(office.words), alert=True)
        return
    await show_card(query, office, watchers, act.announcement)


async def discard(query: CallbackQuery, act: Discard, state: FSMContext, office: Office) -> None:
    await state.clear()
    if not act.sure:
        async with office.looking() as desk:
            draft = await desk.draft(act.announcement)
        await show(query, screens.sure_to_discard(office.words, draft))
        return
    async with office.acting() as desk:
        draft = await desk.draft(act.announcement)
        done = await announcements.discard(desk.connection, draft.id, office.now)
    if not done:
        await toast(query, screens.too_late(office.words), alert=True)
        return
    await show(query, screens.discarded(office.words, act.announcement))
