"""Paying Telegram for speed: what it costs, the choice, and word that the Stars have run out."""

from markupsafe import Markup

from domain.messages import Button, Message
from domain.stars import stars
from presenters.actions import action, pack
from presenters.admin.composing import ShowAnnouncement
from presenters.language.words import Words, number


@action("apd")
class SetPaid:
    announcement: int
    paid: bool


def cost(words: Words, people: int) -> Markup:
    return words("⭐ Paid, up to {stars} Stars of the bot", stars=number(stars(people)))


def choice(words: Words, announcement: int, *, paid: bool, people: int) -> Button:
    """The button that turns paying on or off."""
    if paid:
        return Button(words.label("🕊 Without Stars"), action=pack(SetPaid(announcement, False)))
    label = words.label("⚡ Faster: up to {stars} Stars", stars=number(stars(people)))
    return Button(label, action=pack(SetPaid(announcement, True)))


def not_offered(words: Words) -> str:
    return words.label("Paid sending is not set up here.")


def ran_out(words: Words, announcement: int | None) -> Message:
    text = words("⭐ The bot has run out of Stars. The mailing goes on for free, at the usual speed.")
    if announcement is None:
        return Message(text)
    show = Button(words.label("Open № {number}", number=announcement), action=pack(ShowAnnouncement(announcement)))
    return Message(text, ((show,),))
