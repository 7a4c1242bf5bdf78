"""Understands what somebody types: the place, the time, the topic and the kind in it, and the words that remain."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from analysis.geography.gazetteer import Gazetteer, Match, NameKind
from analysis.geography.streets import is_street_of_every_town
from analysis.questions.asking import DEADLINES, event_kinds, is_stop, kind_of, topics_of, whole_topic
from analysis.questions.thesaurus import synonyms
from analysis.questions.vocabulary import Vocabulary
from analysis.text import layout
from analysis.text.lemmas import lemmas, morph
from analysis.text.patterns import plain
from analysis.text.spelling import fold
from analysis.time import windows
from domain.queries import Query, Window, Word
from domain.territories import TerritoryKind

LONGEST = 300
"""A question is short; what is longer is cut."""
MOST_WORDS = 24
MOST_TERRITORIES = 8
_QUOTED = re.compile(r"[«\"“„]([^«»\"“”„]{2,100})[»\"”“]")
_WORD = re.compile(r"[^\W_]+")
_SHORT_PREFIX = 3

__all__ = ["Vocabulary", "understand"]


@dataclass
class _Reading:
    """A question while it is read: spans that were taken as place or time no longer count as words."""

    text: str
    taken: list[tuple[int, int]] = field(default_factory=list)
    corrections: list[tuple[str, str]] = field(default_factory=list)

    def words(self) -> Iterator[re.Match[str]]:
        for m in _WORD.finditer(self.text):
            if not any(start <= m.start() < end for start, end in self.taken):
                yield m


def understand(
    text: str, *, today: date, vocabulary: Vocabulary, gazetteer: Gazetteer, home: str | None = None
) -> Query:
    """The question behind a typed text.

    Places in any case become ``territories``, times become a ``window``; both are taken out of ``words``. Words that
    tell the topic or the kind stay, with their synonyms. A place that no table knows stays a word. ``home`` decides
    between places of one name.
    """
    typed = re.sub(r"\s+", " ", text).strip()[:LONGEST]
    knows = _knower(vocabulary)
    turned = layout.repaired(typed, knows)
    reading = _Reading(turned or typed)
    if turned:
        reading.corrections.append((typed, turned))
    _spell(reading, vocabulary, gazetteer)
    matches = _places(reading, gazetteer)
    window, until = _window(reading, today)
    words = _words(reading, vocabulary)
    low = plain(reading.text)
    topics = topics_of([lemma for word in words for lemma in word.lemmas])
    return Query(
        typed=typed,
        searched=reading.text,
        words=words,
        phrases=_phrases(reading.text),
        territories=_territories(matches, gazetteer, home),
        places=tuple(_place_word(m) for m in matches),
        topics=topics,
        kind=kind_of(low),
        event_kinds=event_kinds(low),
        window=window,
        deadlines=bool(DEADLINES.search(low)) or (until and bool(topics)),
        corrections=tuple(reading.corrections),
    )


def _knower(vocabulary: Vocabulary) -> Callable[[str], bool]:
    def knows(word: str) -> bool:
        return vocabulary.knows(word) or bool(re.search("[а-яё]", word.lower()) and len(word) > 1 and is_russian(word))

    return knows


def is_russian(word: str) -> bool:
    """Whether the dictionary of Russian has the form."""
    return bool(morph().word_is_known(word.lower()))


def _spell(reading: _Reading, vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
    """Puts right, word by word, what neither the index nor the language nor the gazetteer knows."""
    last = [m.end() for m in _WORD.finditer(reading.text)][-1:]

    def fixed(m: re.Match[str]) -> str:
        word = m[0]
        if len(word) <= _SHORT_PREFIX or not word.isalpha() or vocabulary.knows(word) or is_russian(word):
            return word
        if gazetteer.names.knows(word):
            return word
        if m.end() in last and vocabulary.begins(word):
            return word
        better = _nearest(word, vocabulary, gazetteer)
        if better is None:
            return word
        reading.corrections.append((word, better))
        return better

    reading.text = _WORD.sub(fixed, reading.text)


def _nearest(word: str, vocabulary: Vocabulary, gazetteer: Gazetteer) -> str | None:
    spelled = gazetteer.names.speller.word(word)
    known = vocabulary.correct(word)
    if spelled and known:
        return min((known, spelled), key=lambda w: abs(len(w) - len(word)) + (fold(w)[:2] != fold(word)[:2]))
    return known or spelled


def _places(reading: _Reading, gazetteer: Gazetteer) -> list[Match]:
    found = []
    for match in gazetteer.names.find(reading.text, typed_by_hand=True):
        if match.kind is NameKind.ADJECTIVE or not _meant(match, reading.text, gazetteer):
            continue
        found.append(match)
        reading.taken.append((match.start, match.end))
    return found


def _meant(match: Match, text: str, gazetteer: Gazetteer) -> bool:
    """Whether a name that is also a common word stands for the place here."""
    if match.kind in (NameKind.REGION, NameKind.DISTRICT) or " " in match.words or "-" in match.words:
        return True
    if re.search(r"\b(?:г|город\w*|пос|посел\w+|сел[оае]|дер\w*|с|д|п)\.?\s*$", text[: match.start].lower()):
        return True
    if len(match.words) < 3 or is_common(match.words) or is_street_of_every_town(text, match.start, match.end):
        return False
    if match.kind is NameKind.VILLAGE:
        return len(match.codes) <= 3 or any(gazetteer.by_code[c].population > 5_000 for c in match.codes)
    return True


def is_common(word: str) -> bool:
    """Whether a form belongs to an ordinary word of the language too, not only to names."""
    if not is_russian(word):
        return False
    names = ("Geox", "Surn", "Name", "Patr", "Orgn")
    parses = [p for p in morph().parse(word.lower()) if p.score >= 0.1]
    return any(not any(name in p.tag for name in names) for p in parses) and not any("Geox" in p.tag for p in parses)


def _place_word(match: Match) -> Word:
    keys = dict.fromkeys(lemma for word in _WORD.findall(match.words)[:3] for lemma in lemmas(word))
    return Word(match.words, tuple(keys))


def _territories(matches: list[Match], gazetteer: Gazetteer, home: str | None) -> tuple[str, ...]:
    """The codes meant: smaller places within a region that is named too, or within the asker's own."""
    regions = {c for m in matches for c in m.codes if gazetteer.by_code[c].kind is TerritoryKind.REGION}
    smaller = [m for m in matches if not set(m.codes) <= regions]
    if not smaller:
        return tuple(dict.fromkeys(c for m in matches for c in m.codes if c in regions))
    own = gazetteer.region(home) if home else None
    near = regions or ({own} if own else set())
    found: dict[str, None] = {}
    for match in smaller:
        inside = [c for c in match.codes if gazetteer.region(c) in near]
        ranked = sorted(inside or match.codes, key=lambda c: -gazetteer.by_code[c].population)
        sure = ranked[:1] if match.kind is not NameKind.DISTRICT and _towers(ranked, gazetteer) else ranked
        for code in sure:
            found[code] = None
            parent = gazetteer.by_code[code].parent
            if parent and gazetteer.by_code[parent].centre == gazetteer.by_code[code].name:
                found[parent] = None
    return tuple(found)[:MOST_TERRITORIES]


