"""Every name of a territory in a text, and what tells a territory without naming it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from analysis import capitals, settlements
from analysis.declension import forms
from analysis.document import Document
from analysis.gazetteer import Gazetteer, Match, NameKind
from analysis.innercity import inner_districts, phone_codes
from analysis.patterns import cue
from analysis.placenames import adjective_stem, fold
from analysis.sense import is_inside, is_ordinary, is_person, is_place, is_street
from analysis.settlements import Settled
from analysis.weighing import Mention, weighed
from domain.territories import TerritoryKind

__all__ = ["Mention", "find"]

WEIGHTS = {
    NameKind.REGION: 3.0,
    NameKind.DISTRICT: 3.0,
    NameKind.TOWN: 3.0,
    NameKind.VILLAGE: 1.0,
    NameKind.WEAK: 0.8,
    NameKind.ADJECTIVE: 1.0,
}
NOTABLE, TYPED, RURAL, INSTITUTION, HINT, PHONE = 2.4, 2.0, 3.0, 1.2, 0.8, 0.9
ORDINARY = 0.4
"""Of a name that is an ordinary word too, unless the town is large."""
TOWN, CITY = 10_000, 50_000
_PLACES = (NameKind.TOWN, NameKind.VILLAGE, NameKind.WEAK)
_PLURAL = re.compile(r"(?:районы|округа|районов|округов|районах|округах|районам|округам)$")
_DISTRICT_AFTER = re.compile(
    r",?\s+([А-ЯЁ][\w-]{1,40}(?:ского|цкого|ном|ного|ском|ский))\s+(?:муниципальн\w+\s+|городск\w+\s+)?(?:район|округ)"
)
_INSTITUTION = re.compile(
    r"([А-ЯЁ][\w-]{1,40}(?:ая|ой|ую|ий|ого|ому|ом|ое|им))\s(?:межрайонн\w+\s|центральн\w+\s|районн\w+\s)*"
    r"(?:[ЦР]?РБ\b|районн\w+|межпоселенческ\w+|больниц\w+|райбольниц\w+|РДК\b|РЭС\b|прокуратур\w+|ОМВД|военкомат\w*)"
)
"""«Шиловская ЦРБ»: institutions that each district has one of."""
_INNER = re.compile(r"([А-ЯЁ][\w-]{1,40})\s+(?:район\w{0,3}|р-н\w?|внутригородск\w+)\b")
_PHONE = re.compile(r"\((?P<code>[3-8]\d{2})\d{0,2}\)|\b8[- ](?P<dashed>[348]\d{2})\d{0,2}[- ]")
_CAPITALISED = re.compile(r"[А-ЯЁ][а-яё-]{1,40}(?: [А-ЯЁ][а-яё-]{1,40})?")
_BYLINE = re.compile(r"\(?[А-ЯЁ][\w -]{2,25},?\s+\d{1,2}[. ][\w.]{2,9}(?:[. ]\d{2,4})?.{0,25}")


def find(document: Document, gazetteer: Gazetteer) -> list[Mention]:
    """All mentions in the order of the text."""
    settled = list(settlements.find(document.text))
    found = [m for s in settled for m in _settled(document, gazetteer, s)]
    unknown = {m.label for m in found if m.label and not m.codes and not m.rural}
    for match in gazetteer.find(document.text):
        if any(s.start <= match.start < s.end for s in settled) or _is_byline(document.text, match.start):
            continue
        mention = _named(document, gazetteer, match)
        if mention and not (mention.kind is NameKind.VILLAGE and _is_any(match.words, unknown)):
            found.append(mention)
    found += _titled(document, unknown)
    found += list(_inner(document, gazetteer, found))
    found += list(_institutions(document, gazetteer, {m.start for m in found}))
    found += _phones(document, gazetteer)
    found += capitals.find(document, gazetteer, found)
    return sorted(found, key=lambda m: m.start)


def _is_any(words: str, names: set[str]) -> bool:
    return any(words in forms(name) for name in names)


def _titled(document: Document, names: set[str]) -> Iterator[Mention]:
    """Settlements that no table knows, met in the headline without their kind: «В Алкадаре прошёл субботник»."""
    for m in _CAPITALISED.finditer(document.title):
        for name in names:
            if m[0] in forms(name):
                yield weighed(document, m.start(), m.end(), (), NameKind.VILLAGE, TYPED, name)


def _settled(document: Document, gazetteer: Gazetteer, s: Settled) -> Iterator[Mention]:
    around = _next_district(document.text, gazetteer, s)
    codes = () if s.rural else gazetteer.names.exact(s.oblique)
    if around:
        codes = tuple(c for c in codes if set(gazetteer.path(c)) & set(around))
    known = gazetteer.by_code[codes[0]] if codes else None
    label = known.short_name if known and known.kind is TerritoryKind.SETTLEMENT else s.name
    weight = RURAL if s.rural else TYPED
    mention = weighed(document, s.start, s.end, codes, NameKind.VILLAGE, weight, label, rural=s.rural)
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
    typed = bool(cue("town_before").search(document.low[max(0, match.start - 40) : match.start]))
    if match.kind in _PLACES and not typed and not is_place(text, match.start, match.end):
        return None
    if match.kind is NameKind.DISTRICT:
        return _district(document, gazetteer, match)
    weight = _weight(gazetteer, match, typed=typed or is_inside(text, match.start))
    return weighed(document, match.start, match.end, match.codes, match.kind, weight)


def _weight(gazetteer: Gazetteer, match: Match, *, typed: bool) -> float:
    if match.kind is NameKind.VILLAGE and (typed or " " in match.words or _is_notable(gazetteer, match.codes)):
        weight = NOTABLE
    else:
        weight = WEIGHTS.get(match.kind, 0.5)
    city = any(gazetteer.by_code[c].population >= CITY for c in match.codes)
    if match.kind in _PLACES and not typed and not city and is_ordinary(match.words):
        weight *= ORDINARY
    return weight


def _is_notable(gazetteer: Gazetteer, codes: tuple[str, ...]) -> bool:
    """A town, or the centre of a district: named without its kind as towns are."""
    for code in codes:
        t = gazetteer.by_code[code]
        centre = gazetteer.by_code[t.parent].centre if t.parent else None
        if t.population >= TOWN or t.short_name == centre or t.kind is TerritoryKind.MUNICIPALITY:
            return True
    return False


def _district(document: Document, gazetteer: Gazetteer, match: Match) -> Mention:
    """A district; «новгородские округа» are those of the region, and a town may have a district of that name."""
    first = match.words.split()[0]
    regional = gazetteer.names.regional(first)
    if regional and not match.listed and _PLURAL.search(match.words) and match.words.count(" ") == 1:
        return weighed(document, match.start, match.end, regional, NameKind.ADJECTIVE, 1.0)
    cities = inner_districts().get(adjective_stem(fold(first)) or "", ()) if "район" in match.words else ()
    codes = dict.fromkeys((*match.codes, *(c for city in cities for c in gazetteer.names.town(city))))
    return weighed(document, match.start, match.end, tuple(codes), match.kind, WEIGHTS[match.kind])


def _inner(document: Document, gazetteer: Gazetteer, found: list[Mention]) -> Iterator[Mention]:
    """Districts inside large towns: «Автозаводский район» tells Нижний Новгород or Тольятти."""
    taken = {m.start for m in found if m.kind is NameKind.DISTRICT}
    for m in _INNER.finditer(document.text):
        cities = inner_districts().get(adjective_stem(fold(m[1])) or "", ())
        codes = tuple(code for city in cities for code in gazetteer.names.town(city))
        if codes and m.start() not in taken:
            yield weighed(document, m.start(), m.end(), codes, NameKind.TOWN, 1.0)


def _institutions(document: Document, gazetteer: Gazetteer, taken: set[int]) -> Iterator[Mention]:
    for m in _INSTITUTION.finditer(document.text):
        codes = gazetteer.names.districts(m[1])
        if codes and m.start() not in taken:
            yield weighed(document, m.start(), m.end(1), codes, NameKind.DISTRICT, INSTITUTION)


def _phones(document: Document, gazetteer: Gazetteer) -> Iterator[Mention]:
    for m in _PHONE.finditer(document.text):
        code = gazetteer.names.named(phone_codes().get(m["code"] or m["dashed"], ""))
        if code:
            yield Mention(m.start(), m.end(), m[0], (code,), NameKind.ADJECTIVE, PHONE)
