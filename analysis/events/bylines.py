"""Lines that say when a page was put up: neither their day nor their minute is that of the event it tells of."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from analysis.text.document import Document
from analysis.text.patterns import cue
from analysis.time.dates import Found

A_YEAR = timedelta(365)
"""A stamp so much later than publication is of the day on which somebody looked at the page."""
LONGEST_LINE, LONGEST_REST, MOST_WORDS = 90, 45, 3
TIMETABLE = 3
HEAD_LINES = 3
"""Lines below the headline in which a bare «12:21» is the minute of publication."""
_MONTHS = (
    r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[а-яa-z]*\.?"
)
_DAY = re.compile(
    r"\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d\d-\d\d-(?:20)?\d\d\b|\b\d{1,2}[./]\s?(?:\d{1,2}|[ivx]{1,4})[./]\s?\d{2,4}(?!\d)"
    rf"|\b\d{{1,2}}\s+{_MONTHS}(?:,?\s+\d{{4}})?|\b{_MONTHS}\s+\d{{1,2}},?\s+\d{{4}}\b"
    r"|\b(?:сегодня|вчера),?\s+(?:в\s+)?(?=\d{1,2}[:.]\d\d)"
)
_YEAR = re.compile(r"\d{4}|[./-]\s?[\divx]{1,4}[./-]\s?\d\d\b")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d(?::\d\d)?\b")
_ORNAMENT = re.compile(
    r"\b(?:в|мск|года?|г|чт|пт|сб|вс|пн|вт|ср|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|[a-z]+day)\b"
    r"|\b\d{1,2}\+|(?:просмотр\w*|комментари\w*|прочтени\w*)\s*:?\s*\d*|\b\d+\s+(?:просмотр|комментари|прочтени)\w*"
)
_PUT_UP = re.compile(
    r"\b(?:опубликован\w*|размещен\w*|создан\w*|добавлен\w*|обновлен\w*|принято"
    r"|дата (?:публикации|размещения|создания|принятия))\b"
)
_WHEN = re.compile(
    r"^\W*(?:когда|время|начало|срок\w*|место|дата (?:и время )?(?:проведения|мероприятия)|дата и время)"
)
_DATE = re.compile(r"^\W*дата:\s*")
"""Of publication where it is that day, else of the event."""
_HELD = re.compile(r"\s*\([^)\n]*\d[^)\n]*,\s*(?:г\.|гор\.|с\.|п\.|д\.|пос|сел|город|дер|стан|хут)")
"""«(23 февраля 2017 года, г. Тюкалинск)» is when and where."""
_LISTED = re.compile(r"^\s*(?:[-•–—*]|\d{1,2}[.)]\s)")
_WORD = re.compile(r"[а-яa-z]{2,}")
_HOUR_ALONE = re.compile(r"\s*\d{1,2}[:.]\d\d\s*(?:\n|\Z)")
_HEADS = re.compile(rf"\s*\W?\s*(?:2[0-3]|[01]?\d)[:.-]\d\d\b(?![.-]\d|\s*{_MONTHS})")
_LEADS_ON = re.compile(r"\b(?:с|со|до|по|к|на|не позднее|начиная с)\s+$")
_DATELINE = re.compile(r"(?!понед|вторн|сред[ау]|четв|пятн|субб|воскр)(?:г\.\s?)?[а-я-]{3,20}(?:[ -][а-я]{3,15})?,\s*$")
_DATELINE_END = re.compile(r"\s*(?:года?|г\.)?\s*(?:\.\s|[/(—–-]\s?|\n|$)")


def stamps(document: Document, found: Sequence[Found], published: date | None) -> Sequence[Found]:
    """The dates of publication; several days without a year, each on a line of its own, are a timetable instead."""
    stamped = [f for f in found if (f.first.day or f.relative) and published_at(document, f, published)]
    bare = {f.first for f in stamped if not _YEAR.search(f.words)}
    return stamped if len(bare) < TIMETABLE else [f for f in stamped if _YEAR.search(f.words)]


def published_at(document: Document, found: Found, published: date | None) -> bool:
    """Whether a date is that of publication: of a line of its own, or after the town at the head of the text."""
    low = document.low
    start, end = line_at(low, found.start)
    if start < document.title_end:
        return False
    day = found.first.on()
    if published and day and published < day < published + A_YEAR:
        return False
    if _is_dateline(document, found, start):
        return True
    return is_stamp(document, start, end, today=day is not None and day == published)


def _is_dateline(document: Document, found: Found, start: int) -> bool:
    """«УФА, 3 фев.» before the first sentence, at most below lines of the site."""
    low = document.low
    first = _is_below_stamps(document, start)
    town = document.text[start : start + 1].isupper() and _DATELINE.fullmatch(low, start, found.start)
    return bool(first and town and found.weekday is None and _DATELINE_END.match(low, found.end))


def _is_below_stamps(document: Document, start: int) -> bool:
    """Whether nothing but lines of the site stand between the headline and a line."""
    at = document.title_end + 1
    while at < start:
        _, end = line_at(document.low, at)
        if document.low[at:end].strip() and not is_stamp(document, at, end, today=True):
            return False
        at = end + 1
    return True


def line_at(low: str, offset: int) -> tuple[int, int]:
    end = low.find("\n", offset)
    return low.rfind("\n", 0, offset) + 1, end if end >= 0 else len(low)


def is_stamp(document: Document, start: int, end: int, *, today: bool = False) -> bool:
    """A line with a day or a minute, a rubric or a byline, and nothing that an announcement would say.

    ``today``: its day is that of publication, and an hour on the line below belongs to it.
    """
    low = document.low
    line = low[start:end]
    if start < document.title_end or len(line) > LONGEST_LINE or _WHEN.match(line):
        return False
    if said := _DATE.match(line):
        alone = _DAY.fullmatch(line.rstrip(), said.end()) is not None
        return today and alone and not _WHEN.match(low[end : end + LONGEST_LINE].lstrip())
    day = _DAY.search(line)
    if _HELD.match(line):
        return False
    if day and _PUT_UP.search(line, max(0, day.start() - 45), day.start()):
        return True
    if day is None and low.count("\n", document.title_end, start) > HEAD_LINES:
        return False
    rest = _ORNAMENT.sub(" ", _CLOCK.sub(" ", _DAY.sub(" ", line)))
    if rest == line or len(_DAY.findall(line)) > 1 or _LISTED.match(line):
        return False
    following = low[end : end + 40]
    if day and _announces(line, day, "" if today and _HOUR_ALONE.match(following) else following):
        return False
    dated = day and (_YEAR.search(day[0]) or _CLOCK.search(_DAY.sub(" ", line)))
    return _says_little(rest, MOST_WORDS if dated else 0)


def _announces(line: str, day: re.Match[str], following: str) -> bool:
    """«12 марта — Сосновка», «до 12 марта», «12 марта:», and a day above a list of hours."""
    timed = _CLOCK.search(line[: day.start()] + line[day.end() :])
    after = _ORNAMENT.sub(" ", _CLOCK.sub(" ", line[day.end() :]))
    if not timed and re.match(r"[\s.,)]*:\s*$", after):
        return True
    if re.match(r"[\s.,)]*(?:[:–—-]\s*[^\W\d])", after) or line.rstrip().endswith(":"):
        return True
    return bool(_LEADS_ON.search(line[: day.start()]) or (not timed and _heads_hours(following)))


def _heads_hours(following: str) -> bool:
    """Whether an hour stands on the line below a day, without a day of its own."""
    below = following.lstrip("\n").partition("\n")[0]
    return bool(_HEADS.match(following)) and not _DAY.search(below)


def _says_little(rest: str, most: int) -> bool:
    words = _WORD.findall(rest)
    if len(words) > most or len(rest.strip(" ()[]|/,.:;—–-")) >= LONGEST_REST:
        return False
    return not any(cue(name).search(rest) for name in ("event", "apply", "results"))


def stamped(document: Document, offset: int, dates: Sequence[Found]) -> bool:
    """Whether a clock stands on a line of publication; ``dates`` are the days that are not of publication.

    Such a day on the line or just above it makes the hour one of the event.
    """
    start, end = line_at(document.low, offset)
    above = max(document.low.rfind("\n", 0, max(0, start - 1)) + 1, document.title_end)
    return not any(above <= f.start < end for f in dates) and is_stamp(document, start, end)
