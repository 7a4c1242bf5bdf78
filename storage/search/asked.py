"""A question as candidates are measured by it: what stands for its words, and how much each of them tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from domain.queries import Query, Word
from domain.topics import Topic
from storage.search.documents import signed
from storage.search.vocabulary import IndexVocabulary

LEAST = 0.3
"""What a word weighs that everybody writes."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One word of a question: what stands for it in signatures, and how much it tells."""

    own: tuple[bytes, ...]
    synonyms: tuple[bytes, ...]
    weight: float
    topic: Topic | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    query: Query
    words: tuple[Weighed, ...]
    places: tuple[Weighed, ...]
    near: tuple[str, ...]
    """The asker's own territory and all that contain it, nearest first."""
    now: int
    """In minutes since 1970."""
    total: float
    """What all its words weigh."""


def asked(query: Query, vocabulary: IndexVocabulary, near: Sequence[str], now: int) -> Asked:
    words = tuple(_weighed(word, vocabulary) for word in query.words)
    places = tuple(_weighed(word, vocabulary) for word in query.places)
    return Asked(query, words, places, tuple(near), now, sum(word.weight for word in words) or 1.0)


def _weighed(word: Word, vocabulary: IndexVocabulary) -> Weighed:
    held = max((vocabulary.documents_with(lemma) for lemma in word.lemmas), default=0)
    weight = log(1 + vocabulary.documents / (1 + held))
    return Weighed(tuple(map(signed, word.lemmas)), tuple(map(signed, word.synonyms)), max(LEAST, weight), word.topic)
