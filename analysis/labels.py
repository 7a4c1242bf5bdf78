"""The place that names a text: which of the territories in it, and what it is called."""

import re
from dataclasses import dataclass, field

from analysis.document import Document
from analysis.gazetteer import Gazetteer, NameKind
from analysis.mentions import Mention
from analysis.names import district_stems
from analysis.patterns import cue
from analysis.placenames import adjective_stem, fold
from domain.readings import Evidence
from domain.territories import Territory, TerritoryKind

SAID = 1.8
REGIONAL = cue("region_wide")
_TYPE_WORDS = (
    (re.compile(r"муниципальн\w+\s+район", re.IGNORECASE), "муниципальный район"),
    (re.compile(r"городск\w+\s+округ", re.IGNORECASE), "городской округ"),
    (re.compile(r"муниципальн\w+\s+округ", re.IGNORECASE), "муниципальный округ"),
    (re.compile(r"район|р-н|м\.\s?р", re.IGNORECASE), "район"),
    (re.compile(r"округ|о\.", re.IGNORECASE), "округ"),
)


@dataclass
class Spot:
    """One candidate: everything said of it."""

    key: str
    code: str | None
    score: float = 0.0
    title: bool = False
    local: bool = False
    rural: bool = False
    within: frozenset[str] = frozenset()
    mentions: list[Mention] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chosen:
    label: str | None
    codes: tuple[str, ...]
    sure: bool
    evidence: tuple[Evidence, ...] = ()


def choose(document: Document, found: list[Mention], regions: tuple[str, ...], gazetteer: Gazetteer) -> Chosen:
    """The place within the regions, or none."""
    spots = _spots(found, regions, gazetteer)
    cities = [r for r in regions if gazetteer.by_code[r].short_name in ("Москва", "Санкт-Петербург", "Севастополь")]
    ranked = sorted(spots.values(), key=lambda s: -s.score)
    if cities and len(regions) == 1:
        return Chosen(gazetteer.by_code[cities[0]].short_name, (cities[0],), True)
    if not ranked or len(regions) > 1:
        return Chosen(None, (), len(regions) == 1)
    best = _best(ranked)
    if best.score < SAID:
        return Chosen(None, (), False)
    regional = _regional(document, found, regions, best, gazetteer)
    if not best.title and (regional or _several(best, ranked)) and not _strong(best, regional, ranked):
        return Chosen(None, (), False)
    if best.title and _several(best, ranked) and not best.rural:
        return Chosen(None, (), False)
    return _named(best, gazetteer, ranked)


def _spots(found: list[Mention], regions: tuple[str, ...], gazetteer: Gazetteer) -> dict[str, Spot]:
    spots: dict[str, Spot] = {}
    for m in sorted(found, key=lambda m: m.kind is NameKind.ADJECTIVE):
        key, code = _key(m, regions, gazetteer)
        if key is None or (m.kind is NameKind.ADJECTIVE and key not in spots):
            continue
        spot = spots.setdefault(key, Spot(key, code))
        weight = m.weight * (1.3 if m.local else 1.0)
        spot.score += weight if len(spot.mentions) < 3 else weight / 3
        spot.title |= m.title
        spot.local |= m.local
        spot.rural |= m.rural
        spot.within |= set(m.within) | set(gazetteer.ancestors(code) if code else ())
        spot.mentions.append(m)
    return spots


def _key(m: Mention, regions: tuple[str, ...], gazetteer: Gazetteer) -> tuple[str | None, str | None]:
    inside = [
        c for c in m.codes if gazetteer.region(c) in regions and gazetteer.by_code[c].kind is not TerritoryKind.REGION
    ]
    if inside:
        code = max(inside, key=lambda c: gazetteer.by_code[c].population)
        return code, code
    if m.codes or m.label is None:
        return None, None
    return m.label, None


def _best(ranked: list[Spot]) -> Spot:
    """The best scored; a rural municipality or a settlement in the headline before the district around it."""
    rural = [s for s in ranked if s.rural]
    if len(rural) == 1 and rural[0].score >= 3 and not ranked[0].rural:
        return rural[0]
    best = ranked[0]
    district = any(m.kind is NameKind.DISTRICT for m in best.mentions)
    inside = (s for s in ranked if s.title and best.code in s.within and (district or not best.title))
    return next(inside, best)


def _regional(
    document: Document, found: list[Mention], regions: tuple[str, ...], best: Spot, gazetteer: Gazetteer
) -> float:
    """How much the headline speaks of the region as a whole."""
    total = 6.0 if REGIONAL.search(document.low[: document.title_end]) else 0.0
    for m in found:
        if m.title and m.codes and all(c in regions for c in m.codes):
            own = (
                m.kind is NameKind.ADJECTIVE
                and best.code is not None
                and fold(m.words)[:4] == fold(gazetteer.by_code[best.code].short_name)[:4]
            )
            total += 0.0 if own else max(m.weight, 6.0)
    return total


def _several(best: Spot, ranked: list[Spot]) -> bool:
    apart = (s for s in ranked if s is not best and best.code not in s.within and s.code not in best.within)
    rivals = [s for s in apart if s.score >= 0.75 * best.score and s.title == best.title]
    return len(rivals) >= 2 or (len(rivals) == 1 and best.title)


def _strong(best: Spot, regional: float, ranked: list[Spot]) -> bool:
    """Said loudly, or the only place where the news of a region happens."""
    if best.local and len(ranked) == 1 and not any(m.rural for m in best.mentions):
        return True
    return best.score >= max(5.0, 1.2 * regional)


def _named(best: Spot, gazetteer: Gazetteer, ranked: list[Spot]) -> Chosen:
    first = best.mentions[0]
    evidence = tuple(Evidence("place", best.key, m.words, m.start) for m in best.mentions[:3])
    if best.code is None:
        around = next((s.code for s in ranked if s.code), None)
        label = first.label or first.words
        return Chosen(label, (around,) if around else (), best.score >= 2, evidence)
    territory = gazetteer.by_code[best.code]
    return Chosen(_label(territory, best), (best.code,), best.score >= 3, evidence)


def _own(m: Mention, territory: Territory) -> bool:
    """Not a district inside a town."""
    return (adjective_stem(fold(m.words.split()[0])) or "") in set(district_stems(territory))


def _label(territory: Territory, spot: Spot) -> str:
    """As the text calls it, in full: «Гиагинский муниципальный район» where it says so, else «Гиагинский район»."""
    districts = [m for m in spot.mentions if m.kind is NameKind.DISTRICT and _own(m, territory)]
    if any(m.title and m.kind is NameKind.TOWN for m in spot.mentions):
        return territory.short_name
    if not districts or spot.mentions[0].label:
        return (
            territory.centre
            if territory.centre and not districts and territory.short_name.endswith(("район", "округ"))
            else territory.short_name
        )
    adjective = re.sub(r"\s+(?:район|округ)$", "", territory.short_name)
    if not re.search(r"(?:ий|ый|ой)$", adjective):
        found = re.search(r"[А-ЯЁ][\w-]+(?:ий|ый|ой)\b", territory.name)
        adjective = found[0] if found else territory.short_name
    types = [name for m in districts for pattern, name in _TYPE_WORDS if pattern.search(m.words)]
    type_ = max(types, key=len, default="район")
    if type_ == "округ" and "округ" in territory.name:
        type_ = "городской округ" if "городской" in territory.name else "округ"
    return f"{adjective} {type_}"
