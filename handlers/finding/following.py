"""«🔔 Следить»: any list becomes a subscription. In a group its administrators decide."""

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.subscribers import MOST_SUBSCRIPTIONS
from domain.territories import RUSSIA
from handlers.finding.asking import asked, typed_in
from handlers.managing import ManagersOnly
from handlers.pressed import Pressed
from handlers.screens import show, toast
from handlers.visit import Visit
from presenters.apologies import old_button
from presenters.finding import following as screens
from presenters.finding.following import Follow
from presenters.finding.listing import ANYWHERE, Listing, View
from presenters.finding.results import plain_headline
from presenters.people.my import too_many
from storage.people import subscriptions


def router() -> Router:
    router = Router(name="following")
    router.callback_query.middleware(ManagersOnly())
    router.callback_query.register(ask_frequency, Pressed(Listing), follows)
    router.callback_query.register(follow, Pressed(Follow))
    return router


async def follows(_: CallbackQuery, act: Listing) -> bool:
    return act.view is View.FOLLOW


async def ask_frequency(query: CallbackQuery, act: Listing, visit: Visit) -> None:
    typed = typed_in(query)
    meant = await asked(visit, act, typed)
    place = next(iter(meant.territories), None)
    if place is None:
        place = RUSSIA if act.place == ANYWHERE else visit.subscriber.home or RUSSIA
    head = plain_headline(visit.words, act.feed, typed)
    await show(query, screens.how_often_to_tell(visit.words, visit.gazetteer, head, act, place, act.topic))


async def follow(query: CallbackQuery, act: Follow, visit: Visit) -> None:
    if act.place not in visit.gazetteer.by_code:
        await toast(query, old_button(visit.words), alert=True)
        return
    if len(await visit.followed()) >= MOST_SUBSCRIPTIONS:
        await toast(query, too_many(visit.words), alert=True)
        return
    typed = typed_in(query)
    async with visit.change() as (connection, subscriber):
        await subscriptions.subscribe(
            connection,
            subscriber,
            act.place,
            topic=act.topic,
            words=typed,
            frequency=act.frequency,
            now=visit.now,
        )
    await show(query, screens.followed(visit.words, visit.gazetteer, typed, act.place, act.topic, act.frequency))
