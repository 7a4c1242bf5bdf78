"""Where a text belongs: its region or regions, the place that names it, and the territories to tell about it.

Mentions vote. Sure ones settle the region, doubtful ones follow it; the place is the smallest territory that the
text is named by, none where it speaks of the whole region or of several municipalities alike.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from analysis.geography.gazetteer import Gazetteer, NameKind
from analysis.places import labels, mentions
from analysis.places.mentions import Mention, is_notable
from analysis.text.document import Document
from analysis.text.patterns import cue
from domain.readings import Evidence
from domain.territories import RUSSIA

_HEAD_ENDS = re.compile(r"\s?[:—–]|\n")
FEDERAL = cue("federal")
_FEDERAL_MATTER = cue("federal_matter")
CAPITALS = ("45000000", "40000000")
_ENOUGH, OWN = 0.35, 100
NAMED, GUESSED = 0.8, 0.5
"""With fewer votes a text names no region: where its source has a home, and where it has none and any guess helps."""
MOST = 4
"""More regions than these are a list, not the subject."""
_STATE = re.compile(r"субъект\w+ рф|правительств\w+ (?:рф|росси)|минстро|госдум|президент|по всей (?:стране|россии)")
"""Who speaks for the whole country names a village as an example."""
LOCAL = (NameKind.VILLAGE, NameKind.DISTRICT)
_PASSING = 4.5
"""One mention that is not in the headline: a venue or somebody's home where the text speaks of the country."""


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
    named, sure = regions(document, found, gazetteer, home)
    if named == (RUSSIA,):
        return Placed(named, None, named, _evidence(found, named, gazetteer), () if sure else ("region",))
    chosen = labels.choose(document, found, named, gazetteer)
    doubts = (() if sure else ("region",)) + (() if chosen.sure else ("place",))
    territories = chosen.codes or named
    return Placed(named, chosen.label, territories, (*_evidence(found, named, gazetteer), *chosen.evidence), doubts)


def regions(
    document: Document, found: list[Mention], gazetteer: Gazetteer, home: str | None
) -> tuple[tuple[str, ...], bool]:
    """The regions that the mentions tell, and whether surely."""
    return _regions(
        document, found, _votes(found, gazetteer, gazetteer.region(home) if home else None), gazetteer, home
    )


def _votes(found: list[Mention], gazetteer: Gazetteer, home: str | None) -> dict[str, float]:
    votes: dict[str, float] = defaultdict(float)
    doubtful = []
    for m in found:
        regions = {r for c in m.codes if (r := gazetteer.region(c))}
        weight = m.weight / 2 if _is_small(m, gazetteer) else m.weight
        if len(regions) == 1:
            votes[regions.pop()] += weight
        elif regions:
            doubtful.append((m, weight, regions))
    for m, weight, regions in doubtful:
        known = {r: votes[r] for r in regions if votes.get(r, 0) >= 1}
        if known:
            votes[max(known, key=lambda r: known[r])] += weight / 2
        elif home in regions:
            votes[str(home)] += weight
        else:
            _share(votes, m, weight, gazetteer)
    return votes


def _is_small(m: Mention, gazetteer: Gazetteer) -> bool:
    """A village that is no centre: what no table knows beside it may be another one of its name."""
    return m.kind is NameKind.VILLAGE and not is_notable(gazetteer, m.codes, towns=m.label is None)


def _share(votes: dict[str, float], m: Mention, weight: float, gazetteer: Gazetteer) -> None:
    """A name of several regions goes to each by its people; Курский район is rather that of Курская область."""
    people: dict[str, int] = defaultdict(int)
    own = gazetteer.names.regional(m.words) if m.kind is NameKind.DISTRICT else ()
    for code in m.codes:
        region = str(gazetteer.region(code))
        people[region] += (gazetteer.by_code[code].population + 1000) * (OWN if region in own else 1)
    total = sum(people.values())
    for region, count in people.items():
        votes[region] += weight * count / total


def _regions(
    document: Document, found: list[Mention], votes: dict[str, float], gazetteer: Gazetteer, home: str | None
) -> tuple[tuple[str, ...], bool]:
    ranked = sorted(votes, key=lambda r: -votes[r])
    federal = len(FEDERAL.findall(document.low))
    if not ranked or votes[ranked[0]] < (NAMED if home else GUESSED) or _is_passing(ranked[0], found, gazetteer, home):
        countrywide = not any(m.rural for m in found) and bool(federal or _FEDERAL_MATTER.search(document.low))
        return _unnamed(gazetteer, home, countrywide, sure=federal > 1)
    headed = _heading_lines(document, found)
    if len(headed) > 1:
        return headed, False
    both = _in_title(found, gazetteer)
    if 1 < len(both) <= MOST and all(votes[r] >= 0.4 / len(both) * sum(votes.values()) for r in both):
        return tuple(sorted(both, key=lambda r: (-votes[r], r))), False
    best = _not_the_venue(ranked, votes, both)
    share = votes[best] / sum(votes.values())
    titled = any(m.title for m in found if best in {gazetteer.region(c) for c in m.codes})
    local = not _STATE.search(document.low) and any(m.kind in LOCAL for m in found if _tells(m, best, gazetteer))
    if federal >= 2 and not titled and (share < _ENOUGH or best in CAPITALS or (votes[best] < _PASSING and not local)):
        return (RUSSIA,), False
    return (best,), share >= _ENOUGH


def _tells(m: Mention, region: str, gazetteer: Gazetteer) -> bool:
    return region in {gazetteer.region(c) for c in m.codes}


def _is_passing(region: str, found: list[Mention], gazetteer: Gazetteer, home: str | None) -> bool:
    """One adjective alone, «городецкая роспись», moves no text away from the home of its source."""
    if home is None or gazetteer.region(home) == region:
        return False
    telling = [m for m in found if _tells(m, region, gazetteer)]
    return len(telling) == 1 and telling[0].kind is NameKind.ADJECTIVE


def _unnamed(gazetteer: Gazetteer, home: str | None, federal: bool, *, sure: bool) -> tuple[tuple[str, ...], bool]:
    region = gazetteer.region(home) if home else None
    if region:
        return (region,), False
    return ((RUSSIA,), sure) if federal else ((), False)


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


def _heading_lines(document: Document, found: list[Mention]) -> tuple[str, ...]:
    """Regions that begin a line each: a text in parts, one a region."""
    text = document.text
    heads = (m for m in found if m.kind is NameKind.REGION and len(m.codes) == 1 and not m.title)
    begun = (m for m in heads if text[: m.start].rstrip(" •—–-").endswith("\n") and _HEAD_ENDS.match(text, m.end))
    return tuple(dict.fromkeys(m.codes[0] for m in begun))


def _evidence(found: list[Mention], regions: tuple[str, ...], gazetteer: Gazetteer) -> tuple[Evidence, ...]:
    telling = [m for m in found if any(gazetteer.region(c) in regions for c in m.codes)]
    strongest = sorted(telling, key=lambda m: -m.weight)[:4]
    return tuple(Evidence("region", str(gazetteer.region(m.codes[0])), m.words, m.start) for m in strongest)
