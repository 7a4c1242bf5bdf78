"""The result of a mailing as a table to take away and as a picture."""

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.mailings import Mailing
from domain.roles import Act
from handlers.admin.office import Desk, GoneError, Office
from handlers.pressed import Pressed
from handlers.screens import acknowledge
from presenters.admin.live import ShowChart, ShowCsv
from storage import mailings


def router() -> Router:
    router = Router(name="admin.results")
    router.callback_query.register(table, Pressed(ShowCsv))
    router.callback_query.register(chart, Pressed(ShowChart))
    return router


async def _reported(desk: Desk, announcement: int) -> Mailing:
    one = await desk.announcement(announcement)
    desk.demand(Act.SEE_REPORTS, one.audience.territories)
    mailing = await mailings.of_announcement(desk.connection, one.id)
    if mailing is None:
        raise GoneError
    return mailing


async def table(query: CallbackQuery, act: ShowCsv, office: Office) -> None:
    async with office.looking() as desk:
        mailing = await _reported(desk, act.announcement)
    await acknowledge(query)


async def chart(query: CallbackQuery, act: ShowChart, office: Office) -> None:
    async with office.looking() as desk:
        mailing = await _reported(desk, act.announcement)
    await acknowledge(query)
