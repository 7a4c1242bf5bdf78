"""Where an event is held and what it is called, as the text names it."""

import re
from typing import Any

from analysis.text.document import Document
from analysis.text.lemmas import morph
from analysis.text.summaries import cut
from analysis.time.dates import Found

VENUE_LENGTH = 140
_TOLD = ("VERB", "PRTS")
_LABELLED = re.compile(
    r"(?:место(?: проведения)?|адрес|где|площадка|сбор)(?:\s*:\s*|\s+[—–-]\s+)(?P<venue>[^\n]{4,160})", re.IGNORECASE
)
_PIN = re.compile(r"📍\s*(?P<venue>[^\n]{4,140})")
_TOWN = r"(?:(?:г|с|п|пос|д|р\.\s?п|ст-ца)\.\s?[А-ЯЁ][\w -]{2,30},\s*)?"
_STREET = r"(?:ул|пр|просп|пл|пер|наб|б-р|ш)\.\s?[А-ЯЁ0-9][\w .-]{2,40}?"
_ADDRESS = re.compile(_TOWN + _STREET + r"(?:,\s?(?:д\.\s?)?№?\s?\d+[\w/-]*)")
_CALLED = r"(?:\s+[«\"][^»\"]{2,50}[»\"]|\s+№\s?\d+|\s+[А-ЯЁа-яё]+){0,4}"
_HALLS = (
    "зале|здании|Доме культуры|доме культуры|ДК|СДК|РДК|КДЦ|библиотеке|музее|театре|школе|стадионе|парке|сквере|центре|"
    "ФОК\\w*|администрации|клубе|кинотеатре|филармонии|комплексе"
)
_HALL = re.compile(rf"\b[Вв]о?\s+(?P<venue>(?:[а-яё-]+\s+){{0,3}}(?:{_HALLS}){_CALLED})")
_GROUNDS = "площади|стадионе|базе|набережной|площадке|территории|ипподроме|озере|берегу"
_NAMED = r"(?:\s+[«\"][^»\"]{2,50}[»\"]|\s+[А-ЯЁ][\wё-]+){0,3}"
_ON = re.compile(rf"\b[Нн]а\s+(?P<venue>(?:[а-яё-]+\s+){{0,3}}(?:{_GROUNDS}){_NAMED})")
_KINDS = re.compile(rf"{_HALLS}|{_GROUNDS}")
_SENTENCE = re.compile(r"(?<=[а-яё]{3})[.!?]\s|(?<=[\d»\")])\.\s")
_LEADING, _FIRST_WORD = re.compile(r"([а-яё]+) \Z"), re.compile(r"[а-яё]+")
_GOVERNS = ("NOUN", "PREP", "INFN")
"""After these a noun stands in a case of theirs."""
_QUOTED = re.compile(r"[«\"][^«»\"\n]{3,90}[»\"]")


def venue(document: Document, chosen: Found | None) -> str | None:
    """The place of the event: a labelled one, an address, a hall named near the date; None where none is named."""
    for pattern in (_PIN, _LABELLED):
        found = pattern.search(document.text)
        if found:
            return cut(_SENTENCE.split(found["venue"])[0], VENUE_LENGTH).strip(" .;")
    near = chosen.start if chosen else document.title_end
    window = document.text[max(0, near - 200) : near + 400]
    for pattern in (_HALL, _ON):
        found = pattern.search(window)
        if found:
            return cut(_standing(_without_verb(found["venue"])), VENUE_LENGTH).strip(" .,;")
    address = _ADDRESS.search(window) or _ADDRESS.search(document.text)
    return cut(address[0], VENUE_LENGTH) if address else None


def _without_verb(words: str) -> str:
    """«школе № 7 города объявлен карантин» is a school; what is done there is told after it."""
    told = (m.start() for m in re.finditer(r"(?<=\s)[а-яё]{3,}", words) if morph().parse(m[0])[0].tag.POS in _TOLD)
    return words[: next(told, len(words))].rstrip()


def _standing(words: str) -> str:
    """«городском Доме культуры» → «городской Дом культуры»: as it is called where no «в» stands before it."""
    leading: list[str] = []
    for found in re.finditer(r"[А-ЯЁа-яё-]+", words):
        noun = _noun(found[0])
        subject = noun and noun.inflect({"nomn"})
        if noun and subject:
            form = {"nomn", "plur"} if "plur" in noun.tag else {"nomn", "sing", noun.tag.gender}
            named = [*(_agreeing(one, form) for one in leading), _as_written(found[0], subject.word)]
            return " ".join(named) + words[found.end() :]
        leading.append(found[0])
    return words


def _noun(word: str) -> Any:
    """In the prepositional case; «городской» is one only where nothing else can be meant."""
    parses = [one for one in morph().parse(word) if "loct" in one.tag]
    if _KINDS.fullmatch(word) is None and any("ADJF" in one.tag for one in parses):
        return None
    return next((one for one in parses if "NOUN" in one.tag), None)


def _agreeing(adjective: str, form: set[str]) -> str:
    parse = next((one for one in morph().parse(adjective) if {"ADJF", "loct"} in one.tag), None)
    inflected = parse and parse.inflect(form)
    return _as_written(adjective, inflected.word) if inflected else adjective


def _as_written(before: str, after: str) -> str:
    """With the capitals of the text; «ДК» stays what it is."""
    if before.isupper():
        return before
    return after[0].upper() + after[1:] if before[0].isupper() else after


def event_title(document: Document, at: int) -> str:
    """The event's own name where the text quotes one beside its kind, else the headline."""
    quoted = _QUOTED.search(document.text, max(0, at - 30), at + 120) if at >= 0 else None
    if quoted and 0 <= at < quoted.start():
        lead = document.text[at : quoted.start()]
        if "\n" not in lead and len(lead) < 60 and "." not in lead:
            name = _named(document.text[:at], lead) + quoted[0]
            return cut(name[0].upper() + name[1:], 160)
    title = document.title or (document.sentences[0].text if document.sentences else "")
    return cut(title, 160)


def _named(before: str, kind: str) -> str:
    """«о проведении конкурса» → «конкурс»: the kind as it is called where nothing stands before it."""
    leading, word = _LEADING.search(before), _FIRST_WORD.match(kind)
    if leading is None or word is None or morph().parse(leading[1])[0].tag.POS not in _GOVERNS:
        return kind
    oblique = next((one for one in morph().parse(word[0]) if "NOUN" in one.tag and "nomn" not in one.tag), None)
    called = oblique and oblique.inflect({"nomn"})
    return called.word + kind[word.end() :] if called else kind
