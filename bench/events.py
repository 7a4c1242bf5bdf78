"""Training of what tells an event from other news, and an honest estimate of it.

    python -m bench events [LABELLED.jsonl …] [--write]

Each labelled set is read with weights learnt from all the others and from short texts of kinds that the sets have few
of. `--write` trains on everything and writes analysis/data/event_weights.csv.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sklearn.linear_model import LogisticRegression

from analysis import topics
from analysis.events import event, signs
from analysis.text.document import Document
from bench.accuracy import DEVELOPMENT, Row, load

NAMES = ("dev", "heldout", "blind", "blind2", "field1", "field2", "field3", "field4", "field5", "exam")
SETS = tuple(DEVELOPMENT.parent / f"{name}.jsonl" for name in NAMES)
SHORT = DEVELOPMENT.parent / "announcements_seen.txt"
WEIGHTS = Path(signs.__file__).parent.parent / "data/event_weights.csv"
STRENGTH, LEAST = 3.0, 5
"""The strength of regularisation; in so many texts a sign must stand to be weighed."""
OF_SHORT = 0.3
"""What a short text counts beside a real page: they are there for rare signs."""
Example = tuple[signs.Signs, bool]


def example(row: Row) -> Example:
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    document = Document(row["text"])
    return signs.read(event.gather(document, published, topics.choose(document)[0].topic)), row["is_event"]


def examples(path: Path) -> list[Example]:
    return [example(row) for row in load(path) if "is_event" not in (row.get("ambiguous") or ())]


def short_examples() -> list[Example]:
    lines = SHORT.read_text(encoding="utf-8").splitlines()
    parted = (line.split(" | ", 2) for line in lines if line and not line.startswith("#"))
    return [
        example(
            {
                "text": text.replace(" // ", "\n"),
                "published": None if published == "-" else published,
                "is_event": not told.startswith("no"),
            }
        )
        for published, told, text in parted
    ]


class Model:
    """Weights of the signs that several texts have."""

    def __init__(self, given: Sequence[Example], short: Sequence[Example]) -> None:
        texts = Counter(name for found, _ in (*given, *short) for name in found)
        self.names = sorted(name for name, count in texts.items() if count >= LEAST)
        self.fitted = LogisticRegression(C=STRENGTH, max_iter=3000).fit(
            self._rows([*given, *short]),
            [answer for _, answer in (*given, *short)],
            sample_weight=[1.0] * len(given) + [OF_SHORT] * len(short),
        )

    def right(self, given: Sequence[Example]) -> list[bool]:
        told = self.fitted.predict(self._rows(given))
        return [bool(got) == answer for got, (_, answer) in zip(told, given, strict=True)]

    def write(self) -> None:
        with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(("sign", "weight"))
            weights = zip(("always", *self.names), (*self.fitted.intercept_, *self.fitted.coef_[0]), strict=True)
            out.writerows((name, f"{weight:.2f}") for name, weight in weights)

    def _rows(self, given: Sequence[Example]) -> list[list[float]]:
        return [[found.get(name, 0.0) for name in self.names] for found, _ in given]


def main(arguments: list[str]) -> None:
    given = {path.stem: examples(path) for path in ([Path(a) for a in arguments if not a.startswith("-")] or SETS)}
    print("texts that are rightly told to be an event or none, by weights learnt from the other sets")
    short, total = short_examples(), 0
    for left_out, tested in given.items():
        model = Model([e for name, rest in given.items() if name != left_out for e in rest], short)
        right = sum(model.right(tested))
        total += right
        print(f"{left_out:<12}{right / len(tested):>7.3f}{len(tested):>6}")
    everything = [e for rest in given.values() for e in rest]
    print(f"{'together':<12}{total / len(everything):>7.3f}{len(everything):>6}")
    if "--write" in arguments:
        Model(everything, short).write()
