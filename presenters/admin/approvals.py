"""What those are told who approve, and what the author hears back."""

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.announcements import Announcement
from domain.messages import Button, Message
from presenters.actions import pack
from presenters.admin.audiences import audience_in_words
from presenters.admin.composing import ShowAnnouncement, snippet, too_late
from presenters.language.words import Words


def told_waiting(words: Words, gazetteer: Gazetteer, one: Announcement) -> Message:
    paid = words("\n⭐ Paid: it goes out faster for Stars of the bot.") if one.paid else Markup()
    text = words(
        "📨 Announcement № {number} waits for your approval.\n{audience}{paid}\n\n{beginning}",
        number=one.id,
        audience=audience_in_words(words, gazetteer, one.audience),
        paid=paid,
        beginning=snippet(one.spoken),
    )
    return Message(text, (_open(words, one),))


def told_approved(words: Words, one: Announcement) -> Message:
    return Message(words("✅ Announcement № {number} is approved.", number=one.id), (_open(words, one),))


def told_returned(words: Words, one: Announcement, reason: str) -> Message:
    text = words("↩ Announcement № {number} came back to you.\nWhat to change: {reason}", number=one.id, reason=reason)
    return Message(text, (_open(words, one),))


def returned(words: Words, one: Announcement) -> Message:
    return Message(words("↩ № {number} went back to its author.", number=one.id))


def moved_on(words: Words) -> Message:
    return Message(Markup.escape(too_late(words)))


def _open(words: Words, one: Announcement) -> tuple[Button, ...]:
    return (Button(words.label("Open № {number}", number=one.id), action=pack(ShowAnnouncement(one.id))),)
