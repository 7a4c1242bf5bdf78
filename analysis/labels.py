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

SAID, PEOPLE = 1.8, 0.8
NAMESAKE, BESIDE = 5, 12
MANY = 4
"""So many places in news of a region are examples, however often one of them is named."""
ALIKE, LISTED = 0.75, 0.5
"""Of the best score: what another place needs to be as much the subject, and one that is enumerated with it."""
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
    ranked = sorted(spots.values(), key=lambda s: -s.score) or _by_people(found, regions, gazetteer)
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
    if _enumerated(best, ranked) or (best.title and _several(best, ranked) and not best.rural):
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


def _by_people(found: list[Mention], regions: tuple[str, ...], gazetteer: Gazetteer) -> list[Spot]:
    """A town that only its people tell of: «Южносахалинцы голосуют»; ульяновцы may be the people of the region."""
    told: dict[str, Spot] = {}
    regional = {fold(gazetteer.by_code[r].name)[:NAMESAKE] for r in regions}
    for m in found:
        key, code = _key(m, regions, gazetteer)
        if code is not None and key is not None and fold(gazetteer.by_code[code].short_name)[:NAMESAKE] not in regional:
            spot = told.setdefault(key, Spot(key, code))
            spot.score += m.weight + PEOPLE
            spot.title |= m.title
            spot.mentions.append(m)
    return sorted(told.values(), key=lambda s: -s.score)


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
    best = _around(ranked)
    district = any(m.kind is NameKind.DISTRICT for m in best.mentions)
    inside = (s for s in ranked if s.title and best.code in s.within and (district or not best.title))
    return next(inside, best)


def _around(ranked: list[Spot]) -> Spot:
    """The best scored, or the district around it where the text goes through several villages of that district."""
    best = ranked[0]
    if best.title or best.rural or any(m.kind is NameKind.DISTRICT for m in best.mentions):
        return best
    districts = (s for s in ranked if s.code in best.within and any(m.kind is NameKind.DISTRICT for m in s.mentions))
    district = next(districts, None)
    others = [s for s in ranked if s is not best and district and (district.code in s.within or s.code is None)]
    return district if district and others else best


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
                and fold(m.words)[:4] in {word[:4] for word in fold(gazetteer.by_code[best.code].short_name).split()}
            )
            total += 0.0 if own else max(m.weight, 6.0)
    return total


def _several(best: Spot, ranked: list[Spot]) -> bool:
    apart = (s for s in ranked if s is not best and best.code not in s.within and s.code not in best.within)
    rivals = [s for s in apart if s.score >= ALIKE * best.score and s.title == best.title]
    return len(rivals) >= 2 or (len(rivals) == 1 and best.title)


def _enumerated(best: Spot, ranked: list[Spot]) -> bool:
    """First named with others: «жители Харабалинского и Икрянинского районов»."""
    if not _is_listed(best) or best.title:
        return False
    return any(s.score >= LISTED * best.score for s in ranked if s is not best and _in_enumeration(s, best))


def _is_listed(spot: Spot) -> bool:
    """A district whose kind is said only after the next one's name."""
    first = spot.mentions[0]
    return first.kind is NameKind.DISTRICT and not any(pattern.search(first.words) for pattern, _ in _TYPE_WORDS[3:])


def _in_enumeration(spot: Spot, best: Spot) -> bool:
    first = spot.mentions[0]
    return first.kind is NameKind.DISTRICT and 0 < first.start - best.mentions[0].end < BESIDE


def _strong(best: Spot, regional: float, ranked: list[Spot]) -> bool:
    """Said loudly, or the only place where the news of a region happens."""
    if best.local and len(ranked) == 1 and not any(m.rural for m in best.mentions):
        return True
    said = [s for s in ranked if s.score >= SAID]
    return best.score >= max(5.0, 1.2 * regional) and not (regional and len(said) >= MANY)


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
