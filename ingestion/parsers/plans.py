"""A plan of events as offices keep it: a CSV table with a header, in Russian or English, with any usual separator."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.sources import Entry, Occurrence
from ingestion.parsers.charsets import decode
from ingestion.parsers.given import MOST_ENTRIES, Given, Parsed, ParseError, is_address
from ingestion.parsers.plain_text import tidy

_COLUMNS = {
    "date": ("дата", "date", "начало", "start", "дата проведения", "дата начала", "когда"),
    "end": ("дата окончания", "окончание", "end", "конец", "по"),
    "time": ("время", "time", "час", "время начала", "начало в"),
    "title": ("мероприятие", "название", "наименование", "title", "event", "наименование мероприятия", "событие"),
    "venue": ("место", "место проведения", "venue", "place", "где", "адрес", "location"),
    "about": ("описание", "примечание", "description", "о мероприятии", "содержание"),
    "link": ("ссылка", "сайт", "url", "link"),
    "id": ("id", "номер", "№", "код"),
}
_DAY = re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4}|\d{2})|(?P<iso>\d{4}-\d{2}-\d{2})")
_CLOCK = re.compile(r"\b(?P<hour>[01]?\d|2[0-3])[:.\-](?P<minute>[0-5]\d)\b")
LONGEST_CELL = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a plan: an entry, or the reason why it is none."""

    line: int
    entry: Entry | None
    reason: str = ""


def recognise(text: str) -> bool:
    head = next(iter(text.lstrip("\ufeff").splitlines()), "")
    try:
        cells = next(csv.reader([head], delimiter=_separator(head)), [])
    except csv.Error:
        return False
    return {"date", "title"} <= set(_header(cells))


def parse(given: Given) -> Parsed:
    """Lines that cannot be understood are passed over; ``rows`` says why. Raises ParseError for what is no plan."""
    entries = tuple(row.entry for row in rows(given) if row.entry is not None)
    return Parsed(entries=entries, complete=True)


def rows(given: Given) -> Iterator[Row]:
    """The lines of a plan, below its header."""
    text = decode(given.body, given.content_type).lstrip("\ufeff")
    if not recognise(text):
        raise ParseError("is no plan of events: its first line names no columns «Дата» and «Мероприятие»")
    reader = csv.reader(io.StringIO(text), delimiter=_separator(text.split("\n", 1)[0]))
    try:
        names = _header(next(reader))
        for cells in reader:
            if reader.line_num > MOST_ENTRIES:
                return
            if any(cell.strip() for cell in cells):
                yield _row(reader.line_num, dict(zip(names, cells, strict=False)), given)
    except csv.Error as error:
        raise ParseError(f"is a broken table: {error}") from None


def _row(line: int, cells: dict[str, str], given: Given) -> Row:
    value = {name: " ".join(tidy(cell).split())[:LONGEST_CELL] for name, cell in cells.items()}
    title = value.get("title", "")
    try:
        start, whole_day = _start(value, given.zone)
        end = _day(value["end"], time(12), given.zone) if value.get("end") else None
    except ValueError as error:
        return Row(line, None, str(error))
    if not title:
        return Row(line, None, "names no event")
    venue, link = value.get("venue") or None, value.get("link", "")
    ends_at = end if end is not None and end > start else None
    occurrence = Occurrence(start, ends_at, whole_day, venue, link if is_address(link) else None)
    text = "\n".join(part for part in (title, venue, value.get("about")) if part)
    key = value.get("id") or hashlib.sha256(f"{title}|{start:%Y-%m-%d}".encode()).hexdigest()[:20]
    return Row(line, Entry(key, text, title[:500], occurrence.link, None, occurrence))


def _start(value: dict[str, str], zone: str) -> tuple[datetime, bool]:
    clock = _CLOCK.search(value.get("time", "")) or _CLOCK.search(_DAY.sub("", value.get("date", "")))
    at = time(int(clock["hour"]), int(clock["minute"])) if clock else time(12)
    return _day(value.get("date", ""), at, zone), clock is None


def _day(text: str, clock: time, zone: str) -> datetime:
    found = _DAY.search(text)
    if not found:
        raise ValueError(f"has no date as 21.11.2026: {text[:40]!r}")
    if found["iso"]:
        return datetime.combine(datetime.fromisoformat(found["iso"]).date(), clock, ZoneInfo(zone))
    year = int(found["year"])
    moment = datetime(year if year > 99 else 2000 + year, int(found["month"]), int(found["day"]), tzinfo=ZoneInfo(zone))
    return moment + timedelta(hours=clock.hour, minutes=clock.minute)


def _header(cells: list[str]) -> list[str]:
    known = {name: column for column, names in _COLUMNS.items() for name in names}
    return [known.get(" ".join(cell.strip().strip('"').lower().split()), "") for cell in cells]


def _separator(line: str) -> str:
    return max(";,\t", key=line.count)
