"""The step that chooses the place of a text, cross-validated over the labelled sets; `--write` learns its weights.

    python -m bench places [--write] [LABELLED.jsonl …]

Each set in turn is kept apart and read by what the others teach; then tenths of all. Texts whose place the labeller
calls ambiguous are left out; a text whose place is no candidate counts as wrong.
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from analysis.geography.gazetteer import builtin
from analysis.places import belonging, candidates, labels, mentions, ranking
from analysis.text.document import Document
from bench.accuracy import DEVELOPMENT, Row, folded, load
from domain.territories import RUSSIA

SETS = ("dev", "heldout", "blind", "blind2", "field1", "field3")
TENTHS = 10
WEIGHTS = Path(labels.__file__).parent.parent / "data/places.txt"
HEAD = "# Weights of analysis/places/ranking.py, learnt by: python -m bench places --write\n"
STRENGTH = 1.0
"""Of the data against the wish for small weights; chosen by cross-validation."""


@dataclass(frozen=True)
class Case:
    """One text: the features of each answer it may have, and which answers are right."""

    id: str
    answers: tuple[str | None, ...]
    features: tuple[ranking.Features, ...]
    want: str | None

    @property
    def right(self) -> list[bool]:
        return [folded(answer) == folded(self.want) for answer in self.answers]


def case(row: Row) -> Case:
    document, gazetteer = Document(row["text"]), builtin()
    found = mentions.find(document, gazetteer)
    regions = belonging.regions(document, found, gazetteer, None)[0]
    if len(regions) == 1 and gazetteer.by_code[regions[0]].short_name in labels.CITIES:
        return Case(row["id"], (gazetteer.by_code[regions[0]].short_name,), ({},), row["place"])
    spots = candidates.gather(found, regions, gazetteer) if len(regions) < 2 and regions != (RUSSIA,) else []
    answers = (None, *(labels.label(s, gazetteer) for s in spots))
    told = ranking.features(document, found, regions, spots, gazetteer)
    return Case(row["id"], answers, tuple(told), row["place"])


@cache
def phrases() -> tuple[Case, ...]:
    """The phrases that the rules were written with: they teach in every fold and are never counted."""
    lines = (DEVELOPMENT.parent / "places_seen.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.split(" | ", 2) for line in lines if line and not line.startswith("#"))
    rows = (
        {"id": text, "place": None if named == "-" else named, "text": text.replace(" ¶ ", ".\n") + ".\n"}
        for _, named, text in parts
    )
    return tuple(case(row) for row in rows)


def learn(cases: Iterable[Case]) -> dict[str, float]:
    """Weights by which the right answer of each text outdoes its wrong ones."""
    taught = [c for c in (*cases, *phrases()) if any(c.right) and not all(c.right)]
    vectors = DictVectorizer(sparse=False)
    vectors.fit([f for c in taught for f in c.features])
    rows, shares = [], []
    for one in taught:
        told, right = vectors.transform(list(one.features)), np.array(one.right)
        pairs = [told[right][0] - bad for bad in told[~right]]
        rows += pairs
        shares += [1 / len(pairs)] * len(pairs)
    x = np.array(rows)
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=2000)
    model.fit(np.vstack([x, -x]), [1] * len(x) + [0] * len(x), sample_weight=shares * 2)
    return dict(zip(vectors.feature_names_, model.coef_[0].round(3).tolist(), strict=True))


def chosen(one: Case, weights: dict[str, float]) -> int:
    scores = [sum(weights.get(name, 0.0) * value for name, value in f.items()) for f in one.features]
    return max(range(len(scores)), key=lambda i: scores[i])


def wrong(cases: Sequence[Case], weights: dict[str, float]) -> list[Case]:
    return [c for c in cases if not c.right[chosen(c, weights)]]


def main(arguments: list[str]) -> None:
    paths = [Path(a) for a in arguments if not a.startswith("-")]
    paths = paths or [DEVELOPMENT.parent / f"{name}.jsonl" for name in SETS]
    sets = {p.stem: [case(r) for r in load(p) if "place" not in (r.get("ambiguous") or ())] for p in paths}
    cases = [c for group in sets.values() for c in group]
    print(f"{'kept apart':<14}{'right':>7}{'of':>6}")
    for name, group in sets.items():
        _say(name, group, wrong(group, learn(c for other, g in sets.items() if other != name for c in g)))
    folds = [cases[i::TENTHS] for i in range(TENTHS)]
    missed = [c for fold in folds for c in wrong(fold, learn(c for other in folds if other is not fold for c in other))]
    _say("tenths", cases, missed)
    weights = learn(cases)
    _say("(learnt from)", cases, wrong(cases, weights))
    for one in missed if "--quiet" not in arguments else ():
        print(f"  {one.id}  want {one.want!r}, of {one.answers!r}")
    if "--write" in arguments:
        WEIGHTS.write_text(HEAD + "".join(f"{n} {w}\n" for n, w in sorted(weights.items())), encoding="utf-8")


def _say(name: str, cases: Sequence[Case], missed: Sequence[Case]) -> None:
    print(f"{name:<14}{1 - len(missed) / len(cases):>7.3f}{len(cases):>6}")


if __name__ == "__main__":
    main(sys.argv[1:])
