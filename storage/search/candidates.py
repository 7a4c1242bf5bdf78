"""What is measured against a question: rows of the index, kept as columns.

A column is read in one short loop; an object for each row, and a call for each, would cost several times as much.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Self

COLUMNS = (
    "id",
    "item_id",
    "event_id",
    "published",
    "starts",
    "ends",
    "deadline",
    "flags",
    "topics",
    "places",
    "title",
    "body",
)
"""Of ``search_documents``, the number first."""
SELECTED = ", ".join(f"d.{name}" for name in COLUMNS)
"""Of ``search_documents d``, in the order of ``Candidates``."""
Row = tuple[Any, ...]


class Candidates(NamedTuple):
    """Moments in minutes since 1970."""

    ids: Sequence[int]
    item_ids: Sequence[int]
    event_ids: Sequence[int | None]
    published: Sequence[int]
    starts: Sequence[int | None]
    ends: Sequence[int | None]
    deadlines: Sequence[int | None]
    flags: Sequence[int]
    topics: Sequence[int]
    places: Sequence[str]
    titles: Sequence[bytes]
    bodies: Sequence[bytes]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        return cls._make(tuple(zip(*rows, strict=True)) or [()] * len(COLUMNS))
