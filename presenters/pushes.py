"""What goes out by itself: announcements and items, with the buttons by which people understand and tame them."""

from markupsafe import Markup

from domain.messages import Button, Message, Rows
from presenters.actions import action, pack
from presenters.words import Words


@action("why")
class Why:
    """«Почему это мне?» under what a mailing brought."""

    mailing: int


@action("rar")
class Rarer:
    """«Реже»: the subscription that brought it becomes rarer."""

    mailing: int


def announcement(
    words: Words,
    title: str,
    text: str,
    *,
    mailing_id: int,
    photo: str | None = None,
    urgent: bool = False,
    corrected: bool = False,
    buttons: Rows = (),
) -> Message:
    """``text`` is HTML that was checked when it was composed; ``buttons`` stand above those of every push."""
    head = Markup("<b>{}</b>").format(title) if title else Markup()
    parts = [part for part in (head, Markup(text)) if part]  # noqa: S704  composed HTML, checked on entry
    if urgent and parts:
        parts[0] = Markup("🔴 ") + parts[0]
    if corrected:
        parts.append(words("<i>✏️ Corrected</i>"))
    return Message(Markup("\n\n").join(parts), (*buttons, taming(words, mailing_id)), photo=photo)


def recalled(words: Words, *, photo: str | None = None) -> Message:
    """What stands in the place of a message that was recalled too late to vanish."""
    return Message(words("↩️ <i>This message was recalled.</i>"), photo=photo)


def taming(words: Words, mailing_id: int) -> tuple[Button, ...]:
    """The row under every pushed message."""
    return (
        Button(words.label("Why me?"), action=pack(Why(mailing_id))),
        Button(words.label("Less often"), action=pack(Rarer(mailing_id))),
    )
