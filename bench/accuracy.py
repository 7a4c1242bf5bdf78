"""Accuracy of reading on a labelled set: a table by field, and every wrong answer, so that one sees what to improve.

    python -m bench accuracy [LABELLED.jsonl …] [--quiet]

Fields that the labeller calls ambiguous are left out. «where stated» counts the texts that have the field, «not
invented» those that do not.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from analysis.extract import to_json
from analysis.geography.gazetteer import builtin
from analysis.reader import Reader

DEVELOPMENT = Path(__file__).parent.parent / "tests/analysis/data/dev.jsonl"
DATED = ("start_date", "end_date", "time", "deadline")
Row = dict[str, Any]
Miss = tuple[str, str, Any, Any]


def load(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def answer(reader: Reader, row: Row) -> Row:
    """What is read from one labelled text; the labels are not looked at."""
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    return to_json(reader.read(row["text"], published=published), builtin(), id=row["id"], published=published)


def folded(name: str | None) -> str | None:
    """A name as it is compared: case, ё, dashes and the word for its kind do not count."""
    if name is None:
        return None
    name = re.sub(r"\s*[-—–]\s*", "-", name.lower().replace("ё", "е"))
    name = re.sub(r"^(?:г\.|город|городской округ|го|пос\.|поселок|село|с\.|деревня|д\.|рп|пгт)\s+", "", name)
    return re.sub(r"\s+", " ", name).strip()


def names(value: str | list[str] | None) -> frozenset[str | None]:
    return frozenset(folded(v) for v in ([] if value is None else value if isinstance(value, list) else [value]))


class Tally:
    """Right and all, by field; what was wrong, in order."""

    def __init__(self) -> None:
        self.counts: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
        self.misses: list[Miss] = []
        self.shared = self.claimed = self.wanted = 0

    def mark(self, field: str, row: Row, want: Any, got: Any, *, right: bool, listed: bool = True) -> None:
        good, total = self.counts[field]
        self.counts[field] = (good + right, total + 1)
        if not right and listed:
            self.misses.append((field, row["id"], want, got))

    def add(self, row: Row, got: Row) -> None:
        skip = set(row.get("ambiguous") or ())
        want_topics, got_topics = set(row["topics"]), set(got["topics"])
        self.shared += len(want_topics & got_topics)
        self.claimed += len(got_topics)
        self.wanted += len(want_topics)
        if "region" not in skip:
            self.mark("region", row, row["region"], got["region"], right=names(row["region"]) == names(got["region"]))
        if "place" not in skip:
            self.mark("place", row, row["place"], got["place"], right=folded(row["place"]) == folded(got["place"]))
        for field in {"main_topic", "is_event", "upcoming"} - skip:
            self.mark(field, row, row[field], got[field], right=row[field] == got[field])
        if "is_event" not in skip:
            self._add_dates(row, got, skip)

    def _add_dates(self, row: Row, got: Row, skip: set[str]) -> None:
        for field in DATED:
            if field in skip:
                continue
            want, found = (row["event"] or {}).get(field), (got["event"] or {}).get(field)
            self.mark(field, row, want, found, right=want == found)
            kind = "where stated" if want is not None else "not invented"
            self.mark(f"{field}, {kind}", row, want, found, right=want == found, listed=False)

    def table(self) -> dict[str, tuple[float, int]]:
        shares = {field: (good / total, total) for field, (good, total) in sorted(self.counts.items())}
        shares["topics F1"] = (2 * self.shared / max(1, self.claimed + self.wanted), self.wanted)
        return shares


def measure(rows: Iterable[Row]) -> Tally:
    reader, tally = Reader(builtin()), Tally()
    for row in rows:
        tally.add(row, answer(reader, row))
    return tally


def main(arguments: list[str]) -> None:
    paths = [Path(a) for a in arguments if not a.startswith("-")] or [DEVELOPMENT]
    for path in paths:
        tally = measure(load(path))
        print(f"\n{path.name}\n{'field':<28}{'right':>7}{'of':>6}")
        for field, (share, total) in tally.table().items():
            print(f"{field:<28}{share:>7.3f}{total:>6}")
        if "--quiet" not in arguments:
            for field, item, want, got in sorted(tally.misses):
                print(f"  {field:<12}{item}  want {want!r}, got {got!r}")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
