"""Every name of a territory in a text, and what tells a territory without naming it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.geography.declension import forms
from analysis.geography.gazetteer import Gazetteer, Match, NameKind
from analysis.geography.placenames import adjective_stem
from analysis.places import capitals, districts, rural, settlements
from analysis.places.sense import is_inside, is_ordinary, is_person, is_place, is_street
from analysis.places.settlements import Settled
from analysis.places.weighing import Mark, Mention, weighed
from analysis.text.document import Document
from analysis.text.patterns import cue
from analysis.text.spelling import fold
from domain.territories import TerritoryKind

__all__ = ["Mention", "find", "is_notable"]

WEIGHTS = {
    NameKind.REGION: 3.0,
    NameKind.TOWN: 3.0,
    NameKind.VILLAGE: 1.0,
    NameKind.WEAK: 0.8,
    NameKind.ADJECTIVE: 1.0,
}
NOTABLE, TYPED, RURAL, HINT = 2.4, 2.0, 3.0, 0.8
ORDINARY = 0.4
"""Of a name that is an ordinary word too, unless the town is large."""
TOWN, CITY = 10_000, 50_000
_PLACES = (NameKind.TOWN, NameKind.VILLAGE, NameKind.WEAK)
_DISTRICT_AFTER = re.compile(
    r"[»\"]?,?\s+\(?([А-ЯЁ][\w-]{1,40}(?:ского|цкого|ном|ного|ском|ский))\s+(?:муниципальн\w+\s+|городск\w+\s+)?"
    r"(?i:район|округ|улус|кожуун|р-н|м\.\s?[ро]\.)"
)
_HEADING = re.compile(r"(?<=[ыио][йе]): ")
"""«Отрадный: 1 мая машины не пустят»: an adjective that heads a headline alone is a town's name."""
_OF_TOWN = re.compile(
    r"\s+(?:городск(?:ая|ой|ую|ое|ого|ому)\s+(?i:дум|совет|собран|администрац|суд|библиотек|больниц)|горсовет|гордум)"
)
"""«Тульская городская Дума» is that of Тула, not of the region."""
_QUARTER = re.compile(r"\b(?:[Мм]икрорайон(?:а|у|е|ом)?|[Мм]кр\.?)\s[«\"]?\Z")
_OF_REGION = re.compile(r"([А-ЯЁ][\w-]+[сц]к)(?:ая|ой|ую)\s+(?i:областн|краев)\w+\s")
"""«Саратовская областная Дума», where a village may be called so too."""
_OF_TOWNS = (NameKind.ADJECTIVE, NameKind.VILLAGE)
_REGION_FOLLOWS = re.compile(r"[^.\n]{0,40}\b(?:област|края|республик)", re.IGNORECASE)
_CAPITALISED = re.compile(r"[А-ЯЁ][а-яё-]{1,40}(?: [А-ЯЁ][а-яё-]{1,40})?")
_BYLINE = re.compile(r"\(?[А-ЯЁ][\w -]{2,25},?\s+\d{1,2}[. ][\w.]{2,9}(?:[. ]\d{2,4})?.{0,25}")


def find(document: Document, gazetteer: Gazetteer) -> list[Mention]:
    """All mentions in the order of the text."""
    found = [
        m
        for s in (*rural.find(document.text), *settlements.find(document.text))
        for m in _settled(document, gazetteer, s)
    ]
    taken = [(m.start, m.end) for m in found if m.kind is NameKind.VILLAGE]
    unknown = {m.label for m in found if m.label and not m.codes and not m.rural}
    matches = gazetteer.find(document.text)
    quarters = _quarters(document.text, matches, gazetteer)
    for match in matches:
        if any(start <= match.start < end for start, end in taken) or _is_byline(document.text, match.start):
            continue
        if match.codes in quarters and not _is_called_town(document.low, match):
            continue
        mention = _named(document, gazetteer, match)
        if mention and not (mention.kind is NameKind.VILLAGE and _is_any(match.words, unknown)):
            found.append(mention)
    found += _regional(document, gazetteer)
    found += _titled(document, unknown)
    found += _titled_rural(document, found)
    found += list(districts.find(document, gazetteer, found))
    found += capitals.find(document, gazetteer, found)
    return sorted(found, key=lambda m: m.start)


