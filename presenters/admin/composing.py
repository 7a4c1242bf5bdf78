"""A new announcement, from its kind to its sending off: the questions, and the card of the draft."""

from datetime import datetime
from enum import StrEnum

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.announcements import Announcement, AnnouncementKind, Priority
from domain.messages import LONGEST_CAPTION, LONGEST_TEXT, Button, Message, Rows, plain, shortened
from domain.stars import stars
from presenters.actions import action, pack
from presenters.admin.audiences import audience_in_words
from presenters.admin.durations import duration
from presenters.admin.menu import ListMailings, NewAnnouncement, to_menu
from presenters.admin.times import moment_in_words
from presenters.language.words import Words, number

ROOM = 60
"""UTF-16 units that a mailing adds to a text."""


class Choice(StrEnum):
    """What is offered first."""

    URGENT = "urgent"
    NEWS = "news"
    EVENT = "event"
    CONTEST = "contest"
    CAMPAIGN = "campaign"

    @property
    def kind(self) -> AnnouncementKind:
        return AnnouncementKind.NEWS if self is Choice.URGENT else AnnouncementKind(self.value)

    @property
    def priority(self) -> Priority:
        return Priority.URGENT if self is Choice.URGENT else Priority.ORDINARY


@action("akd")
class ChooseKind:
    choice: Choice


@action("ash")
class ShowAnnouncement:
    """The card of a draft, the progress of what is being sent, the result of what was."""

    announcement: int


@action("atx")
class AskText:
    announcement: int


@action("apv")
class Preview:
    announcement: int


@action("ame")
class SendToSelf:
    announcement: int


@action("ago")
class SendOff:
    """``sure``: after it was said how many it reaches."""

    announcement: int
    sure: bool


@action("aok")
class Approve:
    announcement: int


@action("abk")
class SendBack:
    """To the author, with a word."""

    announcement: int


@action("aun")
class TakeBack:
    """From the schedule or from approval to the drafts."""

    announcement: int


@action("adl")
class Discard:
    announcement: int
    sure: bool


def kinds(words: Words, *, urgent: bool) -> Message:
    """``urgent``: whether the person may send what passes quiet hours somewhere."""
    first = Button(words.label("🔴 Urgent"), action=pack(ChooseKind(Choice.URGENT)))
    news = Button(words.label("📰 Piece of news"), action=pack(ChooseKind(Choice.NEWS)))
    event = Button(words.label("📅 Event"), action=pack(ChooseKind(Choice.EVENT)))
    contest = Button(words.label("🏆 Contest"), action=pack(ChooseKind(Choice.CONTEST)))
    drafts = Button(words.label("📝 Drafts"), action=pack(ListMailings("drafts", 0)))
    rows: Rows = ((first, news), (event, contest)) if urgent else ((news, event, contest),)
    return Message(
        words("<b>New announcement</b>\n\nWhat is it? Urgent is sent at night too."), (*rows, (drafts, to_menu(words)))
    )


def ask_text(words: Words, kind: AnnouncementKind, draft: int | None = None) -> Message:
    """``draft``: the announcement whose text is to be another; None for a new one."""
    parts = [words("Write the text or forward a message. Formatting is kept; a photo may come with it.")]
    if kind is not AnnouncementKind.NEWS:
        parts.append(words("Name the date, time, place and deadline in it: I will read them out."))
    before = NewAnnouncement() if draft is None else ShowAnnouncement(draft)
    return Message(Markup("\n\n").join(parts), ((Button(words.label("‹ Back"), action=pack(before)),),))


def too_long(words: Words, units: int, *, with_photo: bool) -> Message:
    most = (LONGEST_CAPTION if with_photo else LONGEST_TEXT) - ROOM
    text = words(
        "This is too long: {units} characters, and {most} fit. Please shorten it and send it again.",
        units=number(units),
        most=number(most),
    )
    if with_photo:
        text += words(" Without the photo more would fit.")
    return Message(text)


def no_text(words: Words) -> Message:
    return Message(words("There is no text in it. Write the text, or send a photo with a caption."))


def sure_to_send(words: Words, draft: Announcement, people: int, seconds: float) -> Message:
    takes = duration(words, seconds)
    text = words.plural(
        "Send № {number} to {count} person? It takes {duration}.",
        "Send № {number} to {count} people? It takes {duration}.",
        people,
        number=draft.id,
        duration=takes,
    )
    if draft.paid:
        text += "\n" + words("⭐ It may cost up to {stars} Stars of the bot.", stars=number(stars(people)))
    return Message(text, (_yes_no(words, SendOff(draft.id, True), draft.id),))


def sure_to_discard(words: Words, draft: Announcement) -> Message:
    return Message(
        words("Discard № {number} «{title}»?", number=draft.id, title=draft.headline),
        (_yes_no(words, Discard(draft.id, True), draft.id),),
    )


def to_card(words: Words, announcement: int) -> Button:
    return Button(words.label("‹ Back"), action=pack(ShowAnnouncement(announcement)))


def _yes_no(words: Words, act: object, announcement: int) -> tuple[Button, ...]:
    return (
        Button(words.label("Yes"), action=pack(act)),
        to_card(words, announcement),
    )


def scheduled(words: Words, gazetteer: Gazetteer, one: Announcement, now: datetime) -> Message:
    assert one.scheduled_at is not None  # noqa: S101  only what has a time is scheduled
    text = words(
        "🕒 № {number} is scheduled: {moment}.\n{audience}",
        number=one.id,
        moment=moment_in_words(words, gazetteer, one, one.scheduled_at, now),
        audience=audience_in_words(words, gazetteer, one.audience),
    )
    return Message(text, _after(words, one))


def handed_in(words: Words, one: Announcement) -> Message:
    text = words(
        "📨 № {number} waits for approval. Those who may approve it were told; you will hear what they say.",
        number=one.id,
    )
    return Message(text, _after(words, one))


def _after(words: Words, one: Announcement) -> Rows:
    show = Button(words.label("Open № {number}", number=one.id), action=pack(ShowAnnouncement(one.id)))
    return ((show,), (to_menu(words),))


def discarded(words: Words, announcement: int) -> Message:
    return Message(words("№ {number} is discarded.", number=announcement), ((to_menu(words),),))


def ask_reason(words: Words, one: Announcement) -> Message:
    text = words("What should the author of № {number} change? Write it in a word or two.", number=one.id)
    return Message(text, ((to_card(words, one.id),),))


def needs_text(words: Words) -> str:
    return words.label("There is no text yet.")


def needs_audience(words: Words) -> str:
    return words.label("Choose first whom it is for: «To whom».")


def too_late(words: Words) -> str:
    """Somebody else, or the same person twice, was quicker."""
    return words.label("This was done already: the announcement has moved on.")


def sent_to_self(words: Words) -> str:
    return words.label("Sent to you: see below.")


def snippet(html: str, most: int = 200) -> str:
    """The beginning of a text, for a list or a notice."""
    return shortened(" ".join(plain(html).split()), most)
