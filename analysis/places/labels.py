"""The place that names a text, as the text calls it."""

import re
from dataclasses import dataclass

from analysis.geography.gazetteer import Gazetteer, NameKind
from analysis.geography.placenames import adjective_stem, masculine
from analysis.places import ranking
from analysis.places.candidates import Spot, gather
from analysis.places.mentions import Mention
from analysis.text.document import Document
from analysis.text.spelling import fold
from domain.readings import Evidence
from domain.territories import Territory

CITIES = ("Москва", "Санкт-Петербург", "Севастополь")
SURE = 1.0
"""By so much the best must outdo the next."""
_TYPE_WORDS = (
    (re.compile(r"муниципальн\w+\s+район|м\.\s?р", re.IGNORECASE), "муниципальный район"),
    (re.compile(r"городск\w+\s+округ|г\.\s?о", re.IGNORECASE), "городской округ"),
    (re.compile(r"муниципальн\w+\s+округ|м\.\s?о", re.IGNORECASE), "муниципальный округ"),
    (re.compile(r"улус", re.IGNORECASE), "улус"),
    (re.compile(r"кожуун", re.IGNORECASE), "кожуун"),
    (re.compile(r"район|р-н|рмо", re.IGNORECASE), "район"),
    (re.compile(r"округ|о\.", re.IGNORECASE), "округ"),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    label: str | None
    codes: tuple[str, ...]
    sure: bool
    evidence: tuple[Evidence, ...] = ()


def choose(document: Document, found: list[Mention], regions: tuple[str, ...], gazetteer: Gazetteer) -> Chosen:
    """The place within the regions, or none; without a region a settlement that no table knows."""
    if len(regions) > 1:
        return Chosen(None, (), False)
    if regions and gazetteer.by_code[regions[0]].short_name in CITIES:
        return Chosen(gazetteer.by_code[regions[0]].short_name, regions, True)
    spots = gather(found, regions, gazetteer)
    best, margin = ranking.best(document, found, regions, spots, gazetteer)
    if best is None:
        return Chosen(None, (), not spots or margin > SURE)
    evidence = tuple(Evidence("place", best.key, m.words, m.start) for m in best.mentions[:3])
    return Chosen(label(best, gazetteer), _filed(best, spots), margin > SURE, evidence)


def _filed(best: Spot, spots: list[Spot]) -> tuple[str, ...]:
    """The territories to tell: what no table knows goes to the district named with it."""
    if best.code:
        return (best.code,)
    around = [s.code for s in spots if s.code]
    stated = [c for c in around if c in best.within]
    return tuple((stated or around)[:1])


def label(spot: Spot, gazetteer: Gazetteer) -> str:
    """As the text calls it, in full: «Гиагинский муниципальный район» where it says so, else «Гиагинский район»."""
    said = next((m.label for m in spot.mentions if m.label), None)
    if spot.code is None:
        return said or spot.key
    territory = gazetteer.by_code[spot.code]
    if spot.key != spot.code:
        return spot.key
    if said and not spot.said(NameKind.DISTRICT):
        return said
    districts = [m for m in spot.mentions if m.kind is NameKind.DISTRICT and _own(m, territory, gazetteer)]
    if districts and not spot.said(NameKind.TOWN):
        return _district(districts, territory)
    return territory.short_name


def _own(m: Mention, territory: Territory, gazetteer: Gazetteer) -> bool:
    """Not a district inside a town."""
    return territory.code in gazetteer.names.districts(_adjective_in(m))


def _adjective_in(m: Mention) -> str:
    """«Сергиевский» also in «муниципальный район Сергиевский»."""
    return next((w for w in m.words.replace("«", " ").split() if w[0].isupper() and adjective_stem(fold(w))), m.words)


def _district(districts: list[Mention], territory: Territory) -> str:
    adjective = re.sub(r"\s+(?:район|округ)$", "", territory.short_name)
    if not re.search(r"(?:ий|ый|ой)$", adjective):
        official = re.search(r"[А-ЯЁ][\w-]+(?:ий|ый|ой)\b", territory.name)
        adjective = (
            official[0]
            if official
            else masculine((adjective_stem(fold(_adjective_in(districts[0]))) or adjective).capitalize())
        )
    types = [name for m in districts for pattern, name in _TYPE_WORDS if pattern.search(m.words)]
    type_ = max(types, key=len, default="район")
    if type_ == "округ" and "округ" in territory.name:
        type_ = "городской округ" if "городской" in territory.name else "муниципальный округ"
    return f"{adjective} {type_}"
