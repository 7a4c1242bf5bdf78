"""Whether a capitalised word stands for a place here, or for a person, a street, an ordinary word."""

import re
from functools import lru_cache

from analysis.geography.streets import is_street_of_every_town
from analysis.text.lemmas import morph
from analysis.text.patterns import cue

LIKELY, TELLING = 0.1, 0.2
"""Parses that count at all; parses that tell a first name."""
_NAMES = ("Geox", "Surn", "Name", "Patr", "Orgn")
_SURNAME = re.compile(r"(?:ов|ев|ёв|ин|ын|ский|цкий|ова|ева|ина|ская|енко|ых|их|ук|юк|ян|дзе|швили)(?:а|у|ым|ой|е)?$")
_LEANS = re.compile(r"(?:\b(?:в|во|из|под|г\.|город\w{0,3})\s?|\b[а-яё]{4,}\s)$", re.IGNORECASE)
_INSIDE = re.compile(r"\b(?:в|во|из)\s$", re.IGNORECASE)
_INITIAL = re.compile(r"\b[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.\s?)?$")
_NEXT_WORD = re.compile(r"[ ]([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)")
_PREVIOUS_WORD = re.compile(r"([А-ЯЁ][а-яё]+)[ ]$")
_NO_SENTENCE_BEGINS = re.compile(r"[А-Яа-яЁё,–—-]\s$")
_NAMED_STREET = re.compile(r"\b[А-ЯЁ]\w+(?:ая|ой|ую|ий|ого|ому|ом|ое|ый)\s(?:[а-яё]+)\s$")
"""«по Керченскому шоссе Феодосии»: the street has a name already, what follows is its town."""
_SOVIET = re.compile(r"Советск(?:ая|ой|ую)\b")
_REACH = 25


def is_street(text: str, start: int, end: int) -> bool:
    """A street, a square or an institution called by a name, or «по московскому времени»."""
    before, after = text[max(0, start - 60) : start], text[end : end + 40].lower()
    if cue("street_after").search(after) or (_SOVIET.match(text, start) and after.lstrip().startswith("власт")):
        return True
    return bool(cue("street_before").search(before.lower())) and not _NAMED_STREET.search(before)


def is_place(text: str, start: int, end: int, *, city: bool = False) -> bool:
    """Whether a word that is the name of a town or village is meant as one; of a city it mostly is: Калуга."""
    word = text[start:end]
    if _INITIAL.search(text[max(0, start - _REACH) : start]) or is_person(text, start, end):
        return False
    if _is_called_after(text, start, word, city=city):
        return False
    return not is_ordinary(word) or bool(_NO_SENTENCE_BEGINS.search(text[max(0, start - 3) : start]))


def is_inside(text: str, start: int) -> bool:
    """Right after «в», «из»: what stands there with a capital is hardly an ordinary word."""
    return bool(_INSIDE.search(text[max(0, start - 4) : start]))


@lru_cache(20_000)
def is_ordinary(word: str) -> bool:
    """Whether the word is in the language apart from names: Мирный, Победа, Находка."""
    low = word.lower()
    if " " in word or "-" in word or not morph().word_is_known(low):
        return False
    parses = (p for p in morph().parse(low) if p.score >= LIKELY)
    return any(not any(name in p.tag for name in _NAMES) for p in parses)


def is_person(text: str, start: int, end: int) -> bool:
    """A first name before a surname («Владимир Голдин») or a surname after a first name («Сергей Киров»)."""
    word = text[start:end]
    following, previous = _NEXT_WORD.match(text, end), _PREVIOUS_WORD.search(text[max(0, start - _REACH) : start])
    before = text[max(0, start - _REACH) : start]
    if following and _is_first_name(word):
        unsaid = not _LEANS.search(before) and _may_be_surname(following[1])
        if _is_surname(following[1]) or not morph().word_is_known(following[1]) or unsaid:
            return True
    return bool(previous and _is_first_name(previous[1]) and (_is_surname(word) or _has_personal(word)))


def _is_called_after(text: str, start: int, word: str, *, city: bool) -> bool:
    """«через Кирова, Белинского», «площадь Фрунзе»: named after a person or a thing, not a town."""
    if " " in word or "-" in word or not (_has_personal(word) or (is_ordinary(word) and not city)):
        return False
    before = text[max(0, start - 60) : start]
    if not city and is_street_of_every_town(text, start, start + len(word)):
        return True
    if _NAMED_STREET.search(before):
        return False
    if cue("square_before").search(before[-20:].lower()):
        return True
    oblique = word[-1] in "аяуюоей" and not re.search(r"(?:ов|ин|ев)о$", word)
    return oblique and not _LEANS.search(before)


@lru_cache(20_000)
def _may_be_surname(word: str) -> bool:
    """«Владимир Белоус»; but «во Владимире Дом культуры» is in the town."""
    return any("NOUN" in p.tag for p in morph().parse(word.lower()))


@lru_cache(20_000)
def _has_personal(word: str) -> bool:
    return any("Surn" in p.tag or "Name" in p.tag for p in morph().parse(word.lower()))


@lru_cache(20_000)
def _is_first_name(word: str) -> bool:
    return any(("Name" in p.tag or "Patr" in p.tag) and p.score >= TELLING for p in morph().parse(word.lower()))


@lru_cache(20_000)
def _is_surname(word: str) -> bool:
    known = any("Surn" in p.tag or "Patr" in p.tag for p in morph().parse(word.lower()))
    return known or bool(_SURNAME.search(word))
