"""Every name of a territory in a text, weighed by where and how it stands: headline, lead, street, surname, foot of a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from analysis import capitals, settlements
from analysis.declension import forms
from analysis.document import Document
from analysis.gazetteer import Gazetteer, NameKind
from analysis.innercity import inner_districts, phone_codes
from analysis.lemmas import morph
from analysis.placenames import adjective_stem, fold
from domain.territories import TerritoryKind

WEIGHTS = {
    NameKind.REGION: 3.0, NameKind.DISTRICT: 3.0, NameKind.TOWN: 3.0, NameKind.VILLAGE: 1.0, NameKind.WEAK: 0.8,
    NameKind.ADJECTIVE: 1.0,
}  # fmt: skip
TITLE, LEAD, FOOT = 2.0, 1.4, 0.5
TOWN, CITY = 10_000, 50_000
LEAD_LENGTH = 300
_STREET = re.compile(
    r"(?:\b(?:ул|улиц[аыеу]|пр|просп|проспект|пр-т|пер|переулок|пл|ш|шоссе|наб|бульвар|б-р|тракт|проезд|имени|им)\.?\s*(?:[А-ЯЁ]\.\s?)?)$",
    re.IGNORECASE,
)
_SQUARE = re.compile(
    r"\b(?:площад\w{1,2}|набережн\w+|проспект\w+|переул\w+|сквер\w{0,2}|парк\w{0,2}|алле\w{1,2}|шоссе|бульвар\w+|по|через|на|угол|угл[уа]|до|от)\s+$",
    re.IGNORECASE,
)
_LEANS = re.compile(r"(?:\b(?:в|во|из|под|г\.|город\w{0,3})\s?|\b[а-яё]{4,}\s)$")
_STREET_AFTER = re.compile(
    r"\s+(?:врем|улиц|ул\b|просп|пр\.|пр-т|шоссе|тракт|площад|набережн|переул|пер\.|мост|вокзал|бульвар|проезд|водоканал|РЭС\b|драмтеатр|сквер|парк\b|рын)"
)
_FOOT = re.compile(
    r"(?:официальн\w+ сайт|портал|все права|редакци|©|источник|подписывай|наш канал|автор\b|фото\b|информагентств|ИА\b|/НИА)",
    re.IGNORECASE,
)
_AFFILIATION = re.compile(
    r"(?:\b(?:глав[аыеу]|мэр\w?|депутат\w{0,3}|председател\w{1,2}|начальник\w?|министр\w?|губернатор\w?|житель\w*|уроженец|руководител\w+|"
    r"директор\w?|представител\w+|дума|совет\w?|мин\w+)\s+(?:[а-яё]+\s+){0,3})$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:из|от|родом из|уроженец)\s+(?:г\.\s?|города\s+|[сС]ела\s+)?$", re.IGNORECASE)
_IN = re.compile(r"\b(?:в|во|по|на)\s+(?:г\.\s?|гор\.\s?|городе\s+|городском округе\s+(?:город\s+)?)?$", re.IGNORECASE)
_TOWN_SIGN = re.compile(
    r"(?:\bг\.|\bгор\.|\bгород\w{0,3}|\bго|\bГО|ЗАТО(?: г\.)?|столиц\w+|г|округ\w*|образовани\w+|МО)\s?[«\"]?$",
    re.IGNORECASE,
)
_DISTRICT_AFTER = re.compile(
    r",?\s+([А-ЯЁ][\w-]+(?:ского|цкого|ном|ного|ском|ский))\s+(?:муниципальн\w+\s+|городск\w+\s+)?(?:район|округ)"
)
_PHONE = re.compile(r"\((?P<code>[3-8]\d{2})\d{0,2}\)|\b8[- ](?P<dashed>[348]\d{2})\d{0,2}[- ]")
_CAPITALISED = re.compile(r"[А-ЯЁ][а-яё-]+(?: [А-ЯЁ][а-яё-]+)?")
_INITIAL = re.compile(r"\b[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.\s?)?$")
_NEXT_WORD = re.compile(r"[ ]([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)")
_PREVIOUS_WORD = re.compile(r"([А-ЯЁ][а-яё]+)[ ]$")


@dataclass(frozen=True, slots=True)
class Mention:
    """One name: the territories it may mean (none for settlements no table knows), its label and its weight."""

    start: int
    end: int
    words: str
    codes: tuple[str, ...]
    kind: NameKind
    weight: float
    label: str | None = None
    """What the place is called if no table tells: nominative, with its kind."""
    rural: bool = False
    title: bool = False
    local: bool = False
    """After «в», «на», «по»: where something is."""
    typed: bool = False


def find(document: Document, gazetteer: Gazetteer) -> list[Mention]:
    """All mentions in the order of the text."""
    text = document.text
    settled = list(settlements.find(text))
    strangers = {s.oblique for s in settled if not s.rural and not _within(gazetteer, s, text)}
    found = [mention for s in settled for mention in _settled(document, gazetteer, s, known=s.oblique not in strangers)]
    unknown = {m.label for m in found if m.label and not m.codes and not m.rural}
    for match in gazetteer.find(text):
        if any(s.start <= match.start < s.end for s in settled) or _byline(text, match.start):
            continue
        mention = _named(document, gazetteer, match)
        if mention and not (mention.kind is NameKind.VILLAGE and any(match.words in forms(name) for name in unknown)):
            found.append(mention)
    found += [
        _weighed(document, m.start(), m.end(), (), NameKind.VILLAGE, 2.0, name)
        for m in _CAPITALISED.finditer(document.title)
        for name in unknown
        if m[0] in forms(name)
    ]
    found += _inner(document, gazetteer, found)
    found += _phones(text, gazetteer)
    found += capitals.find(document, gazetteer, found, _weighed)
    return sorted(found, key=lambda m: m.start)


def _byline(text: str, start: int) -> bool:
    """A line of a town, a date and an hour tells where it was written, not what of."""
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", start) + 1 or len(text) + 1) - 1]
    return (
        bool(re.fullmatch(r"\(?[А-ЯЁ][\w -]{2,25},?\s+\d{1,2}[. ][\w.]{2,9}(?:[. ]\d{2,4})?.{0,25}", line))
        and "\n" in text[:start]
    )


def _within(gazetteer: Gazetteer, s: settlements.Settled, text: str) -> bool:
    """Whether the gazetteer's place of that name lies in the district named right after: «деревни Городня Батецкого округа»."""
    following = _DISTRICT_AFTER.match(text, s.end)
    around = gazetteer.districts(following[1]) if following else ()
    codes = gazetteer.exact(s.oblique)
    return not around or not codes or any(a in gazetteer.path(c) for c in codes for a in around)


