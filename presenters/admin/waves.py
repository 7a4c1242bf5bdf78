"""Campaigns: the waves around a date, planned in one look and scheduled with one tap."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.announcements import Announcement, AnnouncementState
from domain.campaigns import Campaign, PlannedWave, Wave
from domain.messages import Button, Message, Rows
from presenters.actions import action, pack
from presenters.admin.cards import state_in_words
from presenters.admin.composing import Choice, ChooseKind, ShowAnnouncement
from presenters.admin.menu import ListCampaigns, pages, to_menu
from presenters.admin.times import moment_in_words
from presenters.language.words import Words

PAGE = 8


@action("csh")
class ShowCampaign:
    campaign: int


@action("cwv")
class ScheduleWaves:
    """Of the campaign whose invitation this draft is."""

    announcement: int


def listing(words: Words, campaigns: Sequence[Campaign], page: int) -> Message:
    shown = campaigns[page * PAGE : (page + 1) * PAGE]
    lines = [Markup("<b>{}</b> · {}").format(one.id, one.title) for one in shown]
    text = Markup("\n").join([words("<b>Campaigns</b>"), Markup(""), *(lines or [words("There is none yet.")])])
    rows: Rows = tuple((Button(one.title[:60], action=pack(ShowCampaign(one.id))),) for one in shown)
    new = Button(words.label("➕ New campaign"), action=pack(ChooseKind(Choice.CAMPAIGN)))
    return Message(text, (*rows, *pages(page, len(campaigns), PAGE, ListCampaigns), (new, to_menu(words))))


def card(
    words: Words, gazetteer: Gazetteer, campaign: Campaign, waves: Sequence[Announcement], now: datetime
) -> Message:
    lines = [_wave_line(words, gazetteer, one, now) for one in waves]
    buttons = tuple(Button(f"№ {one.id}", action=pack(ShowAnnouncement(one.id))) for one in waves)
    back = Button(words.label("‹ Campaigns"), action=pack(ListCampaigns(0)))
    title = words("<b>Campaign</b> · {title}", title=campaign.title)
    return Message(Markup("\n\n").join([title, *lines]), (buttons, (back,)) if buttons else ((back,),))


def _wave_line(words: Words, gazetteer: Gazetteer, one: Announcement, now: datetime) -> Markup:
    line = words(
        "№ {number} · {title} · {state}", number=one.id, title=one.headline, state=state_in_words(words, one.state)
    )
    if one.scheduled_at and one.state is not AnnouncementState.SENT:
        line += Markup(" · ") + moment_in_words(words, gazetteer, one, one.scheduled_at, now)
    return line


def plan(
    words: Words, gazetteer: Gazetteer, draft: Announcement, planned: Sequence[PlannedWave], now: datetime
) -> Message:
    """The waves as they would be made; nothing is made yet."""
    lines = [
        Markup("{} — {}\n<i>{}</i>").format(
            wave_label(words, one.wave),
            moment_in_words(words, gazetteer, draft, one.at, now),
            wave_title(words, one.wave, draft.headline),
        )
        for one in planned
    ]
    note = words("The results wait among the drafts until you have written them.")
    title = words("<b>Waves of the campaign</b>")
    yes = Button(words.label("✅ Schedule all"), action=pack(ScheduleWaves(draft.id)))
    back = Button(words.label("‹ Back"), action=pack(ShowAnnouncement(draft.id)))
    return Message(Markup("\n\n").join([title, *lines, note]), ((yes, back),))


def wave_label(words: Words, wave: Wave) -> str:
    return {
        Wave.INVITATION: words.label("Invitation"),
        Wave.REMINDER: words.label("Reminder"),
        Wave.START: words.label("Start"),
        Wave.RESULTS: words.label("Results"),
    }[wave]


def wave_title(words: Words, wave: Wave, title: str) -> str:
    """What its announcement is headed by."""
    return {
        Wave.INVITATION: title,
        Wave.REMINDER: words.label("Tomorrow: {title}", title=title),
        Wave.START: words.label("Today: {title}", title=title),
        Wave.RESULTS: words.label("Results: {title}", title=title),
    }[wave]


def no_date(words: Words) -> str:
    return words.label("A campaign stands around a date: name it under «Date and place».")


def nothing_ahead(words: Words) -> str:
    return words.label("That date has passed: no wave is ahead.")
