"""Dates as people read them: with weekday, in their own zone, and how far away they are."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date

from presenters.words import Words


def day(words: Words, value: date, today: date) -> str:
    """«вт 15 декабря»; with the year where it is not this one's and not within half a year."""
    pattern = "EEE d MMMM" if words.language == "ru" else "EEE, d MMMM"
    if abs((value - today).days) > 180 and value.year != today.year:
        pattern += " y"
    return format_date(value, pattern, locale=words.language)


def short_day(words: Words, value: date, today: date) -> str:
    """«15 дек»; with the year where it is far away."""
    pattern = "d MMM" if value.year == today.year or abs((value - today).days) <= 180 else "d MMM y"
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
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{format_date(end, 'd MMMM', locale=words.language)}"
    return " – ".join(format_date(part, "d MMMM", locale=words.language) for part in (start, end))


def clock(value: time) -> str:
    return value.strftime("%H:%M")


def moment(words: Words, value: datetime, zone: str, now: datetime) -> str:
    """«вт 15 декабря, 14:00» in the zone given."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{day(words, local.date(), now.astimezone(ZoneInfo(zone)).date())}, {clock(local.time())}"
