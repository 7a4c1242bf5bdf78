"""«/admin → Источники»: the sources of one's territories, their health, and what is done to them."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from domain.roles import Act, may, may_somewhere
from domain.sources import Source, SourceState
from domain.territories import RUSSIA
from handlers.admin import adding_sources
from handlers.pressed import Pressed
from handlers.screens import show, toast
from handlers.visit import Visit
from presenters.admin import sources as screens
from presenters.admin.menu import gone, refused
from presenters.admin.sources import (
    PAGE,
    AskRemoveSource,
    ListSources,
    PauseSource,
    RemoveSource,
    ResumeSource,
    ShowSource,
    TrustSource,
)
from storage.intake import sources


def router() -> Router:
    router = Router(name="sources")
    router.callback_query.register(show_list, Pressed(ListSources))
    router.callback_query.register(show_card, Pressed(ShowSource))
    router.callback_query.register(set_state, Pressed(PauseSource, ResumeSource, RemoveSource))
    router.callback_query.register(ask_removal, Pressed(AskRemoveSource))
    router.callback_query.register(set_trust, Pressed(TrustSource))
    router.include_router(adding_sources.router())
    return router


async def show_list(query: CallbackQuery, act: ListSources, state: FSMContext, visit: Visit) -> None:
    if not may_somewhere(visit.grants, Act.MANAGE_SOURCES):
        await toast(query, refused(visit.words), alert=True)
        return
    await state.clear()
    await _list(query, max(0, act.page), visit)


async def _list(query: CallbackQuery, page: int, visit: Visit) -> None:
    own = [grant.territory for grant in visit.grants if may([grant], Act.MANAGE_SOURCES, (grant.territory,))]
    within = None if RUSSIA in own else own
    async with visit.database.read() as connection:
        total = await sources.count(connection, within=within)
        shown = await sources.listed(connection, within=within, offset=page * PAGE, limit=PAGE)
    await show(query, screens.listing(visit.words, shown, total, page, visit.subscriber.time_zone, visit.now))


async def show_card(query: CallbackQuery, act: ShowSource, visit: Visit) -> None:
    source = await _allowed(query, act.source, visit)
    if source is not None:
        await _card(query, source, visit)


async def set_state(query: CallbackQuery, act: PauseSource | ResumeSource | RemoveSource, visit: Visit) -> None:
    source = await _allowed(query, act.source, visit)
    if source is None:
        return
    states = {
        PauseSource: SourceState.PAUSED,
        ResumeSource: SourceState.ACTIVE,
        RemoveSource: SourceState.REMOVED,
    }
    async with visit.database.begin() as connection:
        await sources.set_state(connection, source.id, states[type(act)], visit.now)
        after = await sources.get(connection, source.id)
    if isinstance(act, RemoveSource) or after is None:
        await _list(query, 0, visit)
    else:
        await _card(query, after, visit)


async def ask_removal(query: CallbackQuery, act: AskRemoveSource, visit: Visit) -> None:
    source = await _allowed(query, act.source, visit)
    if source is not None:
        await show(query, screens.ask_removal(visit.words, source))


async def set_trust(query: CallbackQuery, act: TrustSource, visit: Visit) -> None:
    source = await _allowed(query, act.source, visit)
    if source is None:
        return
    async with visit.database.begin() as connection:
        await sources.set_trust(connection, source.id, act.trust)
        after = await sources.get(connection, source.id)
    await _card(query, after or source, visit)


async def _allowed(query: CallbackQuery, source_id: int, visit: Visit) -> Source | None:
    """The source, where it is there and this person manages the sources of its territory; else they are told."""
    async with visit.database.read() as connection:
        source = await sources.get(connection, source_id)
    if source is None or source.state is SourceState.REMOVED:
        allowed = may_somewhere(visit.grants, Act.MANAGE_SOURCES)
        await toast(query, gone(visit.words) if allowed else refused(visit.words), alert=True)
        return None
    if not may(visit.grants, Act.MANAGE_SOURCES, visit.gazetteer.path(source.territory or RUSSIA)):
        await toast(query, refused(visit.words), alert=True)
        return None
    return source


async def _card(query: CallbackQuery, source: Source, visit: Visit) -> None:
    async with visit.database.read() as connection:
        count = (await sources.counts_of_publications(connection, [source.id])).get(source.id, 0)
    zone = visit.subscriber.time_zone
    await show(query, screens.card(visit.words, visit.gazetteer, source, count, time_zone=zone, now=visit.now))
