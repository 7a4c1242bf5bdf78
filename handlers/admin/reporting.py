"""The result of a mailing as a table to take away and as a picture."""

import asyncio

from aiogram import Router
from aiogram.types import BufferedInputFile, CallbackQuery
from aiogram.types import Message as TelegramMessage

from domain.announcements import Announcement
from domain.mailings import DeliveryState, Mailing
from domain.roles import Act
from handlers.admin.office import Desk, GoneError, Office
from handlers.pressed import Pressed
from handlers.screens import acknowledge, hand_over, toast
from presenters.admin import charts
from presenters.admin import reports as screens
from presenters.admin.live import ShowChart, ShowCsv, no_chart
from presenters.admin.times import zone_of
from storage.outbox import mailings, reports

MOST_LINES = 200_000
"""People up to whom the table names everybody; of more it names those who were not reached."""


def router() -> Router:
    router = Router(name="admin.reporting")
    router.callback_query.register(table, Pressed(ShowCsv))
    router.callback_query.register(chart, Pressed(ShowChart))
    return router


async def _reported(desk: Desk, announcement: int) -> tuple[Announcement, Mailing]:
    one = await desk.announcement(announcement)
    desk.demand(Act.SEE_REPORTS, one.audience.territories)
    mailing = await mailings.of_announcement(desk.connection, one.id)
    if mailing is None:
        raise GoneError
    return one, mailing


async def table(query: CallbackQuery, act: ShowCsv, office: Office) -> None:
    async with office.looking() as desk:
        one, mailing = await _reported(desk, act.announcement)
        whole = mailing.size <= MOST_LINES
        lines = [
            line
            async for line in reports.lines(desk.connection, mailing.id)
            if whole or line.state is not DeliveryState.SENT
        ]
    zone = zone_of(office.gazetteer, one)
    document = await asyncio.to_thread(screens.table, office.words, office.gazetteer, mailing.id, lines, zone)
    await acknowledge(query)
    if isinstance(query.message, TelegramMessage):
        await hand_over(query.message, document)


async def chart(query: CallbackQuery, act: ShowChart, office: Office) -> None:
    async with office.looking() as desk:
        one, mailing = await _reported(desk, act.announcement)
        points = await reports.course(desk.connection, mailing.id)
    if not points or not charts.can_draw():
        await toast(query, no_chart(office.words), alert=True)
        return
    title = f"№ {one.id} · {one.headline}"
    picture = await asyncio.to_thread(charts.course, office.words, title, points, zone_of(office.gazetteer, one))
    await acknowledge(query)
    if isinstance(query.message, TelegramMessage):
        await query.message.answer_photo(BufferedInputFile(picture, f"mailing-{mailing.id}.png"))
