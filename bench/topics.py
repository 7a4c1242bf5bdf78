"""Training of the topic model and an honest estimate of it: what it reaches on texts that it was not trained on.

    python -m bench topics [LABELLED.jsonl …] [--write]

The labelled sets are parted in ten, three times over; the strength of regularisation is chosen within each training
part alone. The second line of the table also withholds, from every text, the phrases of the lexicon that no other
labelled text has: what was perhaps written down because of that text counts for nothing there. `--write` trains on
everything and writes analysis/data/topic_weights.csv.
"""

import csv
import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean

from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from analysis import topics
from analysis.text.document import Document
from analysis.topics import Scored
from bench.accuracy import DEVELOPMENT, Row, load
from domain.topics import Topic

SETS = tuple(DEVELOPMENT.parent / f"{name}.jsonl" for name in ("dev", "heldout", "blind", "blind2", "field1", "field3"))
WEIGHTS = Path(topics.__file__).parent / "data/topic_weights.csv"
STRENGTHS = (0.3, 1.0, 3.0)
FOLDS, ROUNDS = 10, 3
Matrix = list[topics.Features]
"""A line a topic."""


class Example:
    """A labelled text with its features, whole and without the phrases that it alone has."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.scored = topics.score(document := Document(row["text"]))
        self.document = document
        self.whole = self.withheld = _matrix(self.scored)
        self.main = [topic == row["main_topic"] for topic in Topic]
        self.named = [topic in row["topics"] for topic in Topic]

    def withhold(self, texts: Counter[tuple[str, str]]) -> None:
        kept = (
            topics.total(self.document, s.topic, s.act, [h for h in s.hits if texts[h.section, h.phrase] > 1])
            for s in self.scored
        )
        self.withheld = _matrix(list(kept))


def _matrix(scored: Sequence[Scored]) -> Matrix:
    return [*topics.features(scored).values()]


def examples(paths: Iterable[Path]) -> list[Example]:
    found = [Example(row) for path in paths for row in load(path)]
    texts = Counter(key for e in found for key in {(h.section, h.phrase) for s in e.scored for h in s.hits})
    for example in found:
        example.withhold(texts)
    return found


class Model:
    """Which topic is the main one, and which are named."""

    def __init__(self, given: Sequence[Example], strength: float) -> None:
        seen = [line for e in given for line in e.withheld]
        wanted = ([answer for e in given for answer in e.main], [answer for e in given for answer in e.named])
        self.main, self.others = (LogisticRegression(C=strength, max_iter=500).fit(seen, answers) for answers in wanted)

    def choose(self, seen: Matrix) -> list[str]:
        first, sums = (list(head.decision_function(seen)) for head in (self.main, self.others))
        main = first.index(max(first))
        further = sorted((i for i, z in enumerate(sums) if i != main and z > topics.ENOUGH), key=lambda i: -sums[i])
        return [list(Topic)[i].value for i in (main, *further[: topics.MOST - 1])]


def figures(given: Iterable[tuple[Example, list[str]]]) -> tuple[float, float]:
    """Main topics right where the labeller is sure; F1 of all topics."""
    right = sure = shared = named = 0
    for example, got in given:
        row = example.row
        if "main_topic" not in (row.get("ambiguous") or ()):
            right, sure = right + (got[0] == row["main_topic"]), sure + 1
        shared, named = shared + len({*got} & {*row["topics"]}), named + len(got) + len(row["topics"])
    return right / sure, 2 * shared / named


def parted(given: Sequence[Example], round_: int) -> Iterable[tuple[list[Example], list[Example]]]:
    for train, test in KFold(FOLDS, shuffle=True, random_state=round_).split(given):
        yield [given[i] for i in train], [given[i] for i in test]


def strength(given: Sequence[Example]) -> float:
    """The one that does best on texts left out of the training part."""

    def reached(candidate: float) -> float:
        folds = [(Model(train, candidate), test) for train, test in parted(given, 0)]
        return sum(figures((e, model.choose(e.withheld)) for model, test in folds for e in test))

    return max(STRENGTHS, key=reached)


def estimate(given: Sequence[Example], round_: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Figures on texts left out: with all phrases, and with those withheld that a text has alone."""
    whole, withheld = [], []
    for train, test in parted(given, round_):
        model = Model(train, strength(train))
        whole += [(e, model.choose(e.whole)) for e in test]
        withheld += [(e, model.choose(e.withheld)) for e in test]
    return figures(whole), figures(withheld)


def write(model: Model) -> None:
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("decision", *(field.name for field in dataclasses.fields(topics.Weights))))
        for decision, fitted in (("main", model.main), ("others", model.others)):
            out.writerow((decision, *(f"{weight:.2f}" for weight in (*fitted.coef_[0], fitted.intercept_[0]))))


def main(arguments: list[str]) -> None:
    given = examples([Path(a) for a in arguments if not a.startswith("-")] or SETS)
    rounds = [estimate(given, round_) for round_ in range(ROUNDS)]
    print(f"{len(given)} texts, left out of training   main topic    F1")
    for line, reached in zip(("all phrases", "phrases of one text withheld"), zip(*rounds, strict=True), strict=True):
        right, f1 = (fmean(figure) for figure in zip(*reached, strict=True))
        print(f"{line:<38}{right:>6.3f}{f1:>8.3f}")
    if "--write" in arguments:
        write(Model(given, strength(given)))
