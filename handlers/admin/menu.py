"""/admin: the way in, by rights."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.announcements import AnnouncementState
from domain.messages import Message as Screen
from domain.roles import Act
from handlers.admin.cards import may_approve
from handlers.admin.office import Desk, Office
from handlers.pressed import Pressed
from handlers.screens import show
from presenters.actions import pack
from presenters.admin import menu as screens
from presenters.admin.menu import OpenAdmin, Waiting
from presenters.admin.sources import ListSources
from presenters.help import has_desk
from storage.announcing import announcements
from storage.content import reviewing
from storage.intake import moderation


def router() -> Router:
    router = Router(name="admin.menu")
    router.message.register(open_menu, Command("admin"))
    router.callback_query.register(open_menu, Pressed(OpenAdmin))
    return router


async def open_menu(event: Message | CallbackQuery, state: FSMContext, office: Office) -> None:
    await state.clear()
    async with office.looking() as desk:
        screen = await _menu(office, desk) if has_desk(desk.grants) else screens.no_role(office.words)
    await show(event, screen)


async def _menu(office: Office, desk: Desk) -> Screen:
    acts = [act for act in Act if desk.anywhere(act)]
    return screens.menu(office.words, acts, await _waiting(desk), sources=pack(ListSources(0)))


async def _waiting(desk: Desk) -> Waiting:
    moderated = desk.where(Act.MODERATE)
    asked = await announcements.listed(desk.connection, [AnnouncementState.AWAITING_APPROVAL])
    return Waiting(
        suggestions=len(await moderation.waiting(desk.connection, within=moderated)),
        review=await reviewing.count(desk.connection, moderated),
        approvals=sum(may_approve(desk, one) for one in asked),
    )
