"""When a short text says it is: start, end, hour and last day together, on texts written before the rules met them."""

from datetime import date
from pathlib import Path

import pytest

from analysis.events import kinds, roles, schedule
from analysis.events.event import CAMPAIGNS
from analysis.events.schedule import Schedule
from analysis.text.document import Document
from analysis.time import dates, years

DATA = Path(__file__).parent / "data"
HELD_OUT = 0.95


def cases(name: str) -> list[tuple[str, str, str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    parts = (line.split(" | ", 2) for line in lines if line and not line.startswith("#"))
    return [(published, expected, text.replace(" // ", "\n")) for published, expected, text in parts]


def planned(text: str, published: date | None) -> Schedule:
    document = Document(text)
    found = years.fix(dates.find(document.text, published), document, published)
    kind, _ = kinds.kind(document)
    return schedule.plan(document, roles.assign(document, found, published), published, campaign=kind in CAMPAIGNS)


def written(read: Schedule) -> str:
    """The schedule as the table writes it: «2026-03-05..2026-03-07 10:00 <=2026-03-01», «-» where nothing is fixed."""
    days = f"{read.start or '-'}..{read.end}" if read.end else f"{read.start or ''}"
    parts = (days, f"{read.time:%H:%M}" if read.time else "", f"<={read.deadline}" if read.deadline else "")
    return " ".join(part for part in parts if part) or "-"


def read(published: str, text: str) -> str:
    return written(planned(text, None if published == "-" else date.fromisoformat(published)))


@pytest.mark.parametrize("name", ["heldout", "second", "third", "fourth", "fifth"])
def test_schedules_of_short_texts_are_read_at_the_share_reached(name: str) -> None:
    rows = cases(f"schedules_{name}.txt")
    wrong = [(row, got) for row in rows if (got := read(row[0], row[2])) != row[1]]
    assert len(rows) >= 30
    assert 1 - len(wrong) / len(rows) >= HELD_OUT, wrong