def _quarters(text: str, matches: Sequence[Match], gazetteer: Gazetteer) -> set[tuple[str, ...]]:
    """What is called like a town but is a quarter: «в микрорайоне Строитель», not «в микрорайоне Перми»."""
    return {
        match.codes
        for match in matches
        if _QUARTER.search(text, max(0, match.start - 14), match.start)
        and text[match.end : match.end + 1] != "-"
        and any(gazetteer.by_code[code].short_name == match.words for code in match.codes)
    }


def _regional(document: Document, gazetteer: Gazetteer) -> Iterator[Mention]:
    for m in _OF_REGION.finditer(document.text):
        if codes := gazetteer.names.regional(f"{m[1]}ая"):
            yield weighed(document, m.start(), m.end(), codes, NameKind.ADJECTIVE, HINT)


def _is_any(words: str, names: set[str]) -> bool:
    return any(words in forms(name) for name in names)


def _titled(document: Document, names: set[str]) -> Iterator[Mention]:
    """Settlements that no table knows, met in the headline without their kind: «В Алкадаре прошёл субботник»."""
    for m in _capitalised_in_title(document):
        for name in names:
            if m[0] in forms(name):
                yield weighed(document, m.start(), m.end(), (), NameKind.VILLAGE, TYPED, name)


def _capitalised_in_title(document: Document) -> Iterator[re.Match[str]]:
    return _CAPITALISED.finditer(document.text, document.title_start, document.title_end)


def _titled_rural(document: Document, found: list[Mention]) -> Iterator[Mention]:
    """«Мичуринское: обсудим устав», «в Мичуринском поселении»: the headline shortens what the text calls in full."""
    if any(m.title for m in found if m.rural):
        return
    stems = {adjective_stem(fold(m.label.split()[0])): m for m in found if m.rural and m.label}
    for m in _capitalised_in_title(document):
        stem = adjective_stem(fold(m[0].split()[0]))
        whole = stems.get(stem) if stem else None
        if whole:
            yield weighed(document, m.start(), m.end(), (), NameKind.VILLAGE, RURAL, whole.label, rural=True)


def _settled(document: Document, gazetteer: Gazetteer, s: Settled) -> Iterator[Mention]:
    around = _next_district(document.text, gazetteer, s)
    if s.rural and s.name.startswith("Муниципальное образование") and gazetteer.names.exact(s.oblique):
        return
    if s.rural and s.name.endswith("образование") and gazetteer.names.districts(s.oblique) and not around:
        return
    codes = () if s.rural else gazetteer.names.exact(s.oblique)
    if around:
        codes = tuple(c for c in codes if set(gazetteer.path(c)) & set(around))
    known = gazetteer.by_code[codes[0]] if codes else None
    label = known.short_name if known and known.kind is TerritoryKind.SETTLEMENT else s.name
    weight = RURAL if s.rural else TYPED
    mention = weighed(
        document, s.start, s.end, codes, NameKind.VILLAGE, weight, label, rural=s.rural, also=(Mark.TYPED,)
    )
    yield replace(mention, within=around)
    around = gazetteer.names.districts(s.oblique) if s.rural else ()
    if around:
        yield weighed(document, s.start, s.end, around, NameKind.ADJECTIVE, HINT)


def _next_district(text: str, gazetteer: Gazetteer, s: Settled) -> tuple[str, ...]:
    """The districts of the name that follows a settlement: «деревни Городня Батецкого округа»."""
    following = _DISTRICT_AFTER.match(text, s.end)
    return gazetteer.names.districts(following[1]) if following else ()


def _is_byline(text: str, start: int) -> bool:
    """A line of a town, a date and an hour tells where it was written, not what of."""
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    return begin > 0 and bool(_BYLINE.fullmatch(text[begin : stop if stop >= 0 else len(text)]))


