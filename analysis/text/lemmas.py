"""Words to lemmas: the one normaliser that the index and the questions put to it share.

A form may belong to several words («стали» is сталь and стать), so a word has several lemmas, likeliest first.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from pymorphy3 import MorphAnalyzer

NORMALISER_VERSION = 1
"""Rises when ``lemmas`` gives other answers than before: whoever keeps an index by them builds it anew."""

LIKELY = 0.05
"""Parses below this probability are noise: at this bound recall is best for the keys it costs."""
LONGEST = 40
"""Longer runs of letters are no words; they are cut, so that nobody's junk fills the caches."""
INDEXED = 30_000
"""Words of one text that are indexed: no news is longer, and a file of noise must not hold up the rest."""
BREAK = "¶"
_TOKEN = re.compile(r"[^\W_]+")
_FIXED = {
    **dict.fromkeys(("тос", "тоса", "тосу", "тосом", "тосе", "тосы", "тосов", "тосам", "тосами", "тосах"), ("тос",)),
    **dict.fromkeys(("ктос", "ктоса", "ктосы", "ктосов", "ктосам"), ("ктос", "тос")),
    **dict.fromkeys(("тко",), ("тко",)),
    **dict.fromkeys(("оатос",), ("оатос",)),
    **dict.fromkeys(("сво",), ("сво",)),
    **dict.fromkeys(("гто",), ("гто",)),
}


@cache
def morph() -> MorphAnalyzer:
    return MorphAnalyzer()


@lru_cache(100_000)
def lemmas(word: str) -> tuple[str, ...]:
    """All likely lemmas of one word, likeliest first, lower case, ё as е; never empty."""
    word = word.lower()[:LONGEST]
    fixed = _FIXED.get(word)
    if fixed:
        return fixed
    if word.isdigit():
        return (word,)
    found = dict.fromkeys(p.normal_form.replace("ё", "е") for p in _parses(word) if p.score >= LIKELY)
    return tuple(found) or (word.replace("ё", "е"),)


def _parses(word: str) -> list[Any]:
    """All parses; none for letters that Unicode has not named, which pymorphy refuses."""
    try:
        return list(morph().parse(word))
    except ValueError:
        return []


def lemma(word: str) -> str:
    """The likeliest lemma."""
    return lemmas(word)[0]


def spans(text: str) -> Iterator[re.Match[str]]:
    """Words and numbers with their places; a hyphen parts them."""
    return _TOKEN.finditer(text)


def tokens(text: str) -> list[str]:
    """Words and numbers in lower case, in their order."""
    return [match[0].lower() for match in _TOKEN.finditer(text)]


def index_terms(text: str) -> str:
    """The text as a stream of lemmas for a full-text index.

    First the likeliest lemma of every word, in the order of the text, so that phrases can be found by the
    likeliest lemmas of their words; then, after a break that no query contains, each further lemma once, so
    that a search for any of them finds the text too. Only the first ``INDEXED`` words are taken.
    """
    words = tokens(text)[:INDEXED]
    read = {word: lemmas(word) for word in dict.fromkeys(words)}
    stream = [read[word][0] for word in words]
    others = dict.fromkeys(other for found in read.values() for other in found[1:])
    for known in stream:
        others.pop(known, None)
    return " ".join([*stream, BREAK, *others] if others else stream)
