"""Districts and what tells them: «Автозаводский район», «Шиловская ЦРБ», area codes of telephones, sites."""

import re
from collections.abc import Iterator

from analysis.geography.gazetteer import Gazetteer, Match, NameKind
from analysis.geography.placenames import adjective_stem
from analysis.places.innercity import inner_districts, phone_codes, sites
from analysis.places.weighing import Mention, weighed
from analysis.text.document import Document
from analysis.text.spelling import fold
from domain.territories import TerritoryKind

SAID, INSTITUTION, PHONE, SITE = 3.0, 2.0, 0.9, 0.8
CITIES = ("45000000", "40000000", "67000000")
"""Москва, Санкт-Петербург, Севастополь: towns that are regions."""
CITY = 100_000
"""Smaller towns have no districts of their own."""
_FOLLOWING = 60
SHORTEST_PART = 5
"""Letters of a part of a host's label that tell something: «yar» of krasny-yar.ru does not."""
SAME = 6
"""Letters of a city that tell that it is named somewhere in the text, in whatever case."""
_PLURAL = re.compile(r"(?:районы|округа|районов|округов|районах|округах|районам|округам)$")
_TYPE_FIRST = re.compile(
    r"\b(?i:муниципальн\w+\s+(?:район|округ)\w{0,2}|м\.\s?[ро]\.|МР|МО)\s[«\"]?(?P<name>[А-ЯЁ][\w-]{2,40}(?:ский|цкий|ный))\b"
    r"(?!\s(?i:район|округ|муниципальн|городск|сельс|р-н))"
)
_INSTITUTION = re.compile(
    r"([А-ЯЁ][\w-]{2,40}[сц]к(?:ая|ой|ую|ий|ого|ому|ом|ое|ие|их))\s+"
    r"(?i:црб|рб\b|(?:центральн\w+\s)?(?:районн|межпоселенч|межрайонн)\w+|дум|администраци|прокуратур|горсовет|райсовет|гордум|ведомости|вести\b|вестник|правда|газет|известия)"
)
_BARE = re.compile(r"\b[А-ЯЁ][\w-]{2,40}[сц]к(?:ий|ого|ом|им|ому)(?=[,.;:]|\s[—–]|\sи\s)")
_SITE = re.compile(r"(?<![\w.-])(?:[\w-]{1,40}\.){1,4}(?:ru|рф|su|org|com|net|info)\b")
_INNER = re.compile(r"([А-ЯЁ][\w-]{1,40})\s+(?:район\w{0,3}|р-н\w?|внутригородск\w+)\b")
_PHONE = re.compile(r"\((?P<code>[3-8]\d{2})\d{0,2}\)|\b8[- ](?P<dashed>[348]\d{2})\d{0,2}[- ]")


def find(document: Document, gazetteer: Gazetteer, found: list[Mention]) -> Iterator[Mention]:
    """What the index of names does not find by itself; ``found`` is what it did."""
    taken = {m.start for m in found}
    yield from _inner(document, gazetteer, taken)
    yield from _type_first(document, gazetteer, taken)
    yield from _institutions(document, gazetteer, taken)
    yield from _bare(document, gazetteer, found)
    yield from _phones(document, gazetteer)
    yield from _sites(document, gazetteer)


def named(document: Document, gazetteer: Gazetteer, match: Match) -> Mention:
    """A district; «новгородские округа» are those of the region, and a town may have a district of that name."""
    first = match.words.split()[0]
    regional = gazetteer.names.regional(first)
    if regional and not match.listed and _PLURAL.search(match.words) and match.words.count(" ") == 1:
        return weighed(document, match.start, match.end, regional, NameKind.ADJECTIVE, 1.0)
    cities = inner_districts().get(adjective_stem(fold(first)) or "", ()) if "район" in match.words else ()
    near = [city for city in cities if not match.codes or city.lower().replace("ё", "е")[:SAME] in document.low]
    towns = tuple(c for city in near for c in gazetteer.names.town(city))
    whose = _whose(document.text, match.end, gazetteer)
    if any(_is_city(c, gazetteer) for c in whose):
        return weighed(document, match.start, match.end, whose, NameKind.TOWN, SAID)
    inside = tuple(c for c in match.codes if gazetteer.region(c) in whose)
    return weighed(document, match.start, match.end, inside or (*match.codes, *towns), match.kind, SAID)