def _named(document: Document, gazetteer: Gazetteer, match: Match) -> Mention | None:
    text = document.text
    if is_street(text, match.start, match.end):
        return None
    if match.kind in _PLACES and is_person(text, match.start, match.end):
        return None
    if match.kind is not NameKind.DISTRICT and cue("river_before").search(
        document.low[max(0, match.start - 10) : match.start]
    ):
        around = tuple(dict.fromkeys(r for code in match.codes if (r := gazetteer.region(code))))
        return weighed(document, match.start, match.end, around, NameKind.ADJECTIVE, HINT) if around else None
    if is_inside(text, match.start) and match.words.endswith(("ском", "цком")):
        match = replace(match, codes=_named_by_adjective(gazetteer, match.codes))
    heads = match.start == document.title_start and bool(_HEADING.match(text, match.end))
    typed = heads or _is_called_town(document.low, match)
    city = _is_city(gazetteer, match.codes)
    if match.kind in _PLACES and not typed and not is_place(text, match.start, match.end, city=city):
        return None
    if match.kind is NameKind.DISTRICT:
        return districts.named(document, gazetteer, match)
    if len(match.codes) > 1 and cue("municipality_before").search(document.low[max(0, match.start - 40) : match.start]):
        upper = tuple(c for c in match.codes if gazetteer.by_code[c].kind is TerritoryKind.MUNICIPALITY)
        match = replace(match, codes=upper or match.codes)
    if match.kind in _OF_TOWNS and _OF_TOWN.match(text, match.end) and not _REGION_FOLLOWS.match(text, match.end):
        owners = gazetteer.names.adjectival(match.words)
        match = replace(match, codes=_towns(gazetteer, owners), kind=NameKind.TOWN) if owners else match
    weight = _weight(gazetteer, match, typed=typed or is_inside(text, match.start))
    also = [mark for mark, holds in ((Mark.TYPED, typed), (Mark.PEOPLE, match.people)) if holds]
    return weighed(document, match.start, match.end, match.codes, match.kind, weight, also=also)


def _is_called_town(low: str, match: Match) -> bool:
    return bool(cue("town_before").search(low[max(0, match.start - 40) : match.start]))


def _named_by_adjective(gazetteer: Gazetteer, codes: tuple[str, ...]) -> tuple[str, ...]:
    """«В Волжском» is in Волжский: Волжск would be «в Волжске»."""
    others = tuple(c for c in codes if not gazetteer.by_code[c].short_name.endswith(("ск", "цк")))
    return others if any(gazetteer.by_code[c].population >= TOWN for c in others) else codes


def _towns(gazetteer: Gazetteer, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Of regions their capitals, the rest as they are."""
    return tuple(capitals.capital(code, gazetteer) or code for code in codes)


def _weight(gazetteer: Gazetteer, match: Match, *, typed: bool) -> float:
    if match.kind is NameKind.VILLAGE and (typed or " " in match.words or is_notable(gazetteer, match.codes)):
        weight = NOTABLE
    else:
        weight = WEIGHTS.get(match.kind, 0.5)
    if match.kind in _PLACES and not typed and not _is_city(gazetteer, match.codes) and is_ordinary(match.words):
        weight *= ORDINARY
    return weight


def _is_city(gazetteer: Gazetteer, codes: tuple[str, ...]) -> bool:
    return any(gazetteer.by_code[c].population >= CITY for c in codes)


def is_notable(gazetteer: Gazetteer, codes: tuple[str, ...], *, towns: bool = True) -> bool:
    """A town, or the centre of a district: named without its kind as towns are. «Село» is never a town."""
    for code in codes:
        t = gazetteer.by_code[code]
        centre = gazetteer.by_code[t.parent].centre if t.parent else None
        if t.short_name == centre or t.kind is TerritoryKind.MUNICIPALITY or (towns and t.population >= TOWN):
            return True
    return False
