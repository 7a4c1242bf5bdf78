"""Questions of every class, drawn by how many items hold their words, so that a class means the same at any size."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from analysis.geography.gazetteer import builtin
from bench import corpus
from bench.corpus import NOW
from domain.queries import Kind, Order, Query, Window, Word
from domain.topics import Topic
from storage.search.vocabulary import IndexVocabulary

Classes = dict[str, list[Query]]


def questions(known: IndexVocabulary, count: int, each: int) -> Classes:
    """Words are drawn from the vocabulary by how many items hold them, so that a class means the same at any size."""
    chance = random.Random(7)
    rare = known.between(1, max(2, count // 5_000))
    middling = known.between(count // 2_000 + 1, count // 50 + 2)
    common = known.between(count // 10, count)
    places = list(builtin().by_code)[1:400]
    phrases = ["муниципальный год", "глава район", "житель область", "проект район", "школа дорога", "дом школа"]
    window = Window(NOW.date(), NOW.date() + timedelta(days=9))

    def word(lemma: str) -> Word:
        return Word(lemma, (lemma,))

    def ask(*words: str) -> Query:
        return Query(" ".join(words), " ".join(words), tuple(map(word, words)))

    def some(pool: list[str], least: int, most: int) -> list[str]:
        return chance.sample(pool, chance.randint(least, most))

    made: dict[str, Callable[[], Query]] = {
        "rare word": lambda: ask(chance.choice(rare)),
        "word in 60 % of items": lambda: ask(corpus.COMMONEST),
        "several middling words": lambda: ask(*some(middling, 2, 3)),
        "several common words": lambda: ask(*some(common, 2, 3)),
        "phrase": lambda: replace(ask(*(pair := chance.choice(phrases).split())), phrases=(tuple(pair),)),
        "word, territory, by date": lambda: replace(
            ask(chance.choice(common)), territories=(chance.choice(places),), order=Order.DATE
        ),
        "the same and topic": lambda: replace(
            ask(chance.choice(common)), territories=(chance.choice(places),), only_topics=(chance.choice(list(Topic)),)
        ),
        "prefix": lambda: _prefix(chance.choice(middling)[:4]),
        "time window, no words": lambda: Query(
            "", "", territories=(chance.choice(places),), window=window, kind=Kind.EVENT
        ),
        "word and time window": lambda: replace(ask(chance.choice(common)), window=window),
    }
    return {name: [make() for _ in range(each)] for name, make in made.items()}


def _prefix(start: str) -> Query:
    return Query(start, start, (Word(start, (start,), prefix=True),))
