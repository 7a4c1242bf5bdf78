"""Where a text belongs: its region or regions, the place that names it, and the territories to tell about it.

Mentions vote. Sure ones settle the region, doubtful ones follow it; the place is the smallest territory that the
text is named by, none where it speaks of the whole region or of several municipalities alike.
"""

from collections import defaultdict
from dataclasses import dataclass

from analysis import labels, mentions
from analysis.document import Document
from analysis.gazetteer import Gazetteer, NameKind
from analysis.mentions import Mention
from analysis.patterns import cue
from domain.readings import Evidence
from domain.territories import RUSSIA

FEDERAL = cue("federal")
CAPITALS = ("45000000", "40000000")
_ENOUGH = 0.35
SMALL = 2.3
"""Villages of one name are many: what no table knows beside it may be another one."""
FEW, COMMON = 1, 0.5
"""A village name of more regions than that tells half as much."""


@dataclass(frozen=True, slots=True)
class Placed:
    """``regions`` and ``territories`` are codes; ``place`` a name."""

    regions: tuple[str, ...]
    place: str | None
    territories: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[str, ...] = ()


def place(document: Document, gazetteer: Gazetteer, home: str | None) -> Placed:
    """Where the text belongs; ``home`` decides only where the text does not."""
    found = mentions.find(document, gazetteer)
    votes = _votes(found, gazetteer, gazetteer.region(home) if home else None)
    regions, sure = _regions(document, found, votes, gazetteer, home)
    if regions == (RUSSIA,) or not regions:
        return Placed(regions, None, regions, _evidence(found, regions, gazetteer), () if sure else ("region",))
    chosen = labels.choose(document, found, regions, gazetteer)
    doubts = (() if sure else ("region",)) + (() if chosen.sure else ("place",))
    territories = chosen.codes or regions
    return Placed(regions, chosen.label, territories, (*_evidence(found, regions, gazetteer), *chosen.evidence), doubts)


def _votes(found: list[Mention], gazetteer: Gazetteer, home: str | None) -> dict[str, float]:
    votes: dict[str, float] = defaultdict(float)
    doubtful = []
    for m in found:
        regions = {r for c in m.codes if (r := gazetteer.region(c))}
        if len(regions) == 1:
            votes[regions.pop()] += m.weight if m.kind is not NameKind.VILLAGE or m.weight > SMALL else m.weight / 2
        elif regions:
            doubtful.append((m, regions))
    for m, regions in doubtful:
        known = {r: votes[r] for r in regions if votes.get(r, 0) >= 1}
        if known:
            votes[max(known, key=lambda r: known[r])] += m.weight / 2
        elif home in regions:
            votes[str(home)] += m.weight
        else:
            _share(votes, m, gazetteer, COMMON if m.kind is NameKind.VILLAGE and len(regions) > FEW else 1.0)
    return votes


def _share(votes: dict[str, float], m: Mention, gazetteer: Gazetteer, part: float) -> None:
    """A name of several regions goes to each by the number of people it stands for."""
    people: dict[str, int] = defaultdict(int)
    for code in m.codes:
        people[str(gazetteer.region(code))] += gazetteer.by_code[code].population + 1000
    total = sum(people.values())
    for region, count in people.items():
        votes[region] += part * m.weight * count / total


def _regions(
    document: Document, found: list[Mention], votes: dict[str, float], gazetteer: Gazetteer, home: str | None
) -> tuple[tuple[str, ...], bool]:
    ranked = sorted(votes, key=lambda r: -votes[r])
    federal = len(FEDERAL.findall(document.low))
    if not ranked or votes[ranked[0]] < 0.8:
        return _unnamed(gazetteer, home, federal)
    both = _in_title(found, gazetteer)
    if len(both) == 2 and all(votes[r] >= 0.2 * sum(votes.values()) for r in both):
        return tuple(sorted(both, key=lambda r: -votes[r])), False
    best = _not_the_venue(ranked, votes, both)
    share = votes[best] / sum(votes.values())
    titled = any(m.title for m in found if best in {gazetteer.region(c) for c in m.codes})
    if federal >= 2 and not titled and (share < _ENOUGH or best in CAPITALS):
        return (RUSSIA,), False
    return (best,), share >= _ENOUGH


def _unnamed(gazetteer: Gazetteer, home: str | None, federal: int) -> tuple[tuple[str, ...], bool]:
    region = gazetteer.region(home) if home else None
    if region:
        return (region,), False
    return ((RUSSIA,), federal > 1) if federal else ((), False)


def _not_the_venue(ranked: list[str], votes: dict[str, float], titled: set[str]) -> str:
    """Delegations travel to the capitals: another region that the text names well enough is the subject."""
    best = ranked[0]
    if best in CAPITALS and len(ranked) > 1:
        other = ranked[1]
        if votes[other] >= 0.5 * votes[best] and (other in titled or best not in titled):
            return other
    return best


def _in_title(found: list[Mention], gazetteer: Gazetteer) -> set[str]:
    regions = set()
    for m in found:
        named = {str(gazetteer.region(c)) for c in m.codes if gazetteer.region(c)}
        if m.title and len(named) == 1 and not named & set(CAPITALS) and (m.kind is NameKind.REGION or m.weight >= 2):
            regions |= named
    return regions


def _evidence(found: list[Mention], regions: tuple[str, ...], gazetteer: Gazetteer) -> tuple[Evidence, ...]:
    telling = [m for m in found if any(gazetteer.region(c) in regions for c in m.codes)]
    strongest = sorted(telling, key=lambda m: -m.weight)[:4]
    return tuple(Evidence("region", str(gazetteer.region(m.codes[0])), m.words, m.start) for m in strongest)
