"""What became of a mailing, as people read it and as a table to take away."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal
from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.mailings import DeliveryState, Ending
from domain.messages import Document
from domain.reports import Line, Report
from presenters.language.places import place_name
from presenters.language.words import Words, number
from presenters.spreadsheets import BYTE_ORDER_MARK, line

MOST_SHOWN = 8


def details(words: Words, gazetteer: Gazetteer, report: Report) -> Markup:
    """Speed, what stood in the way, and the largest territories: HTML below the counts."""
    parts = []
    if report.speed:
        parts.append(words("⚡ {speed} a second", speed=format_decimal(report.speed, "0.0", locale=words.language)))
    if report.reasons:
        lines = [
            Markup("• {} — {}").format(reason_label(words, one.state, one.ending), number(one.count))
            for one in report.reasons[:MOST_SHOWN]
        ]
        parts.append(Markup("\n").join([words("<b>Not reached</b>"), *lines]))
    if len(report.places) > 1:
        lines = [
            words("• {place} — {sent} of {all}", place=place, sent=number(one.sent), all=number(one.audience))
            for one in report.places[:MOST_SHOWN]
            for place in [_place(words, gazetteer, one.region)]
        ]
        parts.append(Markup("\n").join([words("<b>By region</b>"), *lines]))
    return Markup("\n\n").join(parts)


def reason_label(words: Words, state: DeliveryState, ending: str) -> str:
    """Plain text: «заблокировали бота»."""
    labels = {
        Ending.BLOCKED: words.label("blocked the bot"),
        Ending.DEACTIVATED: words.label("deleted their account"),
        Ending.KICKED: words.label("the bot was removed from the group"),
        Ending.CHAT_NOT_FOUND: words.label("the chat is no longer there"),
        Ending.MIGRATED: words.label("the group moved"),
        Ending.REFUSED: words.label("refused by Telegram"),
        Ending.GONE: words.label("the message was already deleted"),
        Ending.AMBIGUOUS: words.label("not known whether it arrived"),
        Ending.CANCELLED: words.label("stopped before its turn"),
        Ending.PAUSED: words.label("on a pause"),
        Ending.LEFT: words.label("left the bot"),
        Ending.STALE: words.label("no longer current"),
    }
    return labels.get(ending, _states(words)[state])  # type: ignore[call-overload,no-any-return]  # also foreign words


def table(words: Words, gazetteer: Gazetteer, mailing_id: int, lines: Iterable[Line], zone: str) -> Document:
    """CSV with a line for each delivery; times by the clock of ``zone``."""
    head = [
        words.label("chat"),
        words.label("region"),
        words.label("state"),
        words.label("reason"),
        words.label("attempts"),
        words.label("time"),
    ]
    rows = [BYTE_ORDER_MARK + line(head)]
    states, clock = _states(words), ZoneInfo(zone)
    for one in lines:
        reason = reason_label(words, one.state, one.error.partition(":")[0]) if one.error else ""
        settled = one.settled_at.astimezone(clock).strftime("%Y-%m-%d %H:%M:%S") if one.settled_at else ""
        region = _place(words, gazetteer, one.region)
        rows.append(line([one.chat_id, region, states[one.state], reason, one.attempts, settled]))
    return Document(f"mailing-{mailing_id}.csv", "".join(rows).encode())


def _states(words: Words) -> dict[DeliveryState, str]:
    return {
        DeliveryState.PENDING: words.label("waiting"),
        DeliveryState.SENDING: words.label("on its way"),
        DeliveryState.SENT: words.label("delivered"),
        DeliveryState.FAILED: words.label("not delivered"),
        DeliveryState.UNKNOWN: words.label("unknown"),
        DeliveryState.SKIPPED: words.label("not sent"),
    }


def _place(words: Words, gazetteer: Gazetteer, region: str) -> str:
    return place_name(words, gazetteer, region) if region else words.label("place not known")
