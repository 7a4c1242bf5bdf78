"""Dates in phrases: those the grammar was written with all right, those kept apart at the share reached."""

from datetime import date
from pathlib import Path

import pytest

from analysis.events import roles
from analysis.text.document import Document
from analysis.time import dates, times, years
from analysis.time.dates import Found, Precision

DATA = Path(__file__).parent / "data"
HELD_OUT = 0.98


def cases(name: str) -> list[tuple[str, str, str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    parts = (line.split(" | ", 2) for line in lines if line and not line.startswith("#"))
    return [(published, expected, phrase) for published, expected, phrase in parts]


def written(found: Found) -> str:
    first, last = found.first.on(), found.last.on() if found.last else None
    return f"{first}..{last}" if last else f"{first}"


def read(phrase: str, published: date | None) -> str:
    """The phrase as the tables write it: its first dated expression, the role, the hour."""
    document = Document(f"Объявление\n{phrase} ждём")
    found = years.fix(dates.find(document.text, published), document, published)
    dated = [
        d for d in roles.assign(document, found) if d.found.precision is not Precision.PERIOD and d.found.first.on()
    ]
    if not dated:
        return "-"
    first = dated[0]
    if first.role is roles.Role.DEADLINE:
        return f"<={written(first.found)}"
    clock = next((c for c in times.find(document.low) if not first.found.start <= c.start < first.found.end), None)
    return written(first.found) + (f" {clock.time:%H:%M}" if clock else "")


def right(published: str, expected: str, phrase: str) -> bool:
    return read(phrase, None if published == "-" else date.fromisoformat(published)) == expected


@pytest.mark.parametrize(("published", "expected", "phrase"), cases("dates_seen.txt"))
def test_phrase_the_grammar_was_written_with_is_read(published: str, expected: str, phrase: str) -> None:
    assert read(phrase, None if published == "-" else date.fromisoformat(published)) == expected


def test_phrases_kept_apart_are_read_at_the_share_reached() -> None:
    rows = cases("dates_heldout.txt")
    wrong = [row for row in rows if not right(*row)]
    assert len(rows) >= 200
    assert 1 - len(wrong) / len(rows) >= HELD_OUT, wrong
