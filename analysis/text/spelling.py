"""Spelling by a vocabulary of one's own: what nobody writes is measured against what is written here."""

import re
from collections.abc import Mapping
from functools import lru_cache

from symspellpy import SymSpell, Verbosity
from symspellpy.editdistance import DistanceAlgorithm, EditDistance

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SHORT, MIDDLING = 4, 7
A_SLIP = 5
"""Of so many letters one may be wrong."""
PREFIX = 5


@lru_cache(50_000)
def fold(word: str) -> str:
    """As names are compared: lower case, ё as е, one kind of hyphen."""
    return word.lower().replace("ё", "е").replace("‑", "-").replace("–", "-")


def is_slip(typed: str, meant: str) -> bool:
    """Whether one stands for the other but for a slip of the finger: near enough to be proposed unasked."""
    most = max(1, len(typed) // A_SLIP)
    return bool(EditDistance(DistanceAlgorithm.DAMERAU_OSA).compare(fold(typed), fold(meant), most) >= 0)


class Speller:
    """Corrects single words, one edit in short ones, two in long ones; ties go to the more frequent word."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._known = frequencies
        self._symspell = SymSpell(max_dictionary_edit_distance=2, prefix_length=PREFIX)
        for word, count in frequencies.items():
            self._symspell.create_dictionary_entry(word, max(1, count))

    def word(self, word: str) -> str | None:
        """The nearest known word; the word itself where it is known; None where nothing is near."""
        folded = fold(word)
        if folded in self._known:
            return folded
        edits = 0 if len(folded) < SHORT else 1 if len(folded) < MIDDLING else 2
        if not edits:
            return None
        near = self._symspell.lookup(folded, Verbosity.CLOSEST, max_edit_distance=edits)
        return str(near[0].term) if near else None

    def corrected(self, text: str) -> str | None:
        """The text with every word replaced by its nearest known one; None where that changes nothing."""
        fixed = _WORD.sub(lambda m: self.word(m[0]) or m[0], text)
        return fixed if fold(fixed) != fold(text) else None
