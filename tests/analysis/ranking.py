"""A search in memory, just enough to tell whether questions are understood: the index proper ranks in storage."""

import json
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.geography.gazetteer import builtin
from analysis.questions.queries import understand
from analysis.questions.vocabulary import Vocabulary
from analysis.reader import Reader
from analysis.text.lemmas import index_terms
from domain.queries import Query, Word
from domain.readings import Reading

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 11, 18)
SYNONYM, TITLE, PLACE, TOPIC, KIND = 0.6, 0.6, 3.0, 0.5, 0.5


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line.strip()]


@dataclass(frozen=True)
class Doc:
    id: str
    terms: Counter[str]
    title: frozenset[str]
    reading: Reading


class Index:
    """All texts of a labelled set, read and indexed."""

    def __init__(self, texts: Iterable[dict[str, Any]]) -> None:
        reader = Reader(builtin())
        self.docs = []
        for row in texts:
            published = date.fromisoformat(row["published"]) if row["published"] else None
            terms = Counter(index_terms(row["text"]).split())
            title = frozenset(index_terms(row["title"]).split())
            self.docs.append(Doc(row["id"], terms, title, reader.read(row["text"], published=published)))
        self.frequency = Counter(term for doc in self.docs for term in doc.terms)
        self.vocabulary = Vocabulary(self.frequency)

    def search(self, text: str) -> list[str]:
        query = understand(text, today=TODAY, vocabulary=self.vocabulary, gazetteer=builtin())
        scored = [(self._score(query, doc), doc.id) for doc in self.docs]
        return [id_ for score, id_ in sorted(scored, key=lambda s: -s[0]) if score > 0]

    def _score(self, query: Query, doc: Doc) -> float:
        words = [self._word(word, doc) for word in query.words]
        found = sum(1 for w in words if w > 0) / max(1, len(words))
        near = self._place(query, doc)
        if query.territories and not near:
            return 0.0
        extra = TOPIC * len(set(query.topics) & set(doc.reading.topics))
        event = doc.reading.event
        extra += KIND if event and event.kind in query.event_kinds else 0.0
        if query.words and not found:
            return 0.0
        return (sum(words) + near + extra) * (found**2 if query.words else 1.0)

    def _word(self, word: Word, doc: Doc) -> float:
        own = max((self._weight(lemma, doc) for lemma in word.lemmas), default=0.0)
        if word.prefix:
            starting = [t for t in doc.terms if any(t.startswith(lemma) for lemma in word.lemmas)]
            own = max([own, *(self._weight(t, doc) for t in starting)])
        like = max((SYNONYM * self._weight(lemma, doc) for lemma in word.synonyms), default=0.0)
        return max(own, like)

    def _weight(self, lemma: str, doc: Doc) -> float:
        count = doc.terms.get(lemma, 0)
        if not count:
            return 0.0
        rarity = math.log(1 + len(self.docs) / self.frequency[lemma])
        return rarity * (count / (count + 1.0) + TITLE * (lemma in doc.title))

    def _place(self, query: Query, doc: Doc) -> float:
        gazetteer = builtin()
        around = {code for t in (*doc.reading.territories, *doc.reading.regions) for code in gazetteer.path(t)}
        if around & set(query.territories):
            return PLACE
        if {a for t in query.territories for a in gazetteer.ancestors(t)[:-1]} & set(doc.reading.territories):
            return PLACE / 2
        return max((self._word(word, doc) for word in query.places), default=0.0)


def quality(
    index: Index, queries: list[dict[str, Any]]
) -> tuple[dict[str, float], list[tuple[str, str, list[str], list[str]]]]:
    """Success@1, success@3 and nDCG@10, and the queries whose first answer is wrong."""
    sums: Counter[str] = Counter()
    misses = []
    for row in queries:
        got, want = index.search(row["query"])[:10], set(row["relevant_ids"])
        gains = [id_ in want for id_ in got]
        ideal = sum(1 / math.log2(r + 2) for r in range(min(10, len(want))))
        sums["success@1"] += any(gains[:1])
        sums["success@3"] += any(gains[:3])
        sums["ndcg@10"] += sum(g / math.log2(r + 2) for r, g in enumerate(gains)) / ideal  # type: ignore[assignment]
        if not any(gains[:1]) or sum(gains) < min(10, len(want)):
            misses.append((row["kind"], row["query"], sorted(want), got[:6]))
    return {name: total / len(queries) for name, total in sums.items()}, misses
