"""The words an index knows and how often: what typed words are measured against."""

from collections.abc import Mapping

from analysis.lemmas import lemmas
from analysis.placenames import fold
from analysis.spelling import Speller

MUCH_COMMONER = 100
"""A known word gives way to a neighbour only if that is so many times commoner."""


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

    def begins(self, prefix: str) -> bool:
        """Whether any known word begins so."""
        start = fold(prefix)
        return any(word.startswith(start) for word in self._frequencies)

    def correct(self, word: str) -> str | None:
        """The known word that was most likely meant; None where the word is known or nothing is near."""
        if self.knows(word):
            return None
        if self._speller is None:
            self._speller = Speller(self._frequencies)
        near = self._speller.word(word)
        for key in lemmas(word) if near is None else ():
            near = near or self._speller.word(key)
        return near if near and near != fold(word) else None
