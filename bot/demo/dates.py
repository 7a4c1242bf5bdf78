"""Dates of the sample texts, given in days from the beginning of the demo, so that everything is always ahead.

``{+9d}`` is «30 ноября», ``{sat}`` the first Saturday at least two days ahead, ``{sat+1w}`` a week later;
``{+9d ymd}`` is 20261130, ``{-2d iso}`` the moment two days ago.
"""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

ZONE = ZoneInfo("Asia/Krasnoyarsk")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SOONEST = 2
_TEMPLATE = re.compile(r"\{(?:(?P<days>[+-]\d+)d|(?P<weekday>[a-z]{3})(?:\+(?P<weeks>\d+)w)?)(?: (?P<form>ymd|iso))?\}")


def fill(text: str, now: datetime) -> str:
    """Puts dates into a text. Raises ValueError for a weekday it does not know."""
    return _TEMPLATE.sub(lambda found: _written(found, now.astimezone(ZONE)), text)


def _written(found: re.Match[str], now: datetime) -> str:
    if found["form"] == "iso":
        # An hour earlier: nothing is published at the very moment it is read.
        return (now + timedelta(days=int(found["days"]), hours=-1)).isoformat(timespec="seconds")
    day = _day(found, now.date())
    return day.strftime("%Y%m%d") if found["form"] == "ymd" else format_date(day, "d MMMM", locale="ru")


def _day(found: re.Match[str], today: date) -> date:
    if found["days"]:
        return today + timedelta(days=int(found["days"]))
    soonest = today + timedelta(days=SOONEST)
    wait = (WEEKDAYS.index(found["weekday"]) - soonest.weekday()) % 7
    return soonest + timedelta(days=wait, weeks=int(found["weeks"] or 0))
