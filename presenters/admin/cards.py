"""The card of a draft: what it says, whom it reaches, how long that takes, what speaks against it, how to change it."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.announcements import Announcement, AnnouncementKind, AnnouncementState, Priority
from domain.events import Event
from domain.mailings import Size
from domain.messages import Button, Message, Rows, shortened
from presenters.actions import pack
from presenters.admin.audiences import AskAudience, audience_in_words
from presenters.admin.composing import (
    Approve,
    AskText,
    Discard,
    Preview,
    SendBack,
    SendOff,
    SendToSelf,
    TakeBack,
)
from presenters.admin.durations import decimal, duration
from presenters.admin.happenings import AskDetails, happening_in_words
from presenters.admin.menu import ListMailings
from presenters.admin.stars import choice, cost
from presenters.admin.times import AskTime, moment_in_words
from presenters.language.words import Words, number

SHOWN = 700
"""Characters of the text on the card; the preview shows all."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the card says beside the draft itself."""

    size: Size
    seconds: float
    """How long sending takes at the rate of this installation."""
    alike: tuple[int, float] | None = None
    """A recent announcement that says nearly the same, and how nearly."""
    alike_item: tuple[str, float] | None = None
    """A recent item: its title."""
    may_send: bool = False
    may_pay: bool = False
    """Whether this installation sends faster for Stars, and this person may decide it."""
    may_approve: bool = False


def card(
    words: Words,
    gazetteer: Gazetteer,
    draft: Announcement,
    event: Event | None,
    outlook: Outlook,
    now: datetime,
) -> Message:
    """The draft with whom it reaches, how long that takes and what speaks against it; every way to change it."""
    parts = [heading(words, draft), _said(words, draft)]
    if draft.photo:
        parts.append(words("🖼 With a photo"))
    if event:
        parts.append(Markup("📅 ") + happening_in_words(words, event, now))
    parts += [_reach(words, gazetteer, draft, outlook), *_warnings(words, outlook)]
    if draft.scheduled_at:
        parts.append(
            words("🕒 Leaves: {moment}", moment=moment_in_words(words, gazetteer, draft, draft.scheduled_at, now))
        )
    return Message(Markup("\n\n").join(part for part in parts if part), _card_buttons(words, draft, outlook))


def heading(words: Words, one: Announcement) -> Markup:
    return words(
        "<b>Announcement № {number}</b> · {kind} · {state}",
        number=one.id,
        kind=kind_in_words(words, one),
        state=state_in_words(words, one.state),
    )


def kind_in_words(words: Words, one: Announcement) -> str:
    if one.priority is Priority.URGENT:
        return words.label("🔴 Urgent")
    return {
        AnnouncementKind.NEWS: words.label("📰 Piece of news"),
        AnnouncementKind.EVENT: words.label("📅 Event"),
        AnnouncementKind.CONTEST: words.label("🏆 Contest"),
        AnnouncementKind.CAMPAIGN: words.label("🌊 Campaign"),
    }[one.kind]


def state_in_words(words: Words, state: AnnouncementState) -> str:
    return {
        AnnouncementState.DRAFT: words.label("draft"),
        AnnouncementState.AWAITING_APPROVAL: words.label("awaits approval"),
        AnnouncementState.SCHEDULED: words.label("scheduled"),
        AnnouncementState.SENDING: words.label("being sent"),
        AnnouncementState.SENT: words.label("sent"),
        AnnouncementState.CANCELLED: words.label("stopped"),
        AnnouncementState.RECALLED: words.label("recalled"),
    }[state]


def _said(words: Words, draft: Announcement) -> Markup:
    spoken = draft.spoken
    if not spoken:
        return words("<i>There is no text yet.</i>")
    return Markup("<blockquote>{}</blockquote>").format(shortened(spoken, SHOWN))


def _reach(words: Words, gazetteer: Gazetteer, draft: Announcement, outlook: Outlook) -> Markup:
    if not draft.audience.territories:
        return words("To: <i>nobody is chosen yet</i>")
    people, quiet = outlook.size.people, outlook.size.quiet
    line = words(
        "To: {audience} ≈ {people}",
        audience=audience_in_words(words, gazetteer, draft.audience),
        people=number(people),
    )
    if quiet and draft.priority is not Priority.URGENT:
        line += words(" (quiet hours: {quiet})", quiet=number(quiet))
    if people == 0:
        return line + "\n" + words("⚠ Nobody follows this yet: it would reach no one.")
    line += "\n" + words("⏱ Sending takes {duration}", duration=duration(words, outlook.seconds))
    return line + "\n" + cost(words, people) if draft.paid else line


def _warnings(words: Words, outlook: Outlook) -> list[Markup]:
    found = []
    if outlook.alike:
        other, similarity = outlook.alike
        found.append(
            words("⚠ Similar to № {number} ({similarity})", number=other, similarity=decimal(words, similarity, 2))
        )
    if outlook.alike_item:
        title, similarity = outlook.alike_item
        found.append(
            words(
                "⚠ Similar to the news «{title}» ({similarity})", title=title, similarity=decimal(words, similarity, 2)
            )
        )
    return found


def _card_buttons(words: Words, draft: Announcement, outlook: Outlook) -> Rows:
    preview = Button(words.label("👁 Preview"), action=pack(Preview(draft.id)))
    myself = Button(words.label("🧪 To myself"), action=pack(SendToSelf(draft.id)))
    drafts = Button(words.label("‹ Drafts"), action=pack(ListMailings("drafts", 0)))
    if draft.state is AnnouncementState.DRAFT:
        return _draft_buttons(words, draft, outlook, preview, myself)
    back = Button(words.label("✏ Back to the drafts"), action=pack(TakeBack(draft.id)))
    if draft.state is AnnouncementState.AWAITING_APPROVAL and outlook.may_approve:
        approve = Button(words.label("✅ Approve"), action=pack(Approve(draft.id)))
        reject = Button(words.label("↩ Return with a word"), action=pack(SendBack(draft.id)))
        return ((preview, myself), (approve, reject), (drafts,))
    return ((preview, myself), (back,), (drafts,))


def _go_label(words: Words, draft: Announcement, outlook: Outlook) -> str:
    if not outlook.may_send:
        return words.label("📤 For approval")
    return words.label("🗓 Schedule") if draft.scheduled_at else words.label("📤 Send")


def _draft_buttons(words: Words, draft: Announcement, outlook: Outlook, preview: Button, myself: Button) -> Rows:
    when = Button(words.label("🕒 When"), action=pack(AskTime(draft.id)))
    label = _go_label(words, draft, outlook)
    go = Button(label, action=pack(SendOff(draft.id, False)))
    text = Button(words.label("✏ Text"), action=pack(AskText(draft.id)))
    audience = Button(words.label("👥 To whom"), action=pack(AskAudience(draft.id)))
    details = Button(words.label("📅 Date and place"), action=pack(AskDetails(draft.id)))
    discard = Button(words.label("🗑 Discard"), action=pack(Discard(draft.id, False)))
    drafts = Button(words.label("‹ Drafts"), action=pack(ListMailings("drafts", 0)))
    people = outlook.size.people
    has_event = draft.kind is not AnnouncementKind.NEWS
    plans_waves = draft.kind is AnnouncementKind.CAMPAIGN and draft.campaign_id is None  # each wave has its own moment
    return (
        (preview, myself),
        (go,) if plans_waves else (when, go),
        (text, audience, *((details,) if has_event else ())),
        *(((choice(words, draft.id, paid=draft.paid, people=people),),) if outlook.may_pay and people else ()),
        (discard, drafts),
    )