def _whose(text: str, end: int, gazetteer: Gazetteer) -> tuple[str, ...]:
    """What is named right after a district: «Кировского района Волгограда», «… района Астраханской области»."""
    following = text[end : end + _FOLLOWING]
    match = next(iter(gazetteer.find(following)), None)
    joined = match and re.fullmatch(r"\s|,?\s\(?(?:г\.\s?|города\s)", following[: match.start])
    return match.codes if match and joined else ()


def _is_city(code: str, gazetteer: Gazetteer) -> bool:
    """Large enough for districts of its own."""
    t = gazetteer.by_code[code]
    region = t.kind is TerritoryKind.REGION
    return code in CITIES if region else t.population >= CITY and not t.short_name.endswith((" район", " округ"))


def _inner(document: Document, gazetteer: Gazetteer, taken: set[int]) -> Iterator[Mention]:
    """Districts inside large towns: «Автозаводский район» tells Нижний Новгород or Тольятти."""
    for m in _INNER.finditer(document.text):
        cities = inner_districts().get(adjective_stem(fold(m[1])) or "", ())
        codes = tuple(code for city in cities for code in gazetteer.names.town(city))
        if codes and m.start() not in taken:
            yield weighed(document, m.start(), m.end(), codes, NameKind.TOWN, 1.0)


def _type_first(document: Document, gazetteer: Gazetteer, taken: set[int]) -> Iterator[Mention]:
    for m in _TYPE_FIRST.finditer(document.text):
        codes = gazetteer.names.districts(m["name"])
        if codes and m.start("name") not in taken:
            yield weighed(document, m.start(), m.end(), codes, NameKind.DISTRICT, SAID)


def _institutions(document: Document, gazetteer: Gazetteer, taken: set[int]) -> Iterator[Mention]:
    """A hint of a district by what only a district keeps: «Шиловская ЦРБ»."""
    for m in _INSTITUTION.finditer(document.text):
        codes = gazetteer.names.districts(m[1])
        if codes and m.start() not in taken:
            yield weighed(document, m.start(1), m.end(1), codes, NameKind.ADJECTIVE, INSTITUTION)


def _bare(document: Document, gazetteer: Gazetteer, found: list[Mention]) -> Iterator[Mention]:
    """«Первым празднует Советский район, за ним Оршанский, Медведевский и Горномарийский»: the kind is said once."""
    taken = {m.start for m in found}
    regions = {gazetteer.region(c) for m in found if m.kind is NameKind.DISTRICT for c in m.codes}
    named = []
    for m in _BARE.finditer(document.text) if len(regions) == 1 else ():
        codes = tuple(c for c in gazetteer.names.districts(m[0]) if gazetteer.region(c) in regions)
        if codes and m.start() not in taken:
            named.append(weighed(document, m.start(), m.end(), codes, NameKind.DISTRICT, SAID))
    yield from named if len(named) > 1 else ()


def _phones(document: Document, gazetteer: Gazetteer) -> Iterator[Mention]:
    for m in _PHONE.finditer(document.text):
        code = gazetteer.names.named(phone_codes().get(m["code"] or m["dashed"], ""))
        if code:
            yield Mention(m.start(), m.end(), m[0], (code,), NameKind.ADJECTIVE, PHONE)


def _sites(document: Document, gazetteer: Gazetteer) -> Iterator[Mention]:
    for m in _SITE.finditer(document.low):
        labels = m[0].split(".")[:-1]
        parts = (*labels, *(part for label in labels for part in label.split("-") if len(part) >= SHORTEST_PART))
        named = [name for part in parts if (name := sites().get(part))]
        code = gazetteer.names.named(named[0]) if named else None
        if code:
            yield Mention(m.start(), m.end(), m[0], (code,), NameKind.ADJECTIVE, SITE)
