"""The words an index knows and how often: what typed words are measured against."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from heapq import nlargest

from analysis.text.lemmas import lemmas, morph
from analysis.text.spelling import Speller, fold

LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
SHORTEST, LONGEST = 5, 24
STEM, KIN = 5, 4
"""Shorter stems belong to too many words; so many of one stem are enough."""
LAST = "\uffff"
_ENDING = re.compile(
    r"(?:ение|ание|ирование|овать|ировать|ивать|ывать|ать|ять|ить|еть|ться|тельный|альный|ичный|овый|ный|ский|ость|ка|ие|ия|[аяоеиыуюьй])$"
)


class Vocabulary:
    """Frequencies by lemma (or form), as the index counts them."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._frequencies = {fold(word): count for word, count in frequencies.items() if word}
        self._speller: Speller | None = None

    def __len__(self) -> int:
        return len(self._frequencies)

    def frequency(self, word: str) -> int:
        """How often any likely lemma of the word occurs."""
        return max(self._frequencies.get(key, 0) for key in (fold(word), *lemmas(word)))

    def knows(self, word: str) -> bool:
        return self.frequency(word) > 0

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._frequencies)

    def beginning(self, prefix: str, most: int = 30) -> tuple[str, ...]:
        """The commonest known words that begin so."""
        start = fold(prefix)
        low, high = bisect_left(self._sorted, start), bisect_left(self._sorted, start + LAST)
        return tuple(nlargest(most, self._sorted[low:high], key=lambda word: self._frequencies[word]))

    def begins(self, prefix: str) -> bool:
        """Whether any known word begins so."""
        return bool(self.beginning(prefix, 1))

    def kin(self, lemma: str) -> tuple[str, ...]:
        """Known words of the same stem («отключить» for «отключение», «лавинный» for «лавина»), commonest first."""
        stem = _ENDING.sub("", fold(lemma))
        if len(stem) < STEM:
            return ()
        return tuple(word for word in self.beginning(stem, KIN + 1) if word != lemma)[:KIN]

    def correct(self, word: str) -> str | None:
        """The known word that was most likely meant; None where the word is known or nothing is near."""
        if self.knows(word):
            return None
        if self._speller is None:
            self._speller = Speller(self._frequencies)
        near = self._form(fold(word)) or self._speller.word(word)
        for key in lemmas(word) if near is None else ():
            near = near or self._speller.word(key)
        return near if near and near != fold(word) else None

    def _form(self, word: str) -> str | None:
        """One edit away from a form of a known word: the index knows lemmas, people type forms."""
        if not SHORTEST <= len(word) <= LONGEST:
            return None
        known = (form for form in _edits(word) if morph().word_is_known(form))
        ranked = ((self.frequency(form), form) for form in known)
        count, best = max(ranked, default=(0, None))
        return best if count else None


def _edits(word: str) -> Iterator[str]:
    """All strings one deletion, transposition, replacement or insertion away."""
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in LETTERS)
