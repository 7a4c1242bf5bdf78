"""Tables as CSV that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Sequence

BYTE_ORDER_MARK = "\ufeff"
"""At the beginning of a file: without it a spreadsheet takes Cyrillic for windows-1251."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARK = "'"


def neutral(cell: object) -> str:
    """A cell as text; what a spreadsheet would run is marked as text by an apostrophe."""
    text = "" if cell is None else str(cell)
    return _MARK + text if text.startswith(_FORMULA) else text


def meant(cell: str) -> str:
    """A cell without the mark that `neutral` put before it."""
    return cell[1:] if cell.startswith(_MARK) and cell[1:].startswith(_FORMULA) else cell


def line(row: Sequence[object]) -> str:
    """One line of a CSV file with its end."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow([neutral(cell) for cell in row])
    return written.getvalue()
