"""Adding a source or a text in the chat: what is asked, what was found, what would come in."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.messages import Button, Message, Rows, shortened
from domain.sources import Entry, Finding, SourceKind
from domain.territories import Territory
from presenters.actions import action, pack
from presenters.admin.sources import ListSources, kind_label
from presenters.language.dates import moment
from presenters.language.places import place_title
from presenters.language.words import Words

SHOWN = 120
MOST_SHOWN = 3
MOST_PLACES = 8


@action("sof")
class Follow:
    """The address that was looked at becomes a source."""


@action("son")
class TakeIn:
    """The text or article that was shown becomes a piece of news."""


@action("som")
class OtherTerritory:
    pass


@action("soh")
class ChooseTerritory:
    place: str


def ask_address(words: Words) -> Message:
    text = words(
        "Send the address of a site, a feed, a calendar, a VK community or a Telegram channel. "
        "I will find out what it is and show what would come in."
    )
    return Message(text, ((_cancel(words),),))


def ask_text(words: Words) -> Message:
    return Message(words("Send the text of the news, headline first, or forward a post."), ((_cancel(words),),))


def ask_territory(words: Words, gazetteer: Gazetteer, found: Sequence[Territory], typed: str = "") -> Message:
    """``found``: candidates for what was typed; none yet where nothing was typed."""
    if typed and not found:
        text = words("I know no «{name}» among your territories. Write the name of the place again.", name=typed)
    elif found:
        text = words("Which one?")
    else:
        text = words("Whose news is it? Write the name of the place.")
    rows: Rows = tuple(
        (Button(place_title(words, gazetteer, one.code), action=pack(ChooseTerritory(one.code))),)
        for one in found[:MOST_PLACES]
    )
    return Message(text, (*rows, (_cancel(words),)))


def preview(words: Words, gazetteer: Gazetteer, finding: Finding, place: str | None, now: datetime) -> Message:
    """What was found behind an address; ``place``: whose news it would be."""
    if finding.kind is None:
        return _problem(words, gazetteer, finding, place)
    parts = [
        words("<b>{kind}</b>: {title}", kind=kind_label(words, finding.kind), title=finding.title or finding.url),
        _place(words, gazetteer, place),
    ]
    if finding.kind is SourceKind.TELEGRAM:
        parts.append(words("Make me an administrator of the channel: then its posts come in by themselves."))
    if finding.entries:
        parts.append(words("This would come in:"))
        parts += [_entry(words, one, now) for one in finding.entries[:MOST_SHOWN]]
    follow = Button(words.label("✅ Follow"), action=pack(Follow()))
    return Message(Markup("\n\n").join(parts), ((follow, _other(words)), (_cancel(words),)))


def text_preview(words: Words, gazetteer: Gazetteer, text: str, place: str | None) -> Message:
    """A text or a forwarded post, before it is taken in."""
    parts = [
        words("Take this in as news?"),
        Markup("<blockquote>{}</blockquote>").format(shortened(text, SHOWN * 5)),
        _place(words, gazetteer, place),
    ]
    take = Button(words.label("✅ Take in"), action=pack(TakeIn()))
    return Message(Markup("\n\n").join(parts), ((take, _other(words)), (_cancel(words),)))


def taken_in(words: Words) -> Message:
    text = words("Taken in. In a moment it is found by search, and those whom it concerns get it.")
    return Message(text, (_back(words),))


def no_text(words: Words) -> Message:
    return Message(words("There is no text in this message. Send the text of the news."), ((_cancel(words),),))


def lost(words: Words) -> str:
    """What was looked at is forgotten, for example after a day."""
    return words.label("I do not remember what this was about. Please send it again.")


def _problem(words: Words, gazetteer: Gazetteer, finding: Finding, place: str | None) -> Message:
    if finding.article is not None:
        parts = [
            words("This page is one article, not a list of news. It can be taken in alone:"),
            words("<b>{title}</b>", title=finding.article.title or finding.url),
            _place(words, gazetteer, place),
        ]
        take = Button(words.label("📰 Take in this article"), action=pack(TakeIn()))
        return Message(Markup("\n\n").join(parts), ((take,), (_other(words), _cancel(words))))
    text = words(
        "I found nothing there that I could follow: <code>{problem}</code>\nSend another address.",
        problem=finding.problem,
    )
    return Message(text, ((_cancel(words),),))


def _entry(words: Words, entry: Entry, now: datetime) -> Markup:
    line = shortened(" ".join((entry.title or entry.text).split()), SHOWN)
    if entry.occurrence is not None:
        zone = str(entry.occurrence.starts_at.tzinfo)
        when = moment(words, entry.occurrence.starts_at, zone if "/" in zone else "Europe/Moscow", now)
        return words("• {line} — {when}", line=line, when=when)
    return words("• {line}", line=line)


def _place(words: Words, gazetteer: Gazetteer, place: str | None) -> Markup:
    name = place_title(words, gazetteer, place) if place else words.label("not stated")
    return words("Territory: {place}", place=name)


def _other(words: Words) -> Button:
    return Button(words.label("📍 Other territory"), action=pack(OtherTerritory()))


def _cancel(words: Words) -> Button:
    return Button(words.label("Cancel"), action=pack(ListSources(0)))


def _back(words: Words) -> tuple[Button, ...]:
    return (Button(words.label("‹ Sources"), action=pack(ListSources(0))),)
