"""«⏰ Напомнить»: when to be reminded of an event or its deadlines. In a group its administrators decide."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.managing import ManagersOnly
from handlers.pressed import Pressed
from handlers.screens import show, toast
from handlers.visit import Visit
from presenters.apologies import old_button
from presenters.finding.cards import AskReminders
from presenters.people import reminding as screens
from presenters.people.reminding import BEFORE_DEADLINE, BEFORE_EVENT, ToggleReminder
from storage.content import cards
from storage.people import reminders


def router() -> Router:
    router = Router(name="reminding")
    router.callback_query.middleware(ManagersOnly())
    router.callback_query.register(ask, Pressed(AskReminders))
    router.callback_query.register(toggle, Pressed(ToggleReminder))
    return router


async def ask(query: CallbackQuery, act: AskReminders | ToggleReminder, visit: Visit) -> None:
    async with visit.database.read() as connection:
        found = await cards.of_event(connection, act.event)
        wanted = await reminders.wanted(connection, visit.subscriber.id, act.event)
    if found is None or found.event is None:
        await toast(query, old_button(visit.words), alert=True)
        return
    await show(query, screens.reminders(visit.words, found.event, found.item.id, wanted, visit.now))


async def toggle(query: CallbackQuery, act: ToggleReminder, visit: Visit) -> None:
    deadline = act.deadline or None
    if act.minutes not in {*BEFORE_EVENT, *BEFORE_DEADLINE}:
        await toast(query, old_button(visit.words), alert=True)
        return
    async with visit.change() as (connection, subscriber):
        wish = (deadline, act.minutes)
        if wish in await reminders.wanted(connection, subscriber, act.event):
            await reminders.unwant(connection, subscriber, act.event, *wish)
            done = True
        else:
            done = await reminders.want(connection, subscriber, act.event, *wish, visit.now)
    if done:
        await ask(query, act, visit)
    else:
        await toast(query, screens.too_late(visit.words), alert=True)
