"""From a question to what the index is asked, in the order of trying: everything at first, then with less of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.queries import Kind, Query, Window, Word
from domain.territories import RUSSIA
from domain.topics import Topic
from storage.search import facets
from storage.search.expressions import Expression, Phrase, Term, Without, all_of, any_of
from storage.search.facets import Dates
from storage.search.vocabulary import IndexVocabulary

COMMON = 1_200
"""Documents above which the index is not asked to score: bm25 reads every posting, a millisecond for each thousand."""
STEPS = (7, 31, 124)
"""Days ahead that are looked through one after the other, so that what is soonest is among the candidates."""
A_SCREENFUL = 60
AROUND = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """One asking of the index."""

    expression: Expression
    common: bool
    """The newest that match instead of the best by bm25."""
    beside: tuple[Expression, ...] = ()
    """Of which the newest are looked for too where more match than were asked for: in the headline, near the asker."""
    enough: int = 5
    """With so many answers to it nothing further is tried."""


def completed(query: Query, vocabulary: IndexVocabulary) -> Query:
    """Where a beginning of a word is asked for, with the commonest lemmas that begin so among the word's own."""
    if not any(word.prefix for word in query.words):
        return query
    return replace(query, words=tuple(_completed(word, vocabulary) if word.prefix else word for word in query.words))


def _completed(word: Word, vocabulary: IndexVocabulary) -> Word:
    return replace(word, lemmas=tuple(dict.fromkeys((*word.lemmas, *vocabulary.beginning(word.typed)))))


def attempts(query: Query, wider: Sequence[str] = ()) -> Iterator[tuple[Query, tuple[str, ...]]]:
    """The question, then with less of it: without its time, in wider places, of any kind. What was left out is beside.

    wider: territories around those of the question, nearest first.
    """
    yield query, ()
    dropped: tuple[str, ...] = ()
    if query.window:
        query, dropped = replace(query, window=None), ("window",)
        yield query, dropped
    if query.territories:
        dropped = (*dropped, "territories")
        for code in wider:
            yield replace(query, territories=(code,), places=()), dropped
        query = replace(query, territories=(), places=())
        yield query, dropped
    if query.kind:
        yield replace(query, kind=None), (*dropped, "kind")


def plans(query: Query, vocabulary: IndexVocabulary, today: date, near: Sequence[str] = ()) -> Iterator[Plan]:
    """Every word at first; then, where there are several, any of them.

    near: where the asker lives, and all that contains it, nearest first.
    """
    filters = _filters(query, today)
    words = _beside_phrases(query)
    if not words and not query.phrases:
        yield from _without_words(query, today)
        return
    expressions = list(map(_word, words))
    rarest = min(range(len(words)), key=lambda at: _held(words[at], vocabulary), default=0)
    common = not words or _held(words[rarest], vocabulary) > COMMON
    phrases: list[Expression] = [Phrase(lemmas) for lemmas in query.phrases]
    everything = [*phrases, *expressions, *filters]
    beside = [all_of([*everything, place]) for place in _around(query, near)] if common else []
    if common and not phrases and not any(word.prefix for word in words):
        beside.append(_with_in_title(words, rarest, filters))
    yield Plan(all_of(everything), common, tuple(beside))
    if len(words) > 1 and not phrases:
        yield _any_of_them(query, expressions, filters, vocabulary)


def _beside_phrases(query: Query) -> list[Word]:
    """A phrase holds its words already."""
    spoken = {lemma for phrase in query.phrases for lemma in phrase}
    return [word for word in query.words if word.lemmas[0] not in spoken]


def _with_in_title(words: list[Word], at: int, filters: list[Expression]) -> Expression:
    """The rarest word in the headline, the others anywhere: all of them there would mean reading every posting."""
    there = any_of([Term(facets.in_title(lemma)) for lemma in _lemmas(words[at])])
    others = [_word(word) for word in (*words[:at], *words[at + 1 :])]
    return all_of([there, *others, *filters])


def _around(query: Query, near: Sequence[str]) -> list[Expression]:
    """The asker's municipality and region: among the newest of a whole country there may be none of there."""
    if query.territories or query.concerning:
        return []
    return [Term(facets.territory(code)) for code in near[:AROUND] if code != RUSSIA]


