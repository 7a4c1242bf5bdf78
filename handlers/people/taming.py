"""«Почему это мне?» and «Реже» under what came by itself. In a group its administrators decide what comes."""

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.subscribers import Frequency
from handlers.managing import ManagersOnly
from handlers.pressed import Pressed
from handlers.screens import send, toast
from handlers.visit import Visit
from presenters.apologies import old_button
from presenters.pushed import taming as screens
from presenters.pushed.pushes import Rarer, Why
from presenters.pushed.taming import AsBefore
from storage.outbox import why
from storage.people import subscriptions

RARER = {Frequency.AT_ONCE: Frequency.DAILY, Frequency.DAILY: Frequency.WEEKLY}


def router() -> Router:
    router = Router(name="pushed")
    router.callback_query.register(explain, Pressed(Why))
    managed = Router(name="pushed, for who decides")
    managed.callback_query.middleware(ManagersOnly())
    managed.callback_query.register(make_rarer, Pressed(Rarer))
    managed.callback_query.register(undo, Pressed(AsBefore))
    router.include_router(managed)
    return router


async def explain(query: CallbackQuery, act: Why, visit: Visit) -> None:
    async with visit.database.read() as connection:
        found = await why.of(connection, act.mailing, visit.subscriber.id)
    if found is None or query.message is None:
        await toast(query, old_button(visit.words), alert=True)
        return
    await query.answer()
    shown = screens.reasons(visit.words, visit.gazetteer, found.subscriptions, found.audience, found.evidence)
    await send(query.message, shown)


async def make_rarer(query: CallbackQuery, act: Rarer, visit: Visit) -> None:
    async with visit.change() as (connection, subscriber):
        found = await why.of(connection, act.mailing, subscriber)
        brought = found.subscriptions if found else ()
        changed = [(one, RARER[one.frequency]) for one in brought if one.frequency in RARER]
        for one, frequency in changed:
            await subscriptions.set_frequency(connection, subscriber, frequency, one.id)
    if query.message is None or not brought:
        await toast(query, screens.not_by_choice(visit.words), alert=True)
    elif not changed:
        await toast(query, screens.rarest_already(visit.words), alert=True)
    else:
        await query.answer()
        await send(query.message, screens.rarer(visit.words, visit.gazetteer, changed))


async def undo(query: CallbackQuery, act: AsBefore, visit: Visit) -> None:
    async with visit.change() as (connection, subscriber):
        count = await subscriptions.set_frequency(connection, subscriber, act.frequency, act.subscription)
    await toast(query, screens.as_before(visit.words) if count else old_button(visit.words))
