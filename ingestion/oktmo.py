"""The official table of OKTMO as Rosstat publishes it: settlements, to be added below the municipalities we know.

Semicolon-separated, without a head, cp1251 or UTF-8: four groups of the code, check digit, section, name, and more that
is not needed. Section 2 holds the settlements: «п Черёмушки».
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.territories import Territory, TerritoryKind

LARGEST = 200_000_000
"""Bytes; the whole of Russia is about 20 million."""
LONGEST_NAME = 100
_SETTLEMENTS = "2"
_COLUMNS = 7
_TYPE = re.compile(
    r"(?:с|п|д|г|х|м|у|нп|пгт|рп|дп|кп|ст|ст-ца|сл|аал|аул|улус|р-д|ж/д_ст|ж/д_рзд|п/ст|жилрайон|кордон|заимка)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A settlement of the table, or the reason why a line is none. Lines of other sections give nothing."""

    line: int
    code: str = ""
    name: str = ""
    """With its type, as the table has it."""
    reason: str = ""

    @property
    def short_name(self) -> str:
        return _TYPE.sub("", self.name, count=1) if _TYPE.match(self.name) else self.name

    @property
    def above(self) -> tuple[str, ...]:
        """Codes of the municipalities it may lie in, the nearest first."""
        return tuple(dict.fromkeys((self.code[:8], self.code[:5] + "000")))


def read(path: Path) -> Iterator[Row]:
    """Raises ValueError where the file is no such table at all."""
    with path.open(encoding=encoding(path), newline="", errors="replace") as file:
        fields = csv.reader((line.replace("\0", "") for line in file), delimiter=";", quotechar='"')
        good = 0
        for number, columns in enumerate(fields, start=1):
            row = _row(number, columns)
            if row is not None:
                good += not row.reason
                yield row
            if number == 100 and not good and not _looks_right(columns):
                raise ValueError("is not the table of OKTMO: lines begin with 95;708;000;101;4;2;п Майна")


def encoding(path: Path) -> str:
    """UTF-8 where its beginning is that, else windows-1251, in which Rosstat publishes."""
    with path.open("rb") as file:
        head = file.read(100_000)
    try:
        head[: head.rfind(b"\n") + 1].decode("utf-8-sig")
    except UnicodeDecodeError:
        return "windows-1251"
    return "utf-8-sig"


def settlement(row: Row, find: Callable[[str], Territory | None]) -> Territory | None:
    """The territory a row describes; None where it lies in no municipality that is known, or is the municipality."""
    above = next((found for code in row.above if (found := find(code))), None)
    if above is None or row.short_name == above.short_name:
        return None
    return Territory(
        code=row.code,
        kind=TerritoryKind.SETTLEMENT,
        name=row.name,
        short_name=row.short_name,
        parent=above.code,
        time_zone=above.time_zone,
    )


def _looks_right(columns: list[str]) -> bool:
    return len(columns) >= _COLUMNS and all(part.isdecimal() for part in columns[:4])


def _row(number: int, columns: list[str]) -> Row | None:
    if not columns:
        return None
    if len(columns) < _COLUMNS:
        return Row(number, reason=f"has {len(columns)} columns, wants at least {_COLUMNS}")
    *groups, _check, section, name = (part.strip() for part in columns[:_COLUMNS])
    if section != _SETTLEMENTS or groups[3] == "000":
        return None
    code = "".join(groups)
    if len(code) != 11 or not code.isdecimal():
        return Row(number, reason=f"has a code of other than eleven digits: {code[:20]!r}")
    if not name or len(name) > LONGEST_NAME or "\ufffd" in name:
        return Row(number, reason="has no readable name")
    return Row(number, code, name)
