"""What people with a role are told about the sources of their territory: short, once, with the way to act on it."""

from domain.messages import Button, Message
from domain.sources import Source
from presenters.actions import pack
from presenters.admin.menu import ListReview
from presenters.admin.sources import LONGEST_ERROR, ShowSource
from presenters.language.words import Words


def failing(words: Words, one: Source) -> Message:
    """Told once to the people of its territory."""
    text = words(
        "⚠ The source «{title}» gives nothing any more: <code>{error}</code>\n"
        "I go on trying and will tell when it is back.",
        title=one.title or one.url,
        error=(one.last_error or "")[:LONGEST_ERROR],
    )
    return Message(text, (_to_card(words, one),))


def is_back(words: Words, one: Source) -> Message:
    return Message(words("✅ The source «{title}» works again.", title=one.title or one.url), (_to_card(words, one),))


def burst(words: Words, title: str, count: int) -> Message:
    """Told when a source gave far more than usual."""
    text = words.plural(
        "⚠ «{title}» gave {count} new text at once, far more than usual. Nothing of it was sent; "
        "look under «In review».",
        "⚠ «{title}» gave {count} new texts at once, far more than usual. Nothing of it was sent; "
        "look under «In review».",
        count,
        title=title,
    )
    return Message(text, (_to_review(words),))


def vanished(words: Words, title: str) -> Message:
    """Told when an upcoming event is no longer at its source."""
    text = words(
        "❓ «{title}» is no longer at its source. Is it cancelled? Nobody was told anything; look under «In review».",
        title=title,
    )
    return Message(text, (_to_review(words),))


def correction(words: Words, title: str) -> Message:
    """Told when a text that was sent was edited at its source."""
    text = words(
        "❓ «{title}» was edited at its source after it was sent. Send a correction? Look under «In review».",
        title=title,
    )
    return Message(text, (_to_review(words),))


def called_off(words: Words, title: str) -> Message:
    """Told when a source that nobody vouches for says that an event is off."""
    text = words("❓ A source says that «{title}» is off. Is it? Look under «In review».", title=title)
    return Message(text, (_to_review(words),))


def _to_review(words: Words) -> tuple[Button, ...]:
    return (Button(words.label("🔎 In review"), action=pack(ListReview(0))),)


def _to_card(words: Words, one: Source) -> tuple[Button, ...]:
    return (Button(words.label("Open the source"), action=pack(ShowSource(one.id))),)
