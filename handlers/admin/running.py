"""What is being sent is held, let go on, or stopped for good; what did not arrive goes out again."""

from collections.abc import Awaitable, Callable

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.mailings import Mailing
from handlers.admin.cards import show_card
from handlers.admin.office import Desk, GoneError, Office
from handlers.admin.watching import Watchers
from handlers.pressed import Pressed
from handlers.screens import show, toast
from presenters.admin import live as screens
from presenters.admin.live import PauseMailing, ResumeMailing, Retry, StopMailing
from storage.outbox import mailings


def router() -> Router:
    router = Router(name="admin.running")
    router.callback_query.register(pause, Pressed(PauseMailing))
    router.callback_query.register(resume, Pressed(ResumeMailing))
    router.callback_query.register(stop, Pressed(StopMailing))
    router.callback_query.register(retry, Pressed(Retry))
    return router


async def mailing_of(desk: Desk, announcement: int) -> Mailing:
    """The mailing of an announcement that the person may send; GoneError where it was never sent."""
    one = await desk.sendable(announcement)
    mailing = await mailings.of_announcement(desk.connection, one.id)
    if mailing is None:
        raise GoneError
    return mailing


async def pause(query: CallbackQuery, act: PauseMailing, office: Office, watchers: Watchers) -> None:
    await _do(query, act.announcement, office, watchers, lambda desk, one: mailings.pause(desk.connection, one.id))


async def resume(query: CallbackQuery, act: ResumeMailing, office: Office, watchers: Watchers) -> None:
    await _do(query, act.announcement, office, watchers, lambda desk, one: mailings.resume(desk.connection, one.id))


async def stop(query: CallbackQuery, act: StopMailing, office: Office, watchers: Watchers) -> None:
    if act.sure:
        now = office.now
        await _do(
            query, act.announcement, office, watchers, lambda desk, one: mailings.cancel(desk.connection, one.id, now)
        )
        return
    async with office.looking() as desk:
        one = await desk.sendable(act.announcement)
    await show(query, screens.sure_to_stop(office.words, one))


async def _do(
    query: CallbackQuery,
    announcement: int,
    office: Office,
    watchers: Watchers,
    act: Callable[[Desk, Mailing], Awaitable[bool]],
) -> None:
    async with office.acting() as desk:
        done = await act(desk, await mailing_of(desk, announcement))
    if done:
        await show_card(query, office, watchers, announcement)
    else:
        await toast(query, screens.not_now(office.words), alert=True)


async def retry(query: CallbackQuery, act: Retry, office: Office, watchers: Watchers) -> None:
    async with office.acting() as desk:
        mailing = await mailing_of(desk, act.announcement)
        count = await mailings.retry(desk.connection, mailing.id)
    await toast(query, screens.retried(office.words, count), alert=True)
    if count:
        await show_card(query, office, watchers, act.announcement)
