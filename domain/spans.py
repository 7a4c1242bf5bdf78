"""Times that are chosen by button, as windows of whole days."""

from datetime import date, timedelta
from enum import StrEnum

from domain.queries import Window

SATURDAY = 5


class Span(StrEnum):
    AS_ASKED = ""
    """What the words of the question say."""
    ANY = "a"
    AHEAD = "f"
    """From today on."""
    TODAY = "t"
    WEEKEND = "w"
    """This one while it lasts, else the next."""
    WEEK = "7"
    MONTH = "m"
    PAST_WEEK = "p"
    PAST_MONTH = "o"


def window(span: Span, today: date) -> Window | None:
    """None where every time is meant."""
    match span:
        case Span.AHEAD:
            return Window(today, None)
        case Span.TODAY:
            return Window(today, today)
        case Span.WEEKEND:
            saturday = today + timedelta(days=SATURDAY - today.weekday())
            return Window(max(saturday, today), saturday + timedelta(days=1))
        case Span.WEEK:
            return Window(today, today + timedelta(days=6))
        case Span.MONTH:
            return Window(today, today + timedelta(days=30))
        case Span.PAST_WEEK:
            return Window(today - timedelta(days=6), today)
        case Span.PAST_MONTH:
            return Window(today - timedelta(days=30), today)
    return None
