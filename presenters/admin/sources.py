"""«/admin → Источники»: where news comes from and how it fares, and what may be done to each source."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.messages import Button, Message, Rows
from domain.sources import Source, SourceKind, SourceState, Trust
from presenters.actions import action, pack
from presenters.admin.menu import pages, to_menu
from presenters.language.dates import moment
from presenters.language.places import place_title
from presenters.language.words import Words

PAGE = 8
LONGEST_ERROR = 200


@action("sources")
class ListSources:
    page: int


@action("soc")
class ShowSource:
    source: int


@action("sop")
class PauseSource:
    source: int


@action("sou")
class ResumeSource:
    source: int


@action("sot")
class TrustSource:
    source: int
    trust: Trust


@action("soq")
class AskRemoveSource:
    source: int


@action("sox")
class RemoveSource:
    source: int


@action("soa")
class AddSource:
    pass


@action("sow")
class AddText:
    pass


def listing(words: Words, shown: Sequence[Source], total: int, page: int, time_zone: str, now: datetime) -> Message:
    """``shown``: the sources of this page, those that fail first."""
    head = words("<b>Sources</b>: where news comes from by itself.")
    if not shown:
        head += "\n\n" + words("There is none yet. Add the site of the administration, its VK community or a channel.")
    lines = [_line(words, one, time_zone, now) for one in shown]
    numbers = [Button(f"№ {one.id}", action=pack(ShowSource(one.id))) for one in shown]
    rows: Rows = tuple(tuple(numbers[at : at + 4]) for at in range(0, len(numbers), 4))
    adding = (
        Button(words.label("➕ Add a source"), action=pack(AddSource())),
        Button(words.label("📝 Add a text"), action=pack(AddText())),
    )
    turning = pages(page, total, PAGE, ListSources)
    return Message(Markup("\n\n").join([head, *lines]), (*rows, *turning, adding, (to_menu(words),)))


def card(words: Words, gazetteer: Gazetteer, one: Source, count: int, *, time_zone: str, now: datetime) -> Message:
    """One source with its health; ``count``: how many texts it gave; ``time_zone``: the reader's."""
    place = place_title(words, gazetteer, one.territory) if one.territory else words.label("not stated")
    facts = [
        words("{sign} <b>{title}</b>", sign=_sign(one), title=one.title or one.url),
        words("{kind}: {address}", kind=kind_label(words, one.kind), address=one.url),
        words("Territory: {place}", place=place),
        _trust(words, one.trust),
        words("State: {state}", state=_state(words, one)),
        words.plural("Gave {count} text.", "Gave {count} texts.", count),
    ]
    if one.last_success_at:
        facts.append(words("Last success: {moment}", moment=moment(words, one.last_success_at, time_zone, now)))
    if one.next_poll_at and one.state is SourceState.ACTIVE and one.kind is not SourceKind.TELEGRAM:
        facts.append(words("Next poll: {moment}", moment=moment(words, one.next_poll_at, time_zone, now)))
    if one.last_error:
        facts.append(words("Last error: <code>{error}</code>", error=one.last_error[:LONGEST_ERROR]))
    return Message(Markup("\n").join(facts), _acts(words, one))


def ask_removal(words: Words, one: Source) -> Message:
    text = words("Follow «{title}» no more? What it published stays.", title=one.title or one.url)
    remove = Button(words.label("🗑 Remove"), action=pack(RemoveSource(one.id)))
    keep = Button(words.label("‹ Back"), action=pack(ShowSource(one.id)))
    return Message(text, ((remove, keep),))


def kind_label(words: Words, kind: SourceKind) -> str:
    labels = {
        SourceKind.FEED: words.label("Feed"),
        SourceKind.CALENDAR: words.label("Calendar"),
        SourceKind.PAGE: words.label("Page with news"),
        SourceKind.SITEMAP: words.label("Sitemap"),
        SourceKind.VK: words.label("VK community"),
        SourceKind.TELEGRAM: words.label("Telegram channel"),
        SourceKind.IMPORT: words.label("Archive"),
    }
    return labels[kind]


def _line(words: Words, one: Source, time_zone: str, now: datetime) -> Markup:
    line = words("{sign} № {number} · {title}", sign=_sign(one), number=one.id, title=one.title or one.url)
    if one.last_error:
        return line + "\n" + words("<i>{error}</i>", error=one.last_error[:LONGEST_ERROR])
    if one.last_success_at:
        return (
            line + "\n" + words("<i>answered {moment}</i>", moment=moment(words, one.last_success_at, time_zone, now))
        )
    return line


def _sign(one: Source) -> str:
    if one.state is SourceState.PAUSED:
        return "⏸"
    return "⚠" if one.failures else "✅" if one.last_success_at else "🕒"


def _state(words: Words, one: Source) -> str:
    if one.state is SourceState.PAUSED:
        return words.label("paused")
    if one.failures:
        return words.plural_label("{count} poll failed in a row", "{count} polls failed in a row", one.failures)
    return words.label("works") if one.last_success_at else words.label("not polled yet")


def _trust(words: Words, trust: Trust) -> Markup:
    if trust is Trust.AUTO:
        return words("What it publishes goes out by itself.")
    return words("A moderator looks at what it publishes first.")


def _acts(words: Words, one: Source) -> Rows:
    if one.state is SourceState.PAUSED:
        pausing = Button(words.label("▶ Resume"), action=pack(ResumeSource(one.id)))
    else:
        pausing = Button(words.label("⏸ Pause"), action=pack(PauseSource(one.id)))
    if one.trust is Trust.AUTO:
        trusting = Button(words.label("🔎 Review first"), action=pack(TrustSource(one.id, Trust.REVIEW)))
    else:
        trusting = Button(words.label("🤝 Let out by itself"), action=pack(TrustSource(one.id, Trust.AUTO)))
    removing = Button(words.label("🗑 Remove"), action=pack(AskRemoveSource(one.id)))
    return ((pausing, removing), (trusting,), _back(words))


def _back(words: Words) -> tuple[Button, ...]:
    return (Button(words.label("‹ Sources"), action=pack(ListSources(0))),)