def _towers(ranked: list[str], gazetteer: Gazetteer) -> bool:
    """Whether the largest of one name is so much larger that it is meant unless the asker says otherwise."""
    people = [gazetteer.by_code[c].population for c in ranked]
    return len(people) == 1 or people[0] >= 4 * max(1, people[1])


def _window(reading: _Reading, today: date) -> tuple[Window | None, bool]:
    found = windows.asked(reading.text, today)
    if found is None:
        return None, False
    reading.taken.append((found.start, found.end))
    return found.window, found.until


def _words(reading: _Reading, vocabulary: Vocabulary) -> tuple[Word, ...]:
    matches = list(reading.words())
    kept = [m for m in matches if not is_stop(fold(m[0])) and (len(m[0]) > 1 or m[0].isdigit())]
    words = []
    for m in kept[:MOST_WORDS]:
        keys = lemmas(m[0])
        near = dict.fromkeys(s for key in keys for s in synonyms().get(key, ()) if s not in keys)
        near |= dict.fromkeys(s for key in keys for s in vocabulary.kin(key) if s not in keys)
        last = m.end() == len(reading.text.rstrip())
        unknown = not vocabulary.knows(m[0]) and not is_russian(m[0])
        prefix = last and unknown and len(m[0]) >= _SHORT_PREFIX and vocabulary.begins(m[0])
        words.append(Word(m[0], keys, tuple(near), prefix, whole_topic(keys)))
    return tuple(words)


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    found = (tuple(lemmas(w)[0] for w in _WORD.findall(m[1])) for m in _QUOTED.finditer(text))
    return tuple(phrase for phrase in found if len(phrase) > 1)
