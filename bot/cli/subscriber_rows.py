"""Lines of a CSV file of subscribers, each read or refused with its number and the reason."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import available_timezones

from analysis.geography.gazetteer import Gazetteer
from domain.subscribers import Frequency
from domain.topics import Topic
from presenters.language.topics import topic_label
from presenters.language.words import LANGUAGES, words_for
from presenters.spreadsheets import meant

COLUMNS = ("chat_id", "territory", "topic", "frequency", "language", "time_zone")
LARGEST_ID = 2**52
"""Telegram's ids have at most 52 significant bits."""
_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Row:
    chat_id: int
    territory: str | None
    """Code; None makes a subscriber without a subscription."""
    topic: Topic | None
    frequency: Frequency
    language: str | None
    time_zone: str | None


@dataclass(frozen=True, slots=True)
class Refused:
    line: int
    reason: str


def read_rows(content: bytes, gazetteer: Gazetteer) -> Iterator[Row | Refused]:
    """Every line below the header. Raises ValueError where the header is not one of ours."""
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = ";" if ";" in first else ","
    header = [name.strip().casefold() for name in first.split(delimiter)]
    if "chat_id" not in header or not set(header) <= set(COLUMNS):
        raise ValueError(f"the first line names the columns, of: {', '.join(COLUMNS)}; chat_id is needed")
    return _rows(text, delimiter, header, gazetteer)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")  # what spreadsheets in Russia save by default


def _rows(text: str, delimiter: str, header: list[str], gazetteer: Gazetteer) -> Iterator[Row | Refused]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    next(reader)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Refused(reader.line_num, str(error))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        try:
            if len(cells) > len(header):
                raise ValueError(f"{len(cells)} cells, but the first line names {len(header)}")
            yield _row(dict(zip(header, (meant(cell.strip()) for cell in cells), strict=False)), gazetteer)
        except ValueError as error:
            yield Refused(reader.line_num, str(error))


def _row(cells: dict[str, str], gazetteer: Gazetteer) -> Row:
    named = cells.get("territory", "")
    topic = cells.get("topic", "")
    if topic and not named:
        raise ValueError("a topic needs a territory")
    return Row(
        chat_id=_chat_id(cells.get("chat_id", "")),
        territory=_territory(named, gazetteer) if named else None,
        topic=_topic(topic) if topic else None,
        frequency=_frequency(cells.get("frequency", "")),
        language=_one_of("language", cells.get("language", ""), set(LANGUAGES)),
        time_zone=_one_of("time_zone", cells.get("time_zone", ""), available_timezones()),
    )


def _chat_id(cell: str) -> int:
    if not cell.removeprefix("-").isdecimal() or not 0 < abs(int(cell)) < LARGEST_ID:
        raise ValueError(f"chat_id: {cell!r} is not an id of Telegram")
    return int(cell)


def _territory(named: str, gazetteer: Gazetteer) -> str:
    found = gazetteer.lookup(named)
    if not found:
        raise ValueError(f"territory: no place is called {named!r}")
    if len(found) > 1:
        candidates = "; ".join(f"{gazetteer.title(one.code)} ({one.code})" for one in found[:_CANDIDATES])
        raise ValueError(f"territory: {named!r} may be several places: {candidates}")
    return found[0].code


def _topic(cell: str) -> Topic:
    labels = {topic_label(words_for(language), topic).casefold(): topic for language in LANGUAGES for topic in Topic}
    labels |= {topic.value: topic for topic in Topic}
    if cell.casefold() not in labels:
        raise ValueError(f"topic: {cell!r} is none of {', '.join(Topic)}")
    return labels[cell.casefold()]


def _frequency(cell: str) -> Frequency:
    try:
        return Frequency(cell) if cell else Frequency.AT_ONCE
    except ValueError:
        raise ValueError(f"frequency: {cell!r} is none of {', '.join(Frequency)}") from None


def _one_of(column: str, cell: str, known: set[str]) -> str | None:
    if cell and cell not in known:
        raise ValueError(f"{column}: {cell!r} is not known")
    return cell or None
