"""/privacy and /delete_me: what is kept about a person and why, their consent, and the end of it."""

from datetime import date

from markupsafe import Markup

from domain.messages import Button, Message
from domain.privacy import TERMS, Erased
from presenters.actions import action, pack
from presenters.language.words import Words
from presenters.navigation import Origin, back
from presenters.people.settling import Consent


@action("pd")
class AskDeletion:
    pass


@action("dx")
class DeleteMe:
    pass


@action("px")
class ExportMine:
    pass


def privacy(words: Words, chat_id: int, agreed_to: int | None, agreed_on: date | None) -> Message:
    text = words(
        "<b>What I keep about you</b>\n"
        "• the number of your chat ({chat}), to write to you\n"
        "• place, topics, frequency, language, time zone and quiet hours, as you set them\n"
        "• which messages I brought you, so that none comes twice\n"
        "• your answers to events, your reminders, your suggestions and the questions you follow\n\n"
        "I do not keep your name, phone number, location or what else you search for.\n\n"
        "<b>Why</b>: to bring you the news you asked for. It is passed on to nobody; moderators see the text of a "
        "suggestion, but not whose it is.\n"
        "<b>How long</b>: until you leave. /delete_me removes everything at once.",
        chat=chat_id,
    )
    consent = _consent(words, agreed_to, agreed_on)
    agree = Button(words.label("✅ I agree"), action=pack(Consent(TERMS)))
    own = Button(words.label("📄 My data"), action=pack(ExportMine()))
    delete = Button(words.label("🗑 Delete my data"), action=pack(AskDeletion()))
    rows = ((own, delete),) if agreed_to == TERMS else ((agree,), (own, delete))
    return Message(Markup("\n\n").join([text, consent]), rows)


def _consent(words: Words, agreed_to: int | None, agreed_on: date | None) -> Markup:
    if agreed_to is None or agreed_on is None:
        return words("These are terms no. {version}. You have not agreed to them yet.", version=TERMS)
    if agreed_to != TERMS:
        return words(
            "You agreed to terms no. {old}; these are no. {version}. Please agree anew.",
            old=agreed_to,
            version=TERMS,
        )
    return words("You agreed to these terms (no. {version}) on {day}.", version=TERMS, day=f"{agreed_on:%d.%m.%Y}")


def ask_deletion(words: Words) -> Message:
    delete = Button(words.label("Delete everything"), action=pack(DeleteMe()))
    return Message(
        words(
            "Delete everything I keep about you: subscriptions, settings, answers to events, reminders, suggestions, "
            "roles? This cannot be undone."
        ),
        ((delete, back(words, Origin.MY)),),
    )


def deleted(words: Words, erased: Erased) -> Message:
    return Message(
        words(
            "Everything is deleted.\n"
            "Subscriptions: {subscriptions}\nAnswers to events and reminders: {answers}\nSuggestions: {suggestions}\n"
            "Roles: {roles}\nDeliveries that no longer say to whom: {deliveries}\n\n"
            "I will not write to you any more. If you want me back: /start",
            subscriptions=erased.subscriptions,
            answers=erased.answers,
            suggestions=erased.suggestions,
            roles=erased.roles,
            deliveries=erased.deliveries,
        )
    )


def own_data_caption(words: Words) -> str:
    return words.label("Everything I keep about you.")
