"""Ticking topics. What is ticked is kept in the dialogue as well as in the buttons: taps may be faster than screens."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.managing import ManagersOnly
from handlers.pressed import Pressed
from handlers.screens import show
from handlers.visit import Visit
from presenters.language.topics import to_mask
from presenters.people import onboarding as screens
from presenters.people.settling import ChooseFrequency, ChoosePlace, ChooseTopics, Purpose, TickTopic, TopicsDone

Event = Message | CallbackQuery


def router() -> Router:
    router = Router(name="topics")
    router.callback_query.middleware(ManagersOnly())
    router.callback_query.register(choose_topics, Pressed(ChooseTopics), known_place)
    router.callback_query.register(tick_topic, Pressed(TickTopic), known_place)
    router.callback_query.register(topics_done, Pressed(TopicsDone), known_place)
    return router


async def known_place(
    _: CallbackQuery, act: ChoosePlace | ChooseTopics | TickTopic | TopicsDone | ChooseFrequency, visit: Visit
) -> bool:
    return act.place in visit.gazetteer.by_code


async def offer_topics(event: Event, place: str, purpose: Purpose, state: FSMContext, visit: Visit) -> None:
    """The screen of topics with those ticked that are followed there."""
    followed = await visit.followed()
    chosen = to_mask(one.topic for one in followed if one.territory == place and one.topic)
    await _show_ticked(event, ChooseTopics(place, chosen, purpose), state, visit)


async def _show_ticked(event: Event, ticked: ChooseTopics, state: FSMContext, visit: Visit) -> None:
    await state.set_data({"place": ticked.place, "chosen": ticked.chosen})
    screen = screens.what_matters(visit.words, visit.gazetteer, ticked.place, ticked.chosen, ticked.purpose)
    await show(event, screen)


async def _ticked(act: TickTopic | TopicsDone, state: FSMContext) -> int:
    """As the dialogue knows it; as the pressed screen showed it where the dialogue is about something else by now."""
    data = await state.get_data()
    return int(data["chosen"]) if data.get("place") == act.place else act.chosen


async def choose_topics(query: CallbackQuery, act: ChooseTopics, state: FSMContext, visit: Visit) -> None:
    await _show_ticked(query, act, state, visit)


async def tick_topic(query: CallbackQuery, act: TickTopic, state: FSMContext, visit: Visit) -> None:
    chosen = await _ticked(act, state) ^ to_mask([act.topic])
    await _show_ticked(query, ChooseTopics(act.place, chosen, act.purpose), state, visit)


async def topics_done(query: CallbackQuery, act: TopicsDone, state: FSMContext, visit: Visit) -> None:
    chosen = await _ticked(act, state)
    await show(query, screens.how_frequently(visit.words, visit.gazetteer, act.place, chosen, act.purpose))
