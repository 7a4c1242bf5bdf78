"""What a text is about, out of the closed list: weighted phrases add up, and the kind of text settles the rest."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from analysis.document import Document
from analysis.lexicon import Hit, load
from domain.topics import Topic

TITLE = 2.0
"""A headline says twice what a sentence says."""


@dataclass(frozen=True, slots=True)
class Scored:
    topic: Topic
    score: float
    hits: tuple[Hit, ...]


def score(document: Document) -> list[Scored]:
    """Every topic that has any ground in the text, best first."""
    sums: dict[str, float] = defaultdict(float)
    hits: dict[str, list[Hit]] = defaultdict(list)
    seen: Counter[tuple[str, str]] = Counter()
    for hit in load("topics.txt").find(document.tokens):
        seen[hit.section, hit.phrase] += 1
        if seen[hit.section, hit.phrase] > 3:  # noqa: PLR2004 — said often enough
            continue
        place = TITLE if hit.start < document.title_end else 1.0
        sums[hit.section] += hit.weight * place / seen[hit.section, hit.phrase]
        hits[hit.section].append(hit)
    ranked = sorted(sums.items(), key=lambda item: -item[1])
    return [Scored(Topic(name), total, tuple(hits[name])) for name, total in ranked if total > 0]


def choose(document: Document) -> list[Scored]:
    """The topics to name, main first; never empty."""
    scored = score(document)
    if not scored:
        return [Scored(Topic.GOVERNANCE, 0.0, ())]
    best = scored[0].score
    return [s for i, s in enumerate(scored) if i == 0 or (s.score >= 0.5 * best and s.score >= 8)][:3]  # noqa: PLR2004
