"""The built-in tree of territories: what storage seeds its table from and the gazetteer is built on."""

import csv
from functools import cache
from importlib.resources import files

from domain.territories import Territory, TerritoryKind


@cache
def load() -> tuple[Territory, ...]:
    """Russia, its regions, their municipalities and the larger settlements, every parent before its children."""
    lines = (files("analysis.data") / "territories.csv").read_text(encoding="utf-8").splitlines()
    return tuple(_territory(row) for row in csv.DictReader(lines))


def _territory(row: dict[str, str]) -> Territory:
    return Territory(
        code=row["code"],
        kind=TerritoryKind(row["kind"]),
        name=row["name"],
        short_name=row["short_name"],
        parent=row["parent"] or None,
        time_zone=row["time_zone"],
        centre=row["centre"] or None,
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        population=int(row["population"]),
    )
