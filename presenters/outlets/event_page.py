"""The page of an event on the web: what it is, when and where, and one tap into one's own calendar."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from domain.events import Deadline, Event, EventStatus
from presenters.language.dates import clock, day, days_away, moment, span
from presenters.language.words import Words
from presenters.outlets import calendar
from presenters.outlets.calendar import Entry

STYLE = "/page.css"
LONGEST_TEXT = 6000
WEB = ("http://", "https://")
_FRAME = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta property="og:title" content="{title}">
{described}
<title>{title} · {name}</title>
<link rel="stylesheet" href="{style}">
</head>
<body>
<main>
{body}
</main>
<footer>{name}</footer>
</body>
</html>
""")
_MARKED = (EventStatus.TENTATIVE, EventStatus.POSTPONED, EventStatus.CANCELLED, EventStatus.PAST)


def event_page(words: Words, entry: Entry, text: str, place: str, source: str | None, now: datetime) -> str:
    """``text`` is plain; ``place`` names the territory; ``source`` is where it was published."""
    event = entry.event
    parts = [
        _badge(words, event),
        Markup("<h1>{}</h1>").format(event.title),
        _facts(words, event, place, now),
        _calendars(words, entry),
        _text(event.title, text),
    ]
    if source and source.startswith(WEB):
        parts.append(
            Markup('<p class="source"><a rel="nofollow noopener" href="{}">{}</a></p>').format(
                source, words.label("Read at the source")
            )
        )
    return page(words, event.title, Markup("\n").join(part for part in parts if part), summary=entry.summary)


def not_found_page(words: Words) -> str:
    """For an address behind which there is nothing (any more)."""
    body = Markup("<h1>{}</h1><p>{}</p>").format(
        words.label("There is nothing here"),
        words.label("The address is wrong, or what it led to has been withdrawn. Ask the bot: it finds what there is."),
    )
    return page(words, words.label("There is nothing here"), body)


def page(words: Words, title: str, body: Markup, *, summary: str = "") -> str:
    name = words.label("Glashatai: news and events of your town")
    described = Markup('<meta name="description" content="{0}"><meta property="og:description" content="{0}">')
    return _FRAME.format(
        language=words.language,
        title=title,
        name=name,
        described=described.format(summary[:300]) if summary else "",
        style=STYLE,
        body=body,
    )


def _badge(words: Words, event: Event) -> Markup | None:
    if event.status not in _MARKED:
        return None
    labels = {
        EventStatus.TENTATIVE: words.label("Not confirmed yet"),
        EventStatus.POSTPONED: words.label("Postponed"),
        EventStatus.CANCELLED: words.label("Cancelled"),
        EventStatus.PAST: words.label("Over"),
    }
    return Markup('<p class="badge {}">{}</p>').format(event.status.value, labels[event.status])


def _facts(words: Words, event: Event, place: str, now: datetime) -> Markup:
    rows = [
        (words.label("When"), _when(words, event, now)),
        (words.label("Where"), escape(", ".join(_each_once(event.venue, place)))),
    ]
    rows += [(_stage(words, one), _until(words, event, one, now)) for one in event.deadlines]
    if event.capacity:
        rows.append((words.label("Seats"), escape(str(event.capacity))))
    if event.link and event.link.startswith(WEB):
        rows.append((words.label("Link"), Markup('<a rel="nofollow noopener" href="{0}">{0}</a>').format(event.link)))
    told = Markup().join(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*row) for row in rows if row[1])
    return Markup("<dl>{}</dl>").format(told)


def _each_once(*names: str | None) -> Iterable[str]:
    """«ДК «Энергетик», Саяногорск» within «Саяногорск, Республика Хакасия» names the town once."""
    return dict.fromkeys(part for name in names if name for part in name.split(", "))


def _when(words: Words, event: Event, now: datetime) -> Markup:
    if event.start_date is None:
        return Markup()
    today = now.astimezone(ZoneInfo(event.time_zone)).date()
    text = span(words, event.start_date, event.end_date, today)
    if event.start_time:
        text += f", {clock(event.start_time)}" + (f"–{clock(event.end_time)}" if event.end_time else "")
    away = days_away(words, event.start_date, today)
    stamp = (event.starts_at or event.start_date).isoformat()
    return Markup('<time datetime="{}">{}</time> <small>{}</small>').format(stamp, text, away)


def _stage(words: Words, deadline: Deadline) -> str:
    return deadline.title or words.label("Apply by")


def _until(words: Words, event: Event, deadline: Deadline, now: datetime) -> Markup:
    zone = ZoneInfo(event.time_zone)
    local, today = deadline.at.astimezone(zone), now.astimezone(zone).date()
    whole_day = (local.hour, local.minute) == (23, 59)
    text = day(words, local.date(), today) if whole_day else moment(words, deadline.at, event.time_zone, now)
    return Markup('<time datetime="{}">{}</time> <small>{}</small>').format(
        deadline.at.isoformat(), text, days_away(words, local.date(), today)
    )


def _calendars(words: Words, entry: Entry) -> Markup | None:
    if not calendar.has_time(entry.event) or entry.event.status is EventStatus.CANCELLED:
        return None
    file = f"/event/{entry.event.id}.ics"
    links: Iterable[tuple[str, str | None]] = (
        (words.label("Apple Calendar"), file),
        (words.label("Google Calendar"), calendar.google_link(entry)),
        (words.label("Yandex Calendar"), calendar.yandex_link(entry)),
        (words.label("Download .ics"), f"{file}?download"),
    )
    made = Markup().join(Markup('<a rel="nofollow" href="{1}">{0}</a>').format(*link) for link in links if link[1])
    return Markup('<nav aria-label="{0}"><h2>{0}</h2>{1}</nav>').format(words.label("To my calendar"), made)


def _text(title: str, text: str) -> Markup:
    paragraphs = [part.strip() for part in text[:LONGEST_TEXT].split("\n") if part.strip() not in ("", title)]
    made = Markup().join(Markup("<p>{}</p>").format(part) for part in paragraphs)
    return Markup('<article class="text">{}</article>').format(made)
