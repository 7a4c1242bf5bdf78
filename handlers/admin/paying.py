"""Whether a draft may cost Stars to reach its people sooner: decided by who may send it, where it is set up at all."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.admin.cards import show_card
from handlers.admin.office import GoneError, NotAllowedError, Office
from handlers.admin.watching import Watchers
from handlers.pressed import Pressed
from handlers.screens import toast
from presenters.admin import stars as screens
from presenters.admin.stars import SetPaid
from storage.announcing import announcements


def router() -> Router:
    router = Router(name="admin.paying")
    router.callback_query.register(set_paid, Pressed(SetPaid))
    return router


async def set_paid(query: CallbackQuery, act: SetPaid, office: Office, watchers: Watchers) -> None:
    if act.paid and not office.paid_send_rate:
        await toast(query, screens.not_offered(office.words), alert=True)
        return
    async with office.acting() as desk:
        draft = await desk.draft(act.announcement)
        if not desk.may_send(draft):
            raise NotAllowedError
        if not await announcements.set_paid(desk.connection, draft.id, office.now, paid=act.paid):
            raise GoneError
    await show_card(query, office, watchers, act.announcement)
