"""What waits for a person before it goes out: readings in doubt, sources on trust `review`, open questions."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.events import EventStatus
from domain.items import Item, ItemState, fingerprint
from domain.messages import Message as Screen
from domain.roles import Act
from domain.territories import RUSSIA
from handlers.admin.office import ChangedError, DecidedError, Desk, GoneError, Office
from handlers.pressed import Pressed
from handlers.screens import acknowledge, needs_own_photo, send, show, take_buttons_away, toast
from presenters.admin import review as screens
from presenters.admin.menu import ListReview
from presenters.admin.review import AnswerQuestion, Asked, DropPhoto, Publish, RejectItem, ShowItem, ShowQuestion
from storage.content import editing, events, items, proposals, reviewing
from storage.intake import questions
from storage.intake.questions import Question, QuestionAnswer, QuestionKind
from storage.outbox import corrections


def router() -> Router:
    router = Router(name="admin.review")
    router.callback_query.register(open_list, Pressed(ListReview))
    router.callback_query.register(open_item, Pressed(ShowItem))
    router.callback_query.register(publish, Pressed(Publish))
    router.callback_query.register(reject, Pressed(RejectItem))
    router.callback_query.register(drop_photo, Pressed(DropPhoto))
    router.callback_query.register(open_question, Pressed(ShowQuestion))
    router.callback_query.register(answer, Pressed(AnswerQuestion))
    return router


async def open_list(query: CallbackQuery, act: ListReview, office: Office) -> None:
    if act.page < 0:
        raise GoneError
    await _show_list(query, office, act.page)


async def _show_list(query: CallbackQuery, office: Office, page: int = 0) -> None:
    async with office.looking() as desk:
        desk.demand_anywhere(Act.MODERATE)
        within = desk.where(Act.MODERATE)
        waiting = await reviewing.waiting(desk.connection, within)
        asked = [_asked(one) for one in await questions.waiting(desk.connection, within=_or_all(within))]
    await show(query, screens.listing(office.words, office.gazetteer, waiting, asked, page))


def _or_all(within: list[str]) -> list[str] | None:
    """Whoever looks after the whole country also sees what belongs nowhere."""
    return None if RUSSIA in within else within


def _asked(one: Question) -> Asked:
    return Asked(one.id, one.kind, one.territory, one.details)


async def reviewed(desk: Desk, item_id: int) -> Item:
    """An item some of whose places are this person's to moderate."""
    one = await items.get(desk.connection, item_id)
    if one is None:
        raise GoneError
    if not any(desk.may(Act.MODERATE, [code]) for code in one.territories or (RUSSIA,)):
        desk.demand(Act.MODERATE, [RUSSIA])
    return one


async def undecided(desk: Desk, item_id: int) -> Item:
    """As ``reviewed``. Raises DecidedError where somebody has decided about it."""
    one = await reviewed(desk, item_id)
    if one.state is not ItemState.REVIEW:
        raise DecidedError
    return one


async def seen_now(desk: Desk, one: Item) -> str:
    """The fingerprint of the item as it stands."""
    return fingerprint(one, await proposals.event_of(desk.connection, one))


async def as_seen(desk: Desk, item_id: int, seen: str | None) -> Item:
    """As ``undecided``. Raises ChangedError where it is not what was shown."""
    one = await undecided(desk, item_id)
    if await seen_now(desk, one) != seen:
        raise ChangedError
    return one


async def held_as_seen(desk: Desk, item_id: int, seen: str | None) -> Item:
    """As ``as_seen``, and it stays so until the transaction ends."""
    await items.hold(desk.connection, item_id)
    return await as_seen(desk, item_id, seen)


async def open_item(query: CallbackQuery, act: ShowItem, state: FSMContext, office: Office) -> None:
    await state.clear()
    try:
        await show_card(query, office, act.item)
    except DecidedError:
        await _tell(query, office, None)


