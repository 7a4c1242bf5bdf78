"""Near-duplicates by MinHash: the same story from the site, the channel and the newspaper is recognised as one.

48 permutations over shingles of three words; 24 bands of two rows make candidates cheap to find, similarity decides.
"""

import hashlib
import random
import struct
from dataclasses import dataclass
from functools import lru_cache

from analysis.text.lemmas import tokens

PERMUTATIONS = 48
BAND_ROWS = 2
SHINGLE = 3
SURE = 0.7
"""At and above it two texts are one story by themselves: notices for different streets stay below."""
POSSIBLE = 0.3
"""Between this and SURE they are one only with the same place and overlapping dates."""
READ_WORDS = 5_000
_PRIME = (1 << 61) - 1
_MASK = (1 << 32) - 1
_RANDOM = random.Random(48)  # noqa: S311 — fixed hash functions, no secret
_COEFFICIENTS = tuple((_RANDOM.randrange(1, _PRIME), _RANDOM.randrange(_PRIME)) for _ in range(PERMUTATIONS))
_PACK = struct.Struct(f">{PERMUTATIONS}I")


@dataclass(frozen=True, slots=True)
class Signature:
    """48 minima of 32 bits each."""

    values: tuple[int, ...]

    @property
    def bands(self) -> tuple[int, ...]:
        """24 signed 64-bit numbers; texts that share any of them are candidates for one story."""
        pairs = zip(self.values[::BAND_ROWS], self.values[1::BAND_ROWS], strict=True)
        return tuple(_signed(_mixed(i, a, b)) for i, (a, b) in enumerate(pairs))

    def to_bytes(self) -> bytes:
        return _PACK.pack(*self.values)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Signature":
        """The signature written by ``to_bytes``; ValueError for anything of another length."""
        if len(data) != _PACK.size:
            raise ValueError(f"a signature has {_PACK.size} bytes, not {len(data)}")
        return cls(_PACK.unpack(data))


def signature(text: str) -> Signature:
    """The signature of a text; case, punctuation and ё do not matter. Texts without words are alike."""
    words = [word.replace("ё", "е") for word in tokens(text[: READ_WORDS * 20])[:READ_WORDS]]
    count = max(1, len(words) - SHINGLE + 1)
    hashes = {_hash(" ".join(words[i : i + SHINGLE])) for i in range(count)}
    return Signature(tuple(min((a * h + b) % _PRIME & _MASK for h in hashes) for a, b in _COEFFICIENTS))


def similarity(a: Signature, b: Signature) -> float:
    """The estimated share of common shingles, from 0 to 1."""
    return sum(x == y for x, y in zip(a.values, b.values, strict=True)) / PERMUTATIONS


def same_story(similarity: float, *, same_place: bool, overlapping_dates: bool) -> bool:
    """Whether two texts are publications of one story, to be merged without asking.

    ``overlapping_dates``: both name dates and these overlap, or neither names any and both came out within a few days.
    """
    if similarity >= SURE:
        return True
    return similarity >= POSSIBLE and same_place and overlapping_dates


@lru_cache(50_000)
def _hash(shingle: str) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode(errors="replace"), digest_size=7).digest(), "big")


def _mixed(band: int, a: int, b: int) -> int:
    mixed = ((a << 32 | b) ^ (band * 0x9E3779B97F4A7C15)) & 0xFFFFFFFFFFFFFFFF
    return mixed * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF


def _signed(number: int) -> int:
    return number - (1 << 64) if number >= 1 << 63 else number
