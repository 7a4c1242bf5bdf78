"""Files of texts as an operator has them: each text an entry, each bad line refused alone with its number."""

import asyncio
import functools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from domain.sources import Entry, SourceKind
from ingestion import parsing
from ingestion.child import Children
from ingestion.parsers import plans
from ingestion.parsers.charsets import decode
from ingestion.parsers.given import Given, Parsed, ParseError

_PARSERS: dict[str, Callable[[Given], Parsed]] = {
    ".html": parsing.parse_article,
    ".htm": parsing.parse_article,
    ".ics": functools.partial(parsing.parse_kind, SourceKind.CALENDAR),
    ".xml": functools.partial(parsing.parse_kind, SourceKind.FEED),
    ".rss": functools.partial(parsing.parse_kind, SourceKind.FEED),
    ".atom": functools.partial(parsing.parse_kind, SourceKind.FEED),
}
SUFFIXES = (".jsonl", ".txt", ".csv", *_PARSERS)
LARGEST = 20_000_000
"""Bytes of a file that is parsed as a whole."""
LONGEST_LINE = 1_000_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One text of a file, or the reason why it is none."""

    line: int
    entry: Entry | None = None
    reason: str = ""


def read_jsonl(path: Path, zone: str) -> Iterator[Loaded]:
    """One JSON object a line with ``text`` and optionally ``id``, ``url``, ``title``, ``published``."""
    seen: dict[str, tuple[int, str]] = {}
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), start=1):
            if not line.strip():
                continue
            loaded = _one_line(number, line, path.stem, zone)
            if loaded.entry is None:
                yield loaded
                continue
            first = seen.setdefault(loaded.entry.external_id, (number, loaded.entry.content_hash))
            if first[0] != number and first[1] != loaded.entry.content_hash:
                yield Loaded(number, reason=f"id {loaded.entry.external_id!r} is that of line {first[0]}")
            else:
                yield loaded


def read_text(path: Path, body: bytes) -> Loaded:
    """A file that is one text, known by its name."""
    text = decode(body).strip()
    return Loaded(1, Entry(external_id=path.stem, text=text)) if text else Loaded(1, reason="has no text")


def _one_line(number: int, line: bytes, stem: str, zone: str) -> Loaded:
    if len(line) > LONGEST_LINE:
        return Loaded(number, reason=f"is longer than {LONGEST_LINE} bytes")
    try:
        value = json.loads(line.decode("utf-8-sig"))
        return Loaded(number, _entry(value, stem, zone))
    except UnicodeDecodeError:
        return Loaded(number, reason="is not UTF-8")
    except json.JSONDecodeError as error:
        return Loaded(number, reason=f"is not JSON: {error.msg} at column {error.colno}")
    except RecursionError:
        return Loaded(number, reason="is nested too deeply")
    except ValueError as error:
        return Loaded(number, reason=str(error))


def _entry(value: Any, stem: str, zone: str) -> Entry:
    if not isinstance(value, dict):
        raise ValueError("wants a JSON object")
    text = _string(value, "text")
    if not text or not text.strip():
        raise ValueError("has no text")
    title, url = _string(value, "title"), _string(value, "url")
    if url and not url.lower().startswith(("http://", "https://")):
        raise ValueError(f"url wants an address that begins with http:// or https://: {url[:80]!r}")
    if title and not text.lstrip().startswith(title.strip()):
        text = f"{title.strip()}\n{text}"
    entry = Entry("", text.strip(), title or None, url or None, _published(value.get("published"), zone))
    identity = value.get("id")
    if identity is not None and (isinstance(identity, bool) or not isinstance(identity, str | int)):
        raise ValueError("id wants a string or a number")
    chosen = str(identity) if identity not in (None, "") else url or f"{stem}:{entry.content_hash[:16]}"
    return Entry(chosen, entry.text, entry.title, entry.url, entry.published_at)


def _string(value: dict[str, Any], name: str) -> str | None:
    found = value.get(name)
    if found is not None and not isinstance(found, str):
        raise ValueError(f"{name} wants a string")
    return found


def _published(value: Any, zone: str) -> datetime | None:
    """Aware; noon of the day where only the day is stated."""
    if value in (None, ""):
        return None
    if not isinstance(value, str):
        raise ValueError("published wants a date: 2026-11-21")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"published wants a date as 2026-11-21, not {value[:40]!r}") from None
    if "T" not in value and ":" not in value:
        moment = datetime.combine(moment.date(), time(12))
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def problem(path: Path) -> str | None:
    """Why a file cannot be imported at all; None where it can be tried."""
    if path.suffix.lower() not in SUFFIXES:
        return f"wants one of {', '.join(SUFFIXES)}"
    if not path.is_file():
        return "is no file"
    if path.suffix.lower() != ".jsonl" and path.stat().st_size > LARGEST:
        return f"is larger than {LARGEST} bytes"
    return None


def default_source(path: Path) -> str:
    """Collections are sources of their own; single texts share one."""
    return "import" if path.suffix.lower() in (".txt", ".html", ".htm") else path.name


async def read(path: Path, zone: str, now: datetime, children: Children) -> Iterator[Loaded]:
    """The texts of a file; those of a collection line by line."""
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        return read_jsonl(path, zone)
    body = await asyncio.to_thread(path.read_bytes)
    if suffix == ".txt":
        return iter([read_text(path, body)])
    given = Given(f"file:{path.name}", body, "", zone, now)
    try:
        if suffix == ".csv":
            return iter(await children.parse(_plan, given))
        parsed = await children.parse(_PARSERS[suffix], given)
    except ParseError as error:
        return iter([Loaded(1, reason=str(error))])
    return iter([Loaded(number, _named(entry, path)) for number, entry in enumerate(parsed.entries, start=1)])


def _plan(given: Given) -> list[Loaded]:
    return [Loaded(row.line, row.entry, row.reason) for row in plans.rows(given)]


def _named(entry: Entry, path: Path) -> Entry:
    """An article out of a file is known by the file's name: it has no address."""
    if not entry.external_id.startswith("file:"):
        return entry
    return replace(entry, external_id=path.stem, url=None)
