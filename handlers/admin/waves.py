"""Campaigns: one draft becomes waves around its date, each an announcement of its own, planned in one dialogue."""

from aiogram import Router
from aiogram.types import CallbackQuery

from domain.announcements import Announcement, AnnouncementKind
from domain.campaigns import PlannedWave, Wave, plan
from domain.events import Event
from domain.roles import Act
from handlers.admin.office import Desk, GoneError, NotAllowedError, Office
from handlers.admin.release import go
from handlers.pressed import Pressed
from handlers.screens import show, toast
from presenters.admin import waves as screens
from presenters.admin.menu import ListCampaigns
from presenters.admin.times import zone_of
from presenters.admin.waves import ScheduleWaves, ShowCampaign
from storage.announcing import announcements, campaigns
from storage.announcing.announcements import Wording
from storage.content import events


def router() -> Router:
    router = Router(name="admin.waves")
    router.callback_query.register(open_list, Pressed(ListCampaigns))
    router.callback_query.register(open_campaign, Pressed(ShowCampaign))
    router.callback_query.register(schedule, Pressed(ScheduleWaves))
    return router


async def open_list(query: CallbackQuery, act: ListCampaigns, office: Office) -> None:
    if act.page < 0:
        raise GoneError
    async with office.looking() as desk:
        desk.demand_anywhere(Act.COMPOSE)
        known = await campaigns.listed(desk.connection)
        mine = [one for one in known if await _concerns(desk, one.id)]
    await show(query, screens.listing(office.words, mine, act.page))


async def _concerns(desk: Desk, campaign: int) -> bool:
    return any(desk.may_edit(one) for one in await campaigns.waves(desk.connection, campaign))


async def open_campaign(query: CallbackQuery, act: ShowCampaign, office: Office) -> None:
    await _show(query, office, act.campaign)


async def _show(query: CallbackQuery, office: Office, campaign_id: int) -> None:
    async with office.looking() as desk:
        campaign = await campaigns.get(desk.connection, campaign_id)
        if campaign is None:
            raise GoneError
        waves = await campaigns.waves(desk.connection, campaign_id)
        if not any(desk.may_edit(one) for one in waves):
            raise NotAllowedError
    await show(query, screens.card(office.words, office.gazetteer, campaign, waves, office.now))


async def _planned(desk: Desk, announcement: int) -> tuple[Announcement, Event | None]:
    draft = await desk.draft(announcement)
    if draft.kind is not AnnouncementKind.CAMPAIGN or draft.campaign_id is not None or not draft.text:
        raise GoneError
    event = await events.get(desk.connection, draft.event_id) if draft.event_id else None
    return draft, event


def _waves(office: Office, draft: Announcement, event: Event | None) -> tuple[PlannedWave, ...]:
    if event is None or event.start_date is None:
        return ()
    return plan(event.start_date, zone_of(office.gazetteer, draft), office.now)


async def show_plan(query: CallbackQuery, office: Office, announcement: int) -> None:
    async with office.looking() as desk:
        draft, event = await _planned(desk, announcement)
    if event is None or event.start_date is None:
        await toast(query, screens.no_date(office.words), alert=True)
        return
    waves = _waves(office, draft, event)
    if not waves:
        await toast(query, screens.nothing_ahead(office.words), alert=True)
        return
    await show(query, screens.plan(office.words, office.gazetteer, draft, waves, office.now))


async def schedule(query: CallbackQuery, act: ScheduleWaves, office: Office) -> None:
    """All waves in one transaction: scheduled, or handed in where another approves. Results stay a draft."""
    async with office.acting() as desk:
        draft, event = await _planned(desk, act.announcement)
        waves = _waves(office, draft, event)
        if not waves or event is None or event.start_date is None:
            raise GoneError
        campaign = await campaigns.create(
            desk.connection, draft.headline, event.start_date, desk.user_id, office.now, event_id=event.id
        )
        for one in waves:
            await _make_wave(office, desk, draft, one, campaign)
        if all(one.wave is not Wave.INVITATION for one in waves):
            await announcements.discard(desk.connection, draft.id, office.now)
    await _show(query, office, campaign)


async def _make_wave(office: Office, desk: Desk, draft: Announcement, planned: PlannedWave, campaign: int) -> None:
    number = draft.id
    if planned.wave is not Wave.INVITATION:
        title = screens.wave_title(office.words, planned.wave, draft.headline)
        number = await announcements.create(
            desk.connection,
            desk.user_id,
            AnnouncementKind.CAMPAIGN,
            office.now,
            wording=Wording(title, draft.text, draft.photo),
            audience=draft.audience,
            event_id=draft.event_id,
        )
    at = planned.at if planned.at > office.now else None
    await announcements.set_time(desk.connection, number, at, office.now)
    await announcements.join_campaign(desk.connection, number, campaign, office.now)
    if planned.wave is not Wave.RESULTS:
        await go(office, desk, number)