def _without_words(query: Query, today: date) -> Iterator[Plan]:
    """By facets alone. What is ahead is looked for step by step: the newest of a year are not the soonest."""
    window = query.window
    ahead = window is not None and window.start is not None and window.start >= today and _is_long(window)
    for days in STEPS if ahead and query.kind is not Kind.NEWS else ():
        assert window is not None and window.start is not None  # noqa: S101, PT018  as asked above
        end = window.start + timedelta(days=days)
        if window.end is None or end < window.end:
            step = replace(query, window=Window(window.start, end))
            yield Plan(all_of(_filters(step, today)), common=True, enough=A_SCREENFUL)
    filters = _filters(query, today)
    everything = any_of([Term(facets.kind(kind)) for kind in Kind])
    yield Plan(all_of(filters) if filters else everything, common=True)


def _is_long(window: Window) -> bool:
    return window.start is None or window.end is None or (window.end - window.start).days > STEPS[1]


def _any_of_them(query: Query, words: list[Expression], filters: list[Expression], vocabulary: IndexVocabulary) -> Plan:
    """Of many common words only the rarer ones: those alone tell anything."""
    counted = sorted((_held(word, vocabulary), at) for at, word in enumerate(query.words))
    total, kept = 0, list[Expression]()
    for held, at in counted:
        total += held
        if kept and total > COMMON:
            break
        kept.append(words[at])
    common = total > COMMON and len(kept) == 1
    return Plan(all_of([any_of(kept), *filters]), common)


def _word(word: Word) -> Expression:
    on_topic = [Term(facets.topic(word.topic))] if word.topic else []
    return any_of([*(Term(lemma) for lemma in _lemmas(word)), *on_topic])


def _lemmas(word: Word) -> list[str]:
    return list(dict.fromkeys((*word.lemmas, *word.synonyms)))


def _held(word: Word, vocabulary: IndexVocabulary) -> int:
    on_topic = vocabulary.documents // len(Topic) if word.topic else 0
    return sum(vocabulary.documents_with(lemma) for lemma in _lemmas(word)) + on_topic


def _filters(query: Query, today: date) -> list[Expression]:
    found: list[Expression] = []
    on_topics: list[Expression] = [Term(facets.topic(topic)) for topic in query.only_topics]
    if query.territories:
        found.append(_there(query, on_topics))
    elif on_topics:
        found.append(any_of(on_topics))
    if query.concerning:
        home, *around = query.concerning
        beyond: list[Expression] = [Term(facets.of_all(code)) for code in around]
        found.append(any_of([Term(facets.territory(home)), *beyond]))
    if query.kind is not None:
        found.append(Term(facets.kind(query.kind)))
    if query.deadlines and not query.words:
        found.append(Term(facets.AHEAD))
    if query.window is not None:
        found.append(_within(query, query.window, today))
    return found


def _there(query: Query, on_topics: list[Expression]) -> Expression:
    """In the places of the question, by their codes or their names, and on one of its topics where it has some."""
    named = [all_of([Term(lemma) for lemma in word.lemmas[:1]]) for word in query.places if word.lemmas]
    if not on_topics:
        return any_of([*(Term(facets.territory(code)) for code in query.territories), *named])
    both = [Term(facets.topic_there(topic, code)) for code in query.territories for topic in query.only_topics]
    return any_of([*both, *(all_of([name, any_of(on_topics)]) for name in named)])


def _within(query: Query, window: Window, today: date) -> Expression:
    """The days of an event decide; the day of publication for news."""
    if query.deadlines:
        return _on(Dates.DEADLINE, window, today)
    if query.kind is Kind.EVENT:
        return _on(Dates.EVENT, window, today)
    published = _on(Dates.PUBLISHED, window, today)
    if query.kind is Kind.NEWS:
        return published
    return any_of([_on(Dates.EVENT, window, today), _as_news(published, window, today)])


def _as_news(published: Expression, window: Window, today: date) -> Expression:
    """What comes later does not answer what is on these days, though it was announced on one of them.

    Of days that are over, announcements are news too; of today, whatever is no announcement.
    """
    if window.end is None or window.end > today:
        return Without(published, Term(facets.HAPPENS))
    return published if window.end < today else all_of([published, Term(facets.kind(Kind.NEWS))])


def _on(dates: Dates, window: Window, today: date) -> Expression:
    return any_of([Term(token) for token in facets.covering(dates, window, today)])
