"""Dates as people read them: with weekday, in their own zone, and how far away they are."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date

from presenters.language.words import Words

FAR_DAYS = 180


def _is_far(value: date, today: date) -> bool:
    """Whether a reader would ask «which year?»."""
    return value.year != today.year and abs((value - today).days) > FAR_DAYS


def day(words: Words, value: date, today: date) -> str:
    """«вт 15 декабря»; with the year where it is not this one's and not within half a year."""
    pattern = "EEE d MMMM" if words.language == "ru" else "EEE, d MMMM"
    if _is_far(value, today):
        pattern += " y"
    return format_date(value, pattern, locale=words.language)


def short_day(words: Words, value: date, today: date) -> str:
    """«15 дек»; with the year where it is far away."""
    pattern = "d MMM y" if _is_far(value, today) else "d MMM"
    return format_date(value, pattern, locale=words.language).replace(".", "")


def days_away(words: Words, value: date, today: date) -> str:
    """«сегодня», «завтра», «через 9 дней», «3 дня назад»."""
    away = (value - today).days
    if away == 0:
        return words.label("today")
    if away == 1:
        return words.label("tomorrow")
    if away == -1:
        return words.label("yesterday")
    if away > 0:
        return words.plural_label("in {count} day", "in {count} days", away)
    return words.plural_label("{count} day ago", "{count} days ago", -away)


def span(words: Words, start: date, end: date | None, today: date) -> str:
    """«вт 15 декабря», or «15–18 декабря», «28 ноября – 2 декабря» for several days."""
    if end is None or end == start:
        return day(words, start, today)
    last = format_date(end, "d MMMM y" if _is_far(end, today) else "d MMMM", locale=words.language)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    return f"{format_date(start, 'd MMMM', locale=words.language)} – {last}"


def clock(value: time) -> str:
    return value.strftime("%H:%M")


def moment(words: Words, value: datetime, zone: str, now: datetime) -> str:
    """«вт 15 декабря, 14:00» in the zone given."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{day(words, local.date(), now.astimezone(ZoneInfo(zone)).date())}, {clock(local.time())}"