async def card(office: Office, desk: Desk, one: Item, *, changed: bool = False) -> Screen:
    """The item with what was read in it."""
    event = await proposals.event_of(desk.connection, one)
    doubts = await reviewing.doubts(desk.connection, one.id)
    return screens.item(office.words, office.gazetteer, one, event, doubts, office.now, changed=changed)


async def publish(query: CallbackQuery, act: Publish, office: Office) -> None:
    await _decide(query, act, ItemState.PUBLISHED, screens.published(office.words), office)


async def reject(query: CallbackQuery, act: RejectItem, office: Office) -> None:
    await _decide(query, act, ItemState.REJECTED, screens.rejected(office.words), office)


async def _decide(query: CallbackQuery, act: Publish | RejectItem, state: ItemState, said: str, office: Office) -> None:
    """About what the card shows; where it became something else meanwhile, that is shown first."""
    try:
        async with office.acting() as desk:
            one = await held_as_seen(desk, act.item, act.seen)
            await items.set_state(desk.connection, one.id, state, office.now)
    except ChangedError:
        await show_card(query, office, act.item, changed=True)
    except DecidedError:
        await _tell(query, office, None)
    else:
        await _tell(query, office, said)


async def drop_photo(query: CallbackQuery, act: DropPhoto, office: Office) -> None:
    """It goes out without its picture."""
    changed = False
    try:
        async with office.acting() as desk:
            one = await held_as_seen(desk, act.item, act.seen)
            await editing.drop_photo(desk.connection, one.id, office.now)
    except ChangedError:
        changed = True
    await show_card(query, office, act.item, changed=changed)


async def _tell(query: CallbackQuery, office: Office, done: str | None) -> None:
    await toast(query, done or screens.decided_already(office.words), alert=True)
    await _show_list(query, office)


async def show_card(event: Message | CallbackQuery, office: Office, item_id: int, *, changed: bool = False) -> None:
    async with office.looking() as desk:
        screen = await card(office, desk, await undecided(desk, item_id), changed=changed)
    if isinstance(event, CallbackQuery) and event.message and needs_own_photo(event.message, screen):
        await acknowledge(event)
        await send(event.message, screen)
        await take_buttons_away(event)
    else:
        await show(event, screen)


async def _question(desk: Desk, question_id: int) -> Question:
    one = await questions.get(desk.connection, question_id)
    if one is None:
        raise GoneError
    desk.demand(Act.MODERATE, [one.territory or RUSSIA])
    return one


async def open_question(query: CallbackQuery, act: ShowQuestion, office: Office) -> None:
    async with office.looking() as desk:
        one = await _question(desk, act.question)
    await show(query, screens.question(office.words, _asked(one)))


async def answer(query: CallbackQuery, act: AnswerQuestion, office: Office) -> None:
    given = QuestionAnswer.CONFIRMED if act.confirmed else QuestionAnswer.DISMISSED
    async with office.acting() as desk:
        one = await _question(desk, act.question)
        done = await questions.answer(desk.connection, one.id, given, desk.user_id, office.now)
        if done and act.confirmed:
            await _follow(office, desk, one)
    said = screens.answered if done else screens.decided_already
    await toast(query, said(office.words), alert=True)
    await _show_list(query, office)


async def _follow(office: Office, desk: Desk, one: Question) -> None:
    """What a yes means."""
    if one.kind in (QuestionKind.VANISHED, QuestionKind.CANCELLED) and one.event_id:
        status = EventStatus(one.details.get("status", EventStatus.CANCELLED))
        await events.set_status(desk.connection, one.event_id, status, office.now)
    elif one.kind is QuestionKind.CORRECTION and one.item_id:
        for mailing in await reviewing.mailings_of(desk.connection, one.item_id):
            await corrections.correct(desk.connection, mailing, {}, office.now, by=desk.user_id)
    elif one.kind is QuestionKind.BURST and one.source_id:
        await reviewing.release_burst(desk.connection, one.source_id, one.asked_at)
