"""Training of the topic model and an honest estimate of it: what it reaches on sets that it was not trained on.

    python -m bench topics [LABELLED.jsonl …] [--write]

Each labelled set in turn is kept apart and read by what the others teach. What is learnt from withholds, from every
text, the phrases of the lexicon that no other labelled text has: what was perhaps written down because of that text
should not teach to trust the lexicon. `--write` trains on everything and writes analysis/data/topic_weights.csv (what
phrases count) and topic_words.csv (what words count by themselves).
"""

import csv
import dataclasses
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from analysis import topic_words, topics
from analysis.text.document import Document
from bench.accuracy import DEVELOPMENT, Row, load

NAMES = (
    "dev", "heldout", "blind", "blind2", "field1", "field2", "field3", "field4", "field5", "field6", "field7", "field8",
    "field9", "field10", "exam", "exam2", "exam3",
)  # fmt: skip
SETS = tuple(DEVELOPMENT.parent / f"{name}.jsonl" for name in NAMES)
DATA = Path(topics.__file__).parent / "data"
TOPICS = topic_words.TOPICS
FEATURES = tuple(field.name for field in dataclasses.fields(topics.Weights))
STRENGTH = 1.0
"""Of the data against the wish for small weights; chosen by cross-validation, as is the strength of words."""
LEAST_TEXTS = 3
"""A word that fewer texts have says more of them than of a topic."""
SMALLEST = 0.03
"""Weights of words below it are left out of the table."""


class Example:
    """A labelled text: its features, whole and without the phrases that it alone has, and its words."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.document = Document(row["text"])
        self.scored = topics.score(self.document)
        self.words = topic_words.telling(self.document)
        self.withheld = topics.features(self.scored)

    def withhold(self, texts: Counter[tuple[str, str]]) -> None:
        kept = (
            topics.total(self.document, s.topic, s.act, [h for h in s.hits if texts[h.section, h.phrase] > 1])
            for s in self.scored
        )
        self.withheld = topics.features(kept)


class Model:
    """What one labelled collection teaches: two sums for each topic, of its five features and of all words."""

    def __init__(self, given: Sequence[Example]) -> None:
        texts = Counter(word for e in given for word in e.words)
        self.words = sorted(word for word, count in texts.items() if count >= LEAST_TEXTS)
        seen = _table(given, self.words)
        self.main = _fit(seen, [topic == e.row["main_topic"] for e in given for topic in TOPICS])
        self.others = _fit(seen, [topic in e.row["topics"] for e in given for topic in TOPICS])

    def tables(self) -> tuple[tuple[topics.Weights, topics.Weights], topic_words.Table]:
        """Weights as the reader takes them; the column after the features is the base of a topic, then come words."""
        count, width = len(FEATURES), len(self.words) + 1
        shared = [topics.Weights(*map(float, fitted[:count])) for fitted in (self.main, self.others)]
        table: topic_words.Table = {}
        for column, word in enumerate((topic_words.ANY, *self.words)):
            for i in range(len(TOPICS)):
                at = count + i * width + column
                main, others = float(self.main[at]), float(self.others[at])
                if word == topic_words.ANY or max(abs(main), abs(others)) >= SMALLEST:
                    table.setdefault(word, []).append((i, main, others))
        return (shared[0], shared[1]), table


def _table(given: Sequence[Example], words: Sequence[str]) -> csr_matrix:
    """A line for each text and topic; every topic has columns of its own for words."""
    places, count, width = {word: i + 1 for i, word in enumerate(words)}, len(FEATURES), len(words) + 1
    lines, columns, values = [], [], []
    for t, example in enumerate(given):
        one = topic_words.share(example.words)
        told = [(0, 1.0), *((places[w], one) for w in example.words if w in places)]
        for i, topic in enumerate(TOPICS):
            cells = [*enumerate(example.withheld[topic]), *((count + i * width + place, v) for place, v in told)]
            lines += [t * len(TOPICS) + i] * len(cells)
            columns += [column for column, _ in cells]
            values += [value for _, value in cells]
    return csr_matrix((values, (lines, columns)), shape=(len(given) * len(TOPICS), count + len(TOPICS) * width))


def _fit(seen: csr_matrix, answers: Sequence[bool]) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=300, random_state=0).fit(seen, answers)
    weights: np.ndarray = model.coef_[0].copy()
    width = (len(weights) - len(FEATURES)) // len(TOPICS)
    weights[len(FEATURES) :: width] += model.intercept_[0]
    return weights


def examples(sets: dict[str, list[Row]]) -> dict[str, list[Example]]:
    found = {name: [Example(row) for row in rows] for name, rows in sets.items()}
    every = [e for group in found.values() for e in group]
    texts = Counter(key for e in every for key in {(h.section, h.phrase) for s in e.scored for h in s.hits})
    for example in every:
        example.withhold(texts)
    return found


def figures(given: Iterable[tuple[Example, list[str]]]) -> tuple[float, float]:
    """Main topics right where the labeller is sure; F1 of all topics."""
    right = sure = shared = named = 0
    for example, got in given:
        row = example.row
        if "main_topic" not in (row.get("ambiguous") or ()):
            right, sure = right + (got[0] == row["main_topic"]), sure + 1
        shared, named = shared + len({*got} & {*row["topics"]}), named + len(got) + len(row["topics"])
    return right / sure, 2 * shared / named


def read(model: Model, given: Sequence[Example]) -> list[tuple[Example, list[str]]]:
    weights, words = model.tables()
    return [(e, [s.topic.value for s in topics.choose(e.document, weights, words)]) for e in given]


def write(model: Model) -> None:
    weights, words = model.tables()
    with (DATA / "topic_weights.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("decision", *FEATURES))
        for decision, one in zip(("main", "others"), weights, strict=True):
            out.writerow((decision, *(f"{value:.2f}" for value in dataclasses.astuple(one))))
    with (DATA / "topic_words.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("word", "topic", "main", "others"))
        for word, leanings in words.items():
            out.writerows((word, TOPICS[i].value, f"{m:.2f}", f"{o:.2f}") for i, m, o in leanings)


def main(arguments: list[str]) -> None:
    paths = [Path(a) for a in arguments if not a.startswith("-")] or SETS
    sets = examples({path.stem: load(path) for path in paths})
    print(f"{'kept apart':<14}{'main topic':>11}{'F1':>7}{'texts':>7}")
    every: list[tuple[Example, list[str]]] = []
    for name, group in sets.items():
        model = Model([e for other, g in sets.items() if other != name for e in g])
        every += (got := read(model, group))
        _say(name, got)
    _say("together", every)
    if "--write" in arguments:
        write(Model([e for group in sets.values() for e in group]))


def _say(name: str, got: Sequence[tuple[Example, list[str]]]) -> None:
    right, f1 = figures(got)
    print(f"{name:<14}{right:>11.3f}{f1:>7.3f}{len(got):>7}")
