"""What one announcement looks like now: a draft's card, a mailing's progress that moves by itself, or its result."""

import asyncio
from datetime import datetime

from aiogram.types import CallbackQuery, Message

from analysis.duplicates import signature
from domain.announcements import Announcement
from domain.mailings import Mailing, Size
from domain.messages import Message as Screen
from domain.roles import Act
from handlers.admin.office import Desk, GoneError, NotAllowedError, Office
from handlers.admin.watching import Watchers
from handlers.screens import show
from presenters.admin import cards as screens
from presenters.admin import live
from presenters.admin.cards import Outlook
from presenters.admin.reports import details as report_details
from storage.announcing import announcements
from storage.content import events, items
from storage.engine import Connection
from storage.outbox import audiences, mailings, reactions, reports

Event = Message | CallbackQuery


async def show_card(event: Event, office: Office, watchers: Watchers, announcement: int) -> None:
    """Shows it, and goes on refreshing what is still being sent."""
    async with office.looking() as desk:
        screen, moves = await look(office, desk, announcement)
    shown = await show(event, screen)
    if moves and shown is not None:
        watchers.watch(shown, Progressing(office, announcement))


async def look(office: Office, desk: Desk, announcement: int, per_second: float | None = None) -> tuple[Screen, bool]:
    """The screen, and whether it will change by itself."""
    one = await desk.announcement(announcement)
    mailing = await mailings.of_announcement(desk.connection, one.id)
    if mailing is None:
        return await _draft(office, desk, one), False
    may_send = desk.may_send(one)
    progress = await mailings.progress(desk.connection, mailing.id)
    if mailing.state in live.ENDED and not progress.pending and not progress.sending:
        return await _result(office, desk, one, mailing), False
    blocked = await reactions.blocked(desk.connection, mailing.id)
    if per_second is None:
        per_second = _average(progress.settled, mailing.started_at, office.now)
    screen = live.live(office.words, one, mailing, progress, per_second=per_second, blocked=blocked, may_send=may_send)
    return screen, True


async def _result(office: Office, desk: Desk, one: Announcement, mailing: Mailing) -> Screen:
    report = await reports.report(desk.connection, mailing.id)
    assert report is not None  # noqa: S101  its mailing was read in this transaction
    what = await reactions.of_mailing(desk.connection, mailing)
    details = report_details(office.words, office.gazetteer, report)
    return live.result(office.words, one, report.progress, what, details, may_send=desk.may_send(one))


async def _draft(office: Office, desk: Desk, one: Announcement) -> Screen:
    event = await events.get(desk.connection, one.event_id) if one.event_id else None
    outlook = await outlook_of(office, desk, one)
    return screens.card(office.words, office.gazetteer, one, event, outlook, office.now)


async def outlook_of(office: Office, desk: Desk, one: Announcement) -> Outlook:
    """How many it reaches and how long that takes, what it resembles, and what this person may do with it."""
    size = Size(0, 0)
    if one.audience.territories:
        size = await audiences.count(desk.connection, one.audience, office.now)
    other = await announcements.alike(desk.connection, one.spoken, office.now, besides=one.id) if one.text else None
    return Outlook(
        size=size,
        seconds=size.people / (office.paid_send_rate if one.paid and office.paid_send_rate else office.send_rate),
        may_pay=office.paid_send_rate > 0 and desk.may_send(one),
        alike=(other.announcement_id, other.similarity) if other else None,
        alike_item=await _alike_item(desk.connection, one),
        may_send=desk.may_send(one),
        may_approve=may_approve(desk, one),
    )


def may_approve(desk: Desk, one: Announcement) -> bool:
    """A second person, who may send it."""
    return one.author_id != desk.user_id and desk.may(Act.APPROVE, one.audience.territories) and desk.may_send(one)


async def _alike_item(connection: Connection, one: Announcement) -> tuple[str, float] | None:
    if not one.text:
        return None
    found = await items.similar_to_text(connection, await asyncio.to_thread(signature, one.spoken), limit=1)
    return (found[0].title, found[0].similarity) if found else None


def _average(settled: int, started_at: datetime | None, now: datetime) -> float:
    seconds = (now - started_at).total_seconds() if started_at else 0
    return settled / seconds if seconds > 0 else 0.0


class Progressing:
    """Looks again and again, measuring the speed between two looks."""

    def __init__(self, office: Office, announcement: int) -> None:
        self._office = office
        self._announcement = announcement
        self._before: tuple[float, int] | None = None

    async def __call__(self) -> tuple[Screen | None, bool]:
        try:
            async with self._office.looking() as desk:
                return await look(self._office, desk, self._announcement, await self._speed(desk))
        except (NotAllowedError, GoneError):
            return None, False

    async def _speed(self, desk: Desk) -> float | None:
        mailing = await mailings.of_announcement(desk.connection, self._announcement)
        if mailing is None:
            return None
        settled = (await mailings.progress(desk.connection, mailing.id)).settled
        at, before = asyncio.get_running_loop().time(), self._before
        self._before = (at, settled)
        if before is None or at <= before[0]:
            return None
        return (settled - before[1]) / (at - before[0])