def _settled(document: Document, gazetteer: Gazetteer, s: settlements.Settled, *, known: bool) -> Iterator[Mention]:
    codes = () if s.rural or not known else gazetteer.exact(s.oblique)
    label = s.name
    if codes:
        label = (
            gazetteer.by_code[codes[0]].short_name
            if gazetteer.by_code[codes[0]].kind is TerritoryKind.SETTLEMENT
            else s.name
        )
    weight = 3.0 if s.rural else 2.0
    yield _weighed(document, s.start, s.end, codes, NameKind.VILLAGE, weight, label, rural=s.rural, typed=True)
    around = gazetteer.districts(s.oblique) if s.rural else ()
    if around:
        yield _weighed(document, s.start, s.end, around, NameKind.ADJECTIVE, 0.8, None)


def _named(document: Document, gazetteer: Gazetteer, match: "Match") -> Mention | None:  # type: ignore[name-defined]  # noqa: F821
    text, before = document.text, document.text[max(0, match.start - 60) : match.start]
    typed = bool(_TOWN_SIGN.search(before))
    if _STREET.search(before) or _STREET_AFTER.match(text, match.end):
        return None
    if match.kind in (NameKind.TOWN, NameKind.VILLAGE, NameKind.WEAK) and not typed:
        if _is_person(text, match.start, match.end) or (_INITIAL.search(before)):
            return None
        if _after_person(text, match.start, match.words):
            return None
        if is_ordinary(match.words) and not _upright(document, match.start):
            return None
    codes = match.codes
    if match.kind is NameKind.DISTRICT:
        if (
            re.search(r"(?:районы|округа|районов|округов|районах|округах|районам|округам)$", match.words)
            and not match.listed
        ):
            regional = gazetteer.regional(match.words)
            if regional and len(re.findall(r"\S+", match.words)) == 2:
                return _weighed(document, match.start, match.end, regional, NameKind.ADJECTIVE, 1.0, None)
        cities = (
            inner_districts().get(adjective_stem(fold(match.words.split()[0])) or "", ())
            if "район" in match.words
            else ()
        )
        codes += tuple(c for city in cities for c in gazetteer.town(city) if c not in codes)
    weight = WEIGHTS.get(match.kind, 0.5)
    if match.kind is NameKind.VILLAGE and (
        typed or " " in match.words or any(_notable(gazetteer, c) for c in match.codes)
    ):
        weight = 2.4
    city = any(gazetteer.by_code[c].population >= CITY for c in match.codes)
    if is_ordinary(match.words) and match.kind in (NameKind.TOWN, NameKind.VILLAGE) and not typed and not city:
        weight *= 0.4
    return _weighed(document, match.start, match.end, codes, match.kind, weight, None, typed=typed)


def _notable(gazetteer: Gazetteer, code: str) -> bool:
    """A town, or the centre of a district: named without its kind as towns are."""
    t = gazetteer.by_code[code]
    centre = gazetteer.by_code[t.parent].centre if t.parent else None
    return t.population >= TOWN or t.short_name == centre or t.kind is TerritoryKind.MUNICIPALITY


