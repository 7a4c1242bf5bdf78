"""What the words of a text say of its topics by themselves: weights learnt from all labelled texts, by lemma and topic.

The lexicon knows what people thought of writing down; these know the rest, and how much the lexicon is to be believed.
"""

import csv
import math
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from analysis.text.document import Document
from analysis.text.lexicon import Token
from domain.topics import Topic

ANY = "*"
"""Stands in the table for what holds of every text."""
STRENGTH = 10.0
"""Of all words together, whatever the length of the text."""
_WORD = re.compile(r"[а-я]{3,}")
_BEGINS = re.compile(r"(?:^|[.!?…\n:—–•«\"(]\s*)$")


TOPICS = tuple(Topic)
Leaning = tuple[int, float, float]
"""Which of the topics, and by how much a word speaks for it as the main one and as one of several."""
Table = dict[str, list[Leaning]]
"""Leanings of each lemma."""


def telling(document: Document) -> dict[str, Token]:
    """Every lemma where it first stands; numbers and names within a sentence belong to the one text, not to a topic."""
    found: dict[str, Token] = {}
    for token in document.tokens:
        lemma = token.lemmas[0]
        if _WORD.fullmatch(lemma) and not _is_name(document.text, token):
            found.setdefault(lemma, token)
    return found


def _is_name(text: str, token: Token) -> bool:
    word = text[token.start : token.end]
    return word[0].isupper() and not word.isupper() and not _BEGINS.search(text[max(0, token.start - 4) : token.start])


def share(words: Mapping[str, Token]) -> float:
    """What one word of the text counts."""
    return STRENGTH / math.sqrt(len(words) or 1)


def leanings(words: Mapping[str, Token], table: Table) -> tuple[list[float], list[float]]:
    """The sums over the words of a text, in the order of topics: for the main one and for the others."""
    main, others = ([0.0] * len(TOPICS), [0.0] * len(TOPICS))
    one = share(words)
    for word, counted in ((ANY, 1.0), *((word, one) for word in words)):
        for i, for_main, for_others in table.get(word, ()):
            main[i] += counted * for_main
            others[i] += counted * for_others
    return main, others


def strongest(words: Mapping[str, Token], topic: Topic, most: int) -> list[Token]:
    """The words that speak most for a topic."""
    said = {w: main + others for w in words for i, main, others in weights().get(w, ()) if TOPICS[i] is topic}
    return [words[w] for w in sorted(said, key=lambda w: -said[w])[:most] if said[w] > 0]


@cache
def weights() -> Table:
    """As they were learnt."""
    table: Table = defaultdict(list)
    places = {topic.value: i for i, topic in enumerate(TOPICS)}
    text = files("analysis.data").joinpath("topic_words.csv").read_text(encoding="utf-8")
    for word, topic, main, others in csv.reader(text.splitlines()[1:]):
        table[word].append((places[topic], float(main), float(others)))
    return dict(table)
