"""/help: what can be done here, by the role of whoever asks."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.messages import Button, Message, Rows
from domain.roles import Act, Grant, may_somewhere
from presenters.language.words import Words

_DESK = (Act.COMPOSE, Act.SEND, Act.MODERATE, Act.MANAGE_SOURCES, Act.SEE_REPORTS)


def help_for(words: Words, grants: Sequence[Grant]) -> Message:
    parts = [_for_everyone(words)]
    if may_somewhere(grants, Act.PROPOSE):
        parts.append(words("<b>Organisers</b>\n/announce — propose your own meeting or event"))
    if has_desk(grants):
        parts.append(
            words(
                "<b>Administration</b>\n/admin — announcements, suggestions, sources, reports. "
                "You see what you may do in your territory."
            )
        )
    return Message(Markup("\n\n").join(parts))


def help_for_group(words: Words, bot: str) -> Message:
    """``bot``: the name by which it is mentioned."""
    text = words(
        "I bring this group the news and events of its place.\n\n"
        "<b>Ask me here</b>: mention me, for example «@{bot} contests for TOS», or answer one of my messages.\n\n"
        "/news — news of our place\n"
        "/events — what is coming up\n"
        "/deadlines — by when to apply\n"
        "/search — search by your words\n"
        "/my — what this group gets; its administrators change it\n\n"
        "What is yours alone — your place, signing up, suggesting news — is in the private chat.",
        bot=bot,
    )
    return Message(text, _to_private(words, bot))


def in_private_only(words: Words, bot: str) -> Message:
    """Answer in a group to a command that is a person's own."""
    return Message(words("That is done in the private chat with me."), _to_private(words, bot))


def _to_private(words: Words, bot: str) -> Rows:
    return ((Button(words.label("Open the private chat"), url=f"https://t.me/{bot}"),),)


def has_desk(grants: Sequence[Grant]) -> bool:
    """Whether /admin shows this person anything."""
    return any(may_somewhere(grants, act) for act in _DESK)


def _for_everyone(words: Words) -> Markup:
    return words(
        "I bring you news and events of your area.\n\n"
        "<b>Ask in your own words</b>, for example: «what is on in Sayanogorsk at the weekend», "
        "«contests for TOS», «water outage»\n\n"
        "/news — news of your place\n"
        "/events — what is coming up\n"
        "/deadlines — by when to apply\n"
        "/search — search with filters\n"
        "/my — what you get: places, topics, frequency, pause\n"
        "/suggest — suggest a piece of news\n"
        "/settings — language, time zone, quiet hours\n"
        "/privacy — what I keep about you\n"
        "/delete_me — delete my data"
    )
