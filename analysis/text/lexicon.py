"""Weighted phrases in lemmas, read from a text file that people can edit, and how to find them in a text."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from analysis.text.lemmas import lemmas, spans

SHORTEST_STEM = 3
Entry = tuple[tuple[str, ...], str, float]
"""The words of a phrase, its section and weight."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: its lemmas and where it stands."""

    lemmas: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found, as the file has it: its section and weight, and where it stands."""

    section: str
    weight: float
    phrase: str
    start: int
    end: int


def tokenise(text: str) -> list[Token]:
    return [Token(lemmas(m[0]), m.start(), m.end()) for m in spans(text)]


class Lexicon:
    """Sections of weighted phrases; of those that begin at one word the longest of a section counts and covers it."""

    def __init__(self, lines: Iterator[tuple[str, float, str]]) -> None:
        self._first: dict[str, list[Entry]] = defaultdict(list)
        self._stems: dict[str, list[Entry]] = defaultdict(list)
        for section, weight, phrase in lines:
            words = tuple(_key(word) for word in re.findall(r"[\w*]+", phrase.replace("ё", "е")))
            if words and words[0].endswith("*"):
                self._stems[words[0][:SHORTEST_STEM]].append((words, section, weight))
            elif words:
                self._first[words[0]].append((words, section, weight))
        self._candidates = lru_cache(50_000)(self._beginning)

    def find(self, tokens: Sequence[Token]) -> Iterator[Hit]:
        used: dict[str, int] = {}
        for i, token in enumerate(tokens):
            best: dict[str, Entry] = {}
            for entry in self._candidates(token.lemmas):
                if entry[1] not in best and (len(entry[0]) == 1 or _stands(entry[0], tokens, i)):
                    best[entry[1]] = entry
            for words, section, weight in best.values():
                if i < used.get(section, 0):
                    continue
                used[section] = i + len(words)
                yield Hit(section, weight, " ".join(words), token.start, tokens[i + len(words) - 1].end)

    def _beginning(self, found: tuple[str, ...]) -> tuple[Entry, ...]:
        """The phrases whose first word these lemmas may be, the longest first."""
        entries: dict[Entry, None] = {}
        for lemma in found:
            entries |= dict.fromkeys(self._first.get(lemma, ()))
            stems = self._stems.get(lemma[:SHORTEST_STEM], ())
            entries |= dict.fromkeys(entry for entry in stems if lemma.startswith(entry[0][0][:-1]))
        return tuple(sorted(entries, key=lambda entry: -len(entry[0])))


def _key(word: str) -> str:
    """A word of a phrase as a lemma, whatever form it was written down in."""
    known = lemmas(word) if not word.endswith("*") else (word,)
    return word if word in known else known[0]


def _stands(words: tuple[str, ...], tokens: Sequence[Token], i: int) -> bool:
    """Whether the further words of a phrase follow the first one, which is known to fit."""
    if i + len(words) > len(tokens):
        return False
    return all(_fits(words[k], tokens[i + k].lemmas) for k in range(1, len(words)))


def _fits(word: str, found: tuple[str, ...]) -> bool:
    if word.endswith("*"):
        return any(lemma.startswith(word[:-1]) for lemma in found)
    return word in found


def read_sections(name: str) -> Iterator[tuple[str, float, str]]:
    """(section, weight, phrase) of a file in analysis/data: «[section]», then lines «weight: phrase; phrase»."""
    section = ""
    for line in files("analysis.data").joinpath(name).read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
        elif ":" in line:
            weight, phrases = line.split(":", 1)
            for phrase in phrases.split(";"):
                yield section, float(weight), phrase.strip()


@cache
def load(name: str) -> Lexicon:
    return Lexicon(read_sections(name))
