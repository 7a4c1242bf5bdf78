"""Places in phrases: those the rules were written with all right, those kept apart at the share reached."""

from pathlib import Path

import pytest

from analysis.document import Document
from analysis.gazetteer import builtin
from analysis.places import place
from bench.accuracy import folded

DATA = Path(__file__).parent / "data"
HELD_OUT = 0.97
Case = tuple[str, str, str]


def cases(name: str) -> list[Case]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    parts = (line.split(" | ", 2) for line in lines if line and not line.startswith("#"))
    return [(region, named, phrase) for region, named, phrase in parts]


def read(phrase: str) -> tuple[set[str], str | None]:
    placed = place(Document(f"{phrase}.\nПодробности расскажем позже."), builtin(), None)
    return {builtin().by_code[code].name for code in placed.regions}, placed.place


def right(region: str, named: str, phrase: str) -> bool:
    regions, found = read(phrase)
    return regions == set(region.split(";")) and folded(found) == (None if named == "-" else folded(named))


@pytest.mark.parametrize(("region", "named", "phrase"), cases("places_seen.txt"))
def test_phrase_the_rules_were_written_with_is_placed(region: str, named: str, phrase: str) -> None:
    assert right(region, named, phrase), read(phrase)


def test_phrases_kept_apart_are_placed_at_the_share_reached() -> None:
    rows = cases("places_heldout.txt")
    wrong = [(row, read(row[2])) for row in rows if not right(*row)]
    assert len(rows) >= 150
    assert 1 - len(wrong) / len(rows) >= HELD_OUT, wrong
