"""What tells a place without naming it: districts inside large towns, area codes of telephones."""

import csv
from functools import cache
from importlib.resources import files

from analysis.placenames import adjective_stem, fold


def _rows(name: str) -> list[dict[str, str]]:
    with files("analysis.data").joinpath(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def inner_districts() -> dict[str, tuple[str, ...]]:
    """Stem of a district's adjective → names of the towns that have such a district."""
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows("districts.csv"):
        stem = adjective_stem(fold(row["adjective"]))
        if stem:
            found[stem] = (*found.get(stem, ()), *row["cities"].split("|"))
    return found


@cache
def phone_codes() -> dict[str, str]:
    """Three digits of an area code → name of the region."""
    return {row["code"]: row["territory"] for row in _rows("phones.csv")}
