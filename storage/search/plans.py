"""From a question to what the index is asked, in the order of trying: everything at first, then with less of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from domain.queries import Kind, Query, Word
from storage.search import facets
from storage.search.expressions import Expression, InTitle, Phrase, Term, all_of, any_of
from storage.search.facets import Dates
from storage.search.vocabulary import IndexVocabulary

COMMON = 20_000
"""Documents with any of the words above which none of them is scored by the index: it would read all postings."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One asking of the index."""

    expression: Expression
    common: bool
    """The newest that match, and the newest that match in the headline, instead of the best by bm25."""
    title: Expression | None = None


def attempts(query: Query) -> Iterator[tuple[Query, tuple[str, ...]]]:
    """The question, then with less of it: without its time, its kind, its place. What was left out stands beside."""
    yield query, ()
    dropped: tuple[str, ...] = ()
    for name, empty in (("window", None), ("kind", None), ("territories", ())):
        if getattr(query, name):
            query = replace(query, **{name: empty})  # type: ignore[arg-type]
            dropped = (*dropped, name)
            yield query, dropped


def plans(query: Query, vocabulary: IndexVocabulary, today: date) -> Iterator[Plan]:
    """Every word at first; then, where there are several, any of them."""
    filters = _filters(query, today)
    words = [_word(word, vocabulary) for word in query.words]
    phrases: list[Expression] = [Phrase(lemmas) for lemmas in query.phrases]
    if not words and not phrases:
        yield Plan(all_of(filters) if filters else Term(facets.kind(query.kind or Kind.NEWS)), common=True)
        return
    held = sum(_held(word, vocabulary) for word in query.words)
    common = held > COMMON
    everything = all_of([*words, *phrases])
    yield Plan(
        all_of([everything, *filters]),
        common,
        title=all_of([InTitle(everything), *filters]) if common else None,
    )
    if len(words) > 1 and not phrases:
        yield _any_of_them(query, words, filters, vocabulary)


def _any_of_them(query: Query, words: list[Expression], filters: list[Expression], vocabulary: IndexVocabulary) -> Plan:
    """Of many common words only the rarer ones: those alone tell anything."""
    counted = sorted((_held(word, vocabulary), at) for at, word in enumerate(query.words))
    total, kept = 0, list[Expression]()
    for held, at in counted:
        total += held
        if kept and total > COMMON:
            break
        kept.append(words[at])
    return Plan(all_of([any_of(kept), *filters]), common=total > COMMON and len(kept) == 1)


def _word(word: Word, vocabulary: IndexVocabulary) -> Expression:
    return any_of([Term(lemma) for lemma in _lemmas(word, vocabulary)])


def _lemmas(word: Word, vocabulary: IndexVocabulary) -> list[str]:
    completions = vocabulary.completions(word.typed) if word.prefix else ()
    return list(dict.fromkeys((*word.lemmas, *word.synonyms, *completions)))


def _held(word: Word, vocabulary: IndexVocabulary) -> int:
    return sum(vocabulary.documents_with(lemma) for lemma in _lemmas(word, vocabulary))


def _filters(query: Query, today: date) -> list[Expression]:
    found: list[Expression] = []
    if query.territories:
        codes: list[Expression] = [Term(facets.territory(code)) for code in query.territories]
        named = [all_of([Term(lemma) for lemma in word.lemmas[:1]]) for word in query.places if word.lemmas]
        found.append(any_of([*codes, *named]))
    if query.only_topics:
        found.append(any_of([Term(facets.topic(topic)) for topic in query.only_topics]))
    if query.kind is not None:
        found.append(Term(facets.kind(query.kind)))
    if query.deadlines and not query.words:
        found.append(Term(facets.AHEAD))
    if query.window is not None:
        days = [facets.covering(dates, query.window, today) for dates in _dates(query)]
        found.append(any_of([Term(token) for tokens in days for token in tokens]))
    return found


def _dates(query: Query) -> tuple[Dates, ...]:
    """Which dates a window is about: of a deadline, of an event, of publication where news are asked for."""
    if query.deadlines:
        return (Dates.DEADLINE,)
    if query.kind is Kind.EVENT:
        return (Dates.EVENT,)
    return (Dates.PUBLISHED,) if query.kind is Kind.NEWS else (Dates.EVENT, Dates.PUBLISHED)