def _after_person(text: str, start: int, word: str) -> bool:
    """A street or an institution called after somebody: «через Кирова, Белинского», «площадь Фрунзе»."""
    before = text[max(0, start - 20) : start]
    if not (_in_surnames(word) or is_ordinary(word)):
        return False
    if _SQUARE.search(before):
        return True
    oblique = word[-1] in "аяуюоей" and not re.search(r"(?:ов|ин|ев)о$", word)
    return oblique and not _LEANS.search(before)


def _upright(document: Document, start: int) -> bool:
    """Capitalised though no sentence begins here: a name, not a word."""
    before = document.text[max(0, start - 3) : start]
    return bool(re.search(r"[а-яё,–—-]\s$", before))


def _weighed(
    document: Document, start: int, end: int, codes: tuple[str, ...], kind: NameKind, weight: float, label: str | None,
    *, rural: bool = False, typed: bool = False,
) -> Mention:  # fmt: skip
    text = document.text
    before = text[max(0, start - 60) : start]
    title = start < document.title_end
    if title:
        weight *= TITLE
    elif start < document.title_end + LEAD_LENGTH:
        weight *= LEAD
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if not title and len(line) < 160 and _FOOT.search(line):
        weight *= FOOT
    if kind is not NameKind.REGION and (_AFFILIATION.search(before) or _FROM.search(before)) and not title:
        weight *= FOOT
    if kind is not NameKind.ADJECTIVE and _quoted(text, start, end):
        weight *= FOOT
    return Mention(
        start, end, text[start:end], codes, kind, weight, label, rural, title, bool(_IN.search(before)), typed
    )


def _quoted(text: str, start: int, end: int) -> bool:
    """Within a name in quotes that is more than the place: «Вестник Земетчинского района», «Развитие Тамбовщины»."""
    opened = max(text.rfind("«", max(0, start - 80), start), text.rfind('"', max(0, start - 80), start))
    if (
        opened < 0
        or "»" in text[opened:start]
        or re.search(r"(?:МО|образовани\w+|сельсовет|округ\w*|район\w*)\s?$", text[max(0, opened - 16) : opened])
    ):
        return False
    return text[opened + 1 : start].strip() != "" or not text[end : end + 1] == "»"


@lru_cache(20_000)
def is_ordinary(word: str) -> bool:
    """Whether the word is in the language apart from names: Мирный, Победа, Находка."""
    low = word.lower()
    if " " in word or "-" in word or not morph().word_is_known(low):
        return False
    names = ("Geox", "Surn", "Name", "Patr", "Orgn")
    parses = [p for p in morph().parse(low) if p.score >= 0.1]
    return any(not any(name in p.tag for name in names) for p in parses)


@lru_cache(20_000)
def _in_surnames(word: str) -> bool:
    return any("Surn" in p.tag or "Name" in p.tag for p in morph().parse(word.lower()))


@lru_cache(20_000)
def _personal(word: str) -> bool:
    return any(("Name" in p.tag or "Patr" in p.tag) and p.score >= 0.2 for p in morph().parse(word.lower()))


@lru_cache(20_000)
def _family(word: str) -> bool:
    return any("Surn" in p.tag or "Patr" in p.tag for p in morph().parse(word.lower())) or bool(
        re.search(r"(?:ов|ев|ёв|ин|ын|ский|цкий|ова|ева|ина|ская|енко|ых|их|ук|юк|ян|дзе|швили)(?:а|у|ым|ой|е)?$", word)
    )


def _is_person(text: str, start: int, end: int) -> bool:
    """A first name before a surname («Владимир Голдин») or a surname after a first name («Сергей Киров»)."""
    word = text[start:end]
    following, previous = _NEXT_WORD.match(text, end), _PREVIOUS_WORD.search(text[max(0, start - 25) : start])
    if following and _personal(word) and _family(following[1]):
        return True
    return bool(previous and _personal(previous[1]) and (_family(word) or _in_surnames(word)))


def _inner(document: Document, gazetteer: Gazetteer, found: list[Mention]) -> Iterator[Mention]:
    """Districts inside large towns: «Автозаводский район» tells Нижний Новгород or Тольятти."""
    taken = {m.start for m in found if m.kind is NameKind.DISTRICT}
    for m in re.finditer(r"([А-ЯЁ][\w-]+)\s+(?:район\w{0,3}|р-н\w?|внутригородск\w+)\b", document.text):
        stem = adjective_stem(fold(m[1]))
        cities = inner_districts().get(stem or "", ())
        codes = tuple(code for city in cities for code in gazetteer.town(city))
        if codes and m.start() not in taken:
            yield _weighed(document, m.start(), m.end(), codes, NameKind.TOWN, 1.0, None)


def _phones(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    for m in _PHONE.finditer(text):
        code = gazetteer.named(phone_codes().get(m["code"] or m["dashed"], ""))
        if code:
            yield Mention(m.start(), m.end(), m[0], (code,), NameKind.ADJECTIVE, 0.9)
