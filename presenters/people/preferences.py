"""/settings: language, time zone, quiet hours, the hour of digests, home."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from analysis.geography.gazetteer import Gazetteer
from domain.messages import Button, Message, Rows
from domain.subscribers import QuietHours, Subscriber
from presenters.actions import action, pack
from presenters.language.places import place_title
from presenters.language.words import LANGUAGES, Words
from presenters.navigation import Origin, back
from presenters.people.settling import AskPlace, Purpose

ZONES = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)
_NIGHTS = ((22, 8), (21, 8), (23, 7), (0, 7))
_NAMES = {"ru": "Русский", "en": "English"}
_PER_ROW = 6


@action("ql")
class AskLanguage:
    pass


@action("sl")
class SetLanguage:
    language: str


@action("qz")
class AskZone:
    pass


@action("sz")
class SetZone:
    zone: str


@action("qq")
class AskQuiet:
    origin: Origin


@action("q1")
class AskQuietStart:
    origin: Origin


@action("q2")
class AskQuietEnd:
    start: int
    origin: Origin


@action("sq")
class SetQuiet:
    """Hours of the day; both the same: no quiet hours."""

    start: int
    end: int
    origin: Origin


@action("qd")
class AskDigestHour:
    pass


@action("sd")
class SetDigestHour:
    hour: int


def settings(words: Words, gazetteer: Gazetteer, subscriber: Subscriber, now: datetime) -> Message:
    home = place_title(words, gazetteer, subscriber.home) if subscriber.home else words.label("not chosen")
    zone = zone_label(words, subscriber.time_zone, now)
    text = words(
        "<b>Settings</b>\n\nHome: {home}\nTime: {zone}\n{quiet}\nDigest at {hour}:00\nLanguage: {language}\n\n"
        "What you get and how often: /my",
        home=home,
        zone=zone,
        quiet=quiet_words(words, subscriber.quiet),
        hour=subscriber.digest_hour,
        language=_NAMES.get(subscriber.language, subscriber.language),
    )
    return Message(text, _settings_buttons(words, subscriber))


def _settings_buttons(words: Words, subscriber: Subscriber) -> Rows:
    return (
        (
            Button(words.label("🏠 Home"), action=pack(AskPlace(Purpose.MOVE))),
            Button(words.label("🕐 Time zone"), action=pack(AskZone())),
        ),
        (
            Button(quiet_label(words, subscriber.quiet), action=pack(AskQuiet(Origin.SETTINGS))),
            Button(words.label("📰 Digest at {hour}:00", hour=subscriber.digest_hour), action=pack(AskDigestHour())),
        ),
        (Button("🌐 Русский / English", action=pack(AskLanguage())),),
    )


def quiet_label(words: Words, quiet: QuietHours | None) -> str:
    """For a button: «🌙 Тихие часы 22–08»."""
    if quiet is None:
        return words.label("🌙 Quiet hours")
    return words.label("🌙 Quiet hours {start}–{end}", start=f"{quiet.start:%H}", end=f"{quiet.end:%H}")


def quiet_words(words: Words, quiet: QuietHours | None) -> str:
    if quiet is None:
        return words.label("No quiet hours")
    return words.label("Quiet hours: {start}–{end}", start=f"{quiet.start:%H:%M}", end=f"{quiet.end:%H:%M}")


def zone_label(words: Words, zone: str, now: datetime) -> str:
    """«Красноярск (МСК+4)»."""
    city = get_timezone_location(zone, locale=words.language, return_city=True)
    away = _offset(zone, now) - _offset("Europe/Moscow", now)
    shift = f"{round(away / timedelta(hours=1)):+d}".replace("-", "−") if away else ""
    moscow = words.label("MSK")
    return f"{city} ({moscow}{shift})"


def _offset(zone: str, now: datetime) -> timedelta:
    return now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def languages(words: Words) -> Message:
    buttons = tuple(Button(_NAMES[one], action=pack(SetLanguage(one))) for one in LANGUAGES)
    return Message(words("In which language shall I speak?"), (buttons, (back(words, Origin.SETTINGS),)))


def zones(words: Words, now: datetime) -> Message:
    buttons = [Button(zone_label(words, zone, now), action=pack(SetZone(zone))) for zone in ZONES]
    rows: Rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Message(words("By which clock do you live?"), (*rows, (back(words, Origin.SETTINGS),)))


def quiet_hours(words: Words, origin: Origin) -> Message:
    nights = tuple(Button(f"{start:02}–{end:02}", action=pack(SetQuiet(start, end, origin))) for start, end in _NIGHTS)
    other = Button(words.label("Other hours"), action=pack(AskQuietStart(origin)))
    none = Button(words.label("No quiet hours"), action=pack(SetQuiet(0, 0, origin)))
    return Message(
        words("What comes in quiet hours waits for their end. Only urgent warnings come at once."),
        (nights, (other, none), (back(words, origin),)),
    )


def quiet_start(words: Words, origin: Origin) -> Message:
    buttons = [Button(f"{hour:02}", action=pack(AskQuietEnd(hour, origin))) for hour in range(24)]
    return Message(words("Quiet from what hour?"), (*_grid(buttons), (back(words, origin),)))


def quiet_end(words: Words, start: int, origin: Origin) -> Message:
    buttons = [Button(f"{hour:02}", action=pack(SetQuiet(start, hour, origin))) for hour in range(24) if hour != start]
    return Message(
        words("Quiet from {start}:00 until what hour?", start=f"{start:02}"),
        (*_grid(buttons), (back(words, origin),)),
    )


def digest_hours(words: Words) -> Message:
    buttons = [Button(f"{hour:02}", action=pack(SetDigestHour(hour))) for hour in range(24)]
    return Message(words("At what hour shall I bring the digest?"), (*_grid(buttons), (back(words, Origin.SETTINGS),)))


def hours(start: int, end: int) -> QuietHours | None:
    """Quiet hours as pressed. Raises ValueError for what is no hour."""
    return QuietHours(time(start), time(end)) if start != end else None


def _grid(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[at : at + _PER_ROW]) for at in range(0, len(buttons), _PER_ROW))
