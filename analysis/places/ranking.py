"""Which candidate names a text: a linear score over what is said of each, «none» being a candidate too.

The weights stand in data/places.txt; `python -m bench places --write` learns them from the labelled sets.
"""

import math
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from analysis.geography.gazetteer import Gazetteer, NameKind
from analysis.places.candidates import Spot
from analysis.places.capitals import capital
from analysis.places.weighing import LEAD_LENGTH, Mark, Mention
from analysis.text.document import Document
from analysis.text.patterns import cue

Features = dict[str, float]
NEAR = 4
_PLURAL = re.compile(r"(?:район|округ)(?:ы|а|ов|ах|ам)$|(?:[сц]к|н)(?:ого|ом|ий|ому|им)$")
"""«Майского» of «Майского и Прохладненского районов» stands without its kind."""
STANCES = (
    Mark.INSIDE,
    Mark.OFFICE,
    Mark.FOOT,
    Mark.QUOTED,
    Mark.ADDRESS,
    Mark.VENUE,
    Mark.LISTED,
    Mark.TYPED,
    Mark.RANK,
)


def best(
    document: Document, found: Sequence[Mention], regions: tuple[str, ...], spots: Sequence[Spot], gazetteer: Gazetteer
) -> tuple[Spot | None, float]:
    """The candidate that outdoes the others and by how much; None where the region as a whole does."""
    told = features(document, found, regions, spots, gazetteer)
    ranked = sorted(((score(one), i - 1) for i, one in enumerate(told)), reverse=True)
    first, i = ranked[0]
    margin = first - ranked[1][0] if len(ranked) > 1 else first
    return (spots[i] if i >= 0 else None), margin


def features(
    document: Document, found: Sequence[Mention], regions: tuple[str, ...], spots: Sequence[Spot], gazetteer: Gazetteer
) -> list[Features]:
    """Of «none», then of each candidate."""
    none = of_none(document, found, regions, spots)
    regional = "none: region's share" in none or "none: regional words" in none
    return [none, *(of_spot(s, spots, gazetteer, regional=regional) for s in spots)]


def score(features: Features) -> float:
    return sum(weights().get(name, 0.0) * value for name, value in features.items())


@cache
def weights() -> Features:
    lines = files("analysis.data").joinpath("places.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.rsplit(maxsplit=1) for line in lines if line and not line.startswith("#"))
    return {name: float(weight) for name, weight in pairs}


def of_spot(spot: Spot, spots: Sequence[Spot], gazetteer: Gazetteer, *, regional: bool) -> Features:
    """What speaks for or against a candidate; ``regional``: the text speaks of the region, too."""
    named = any(m.title and m.kind is not NameKind.ADJECTIVE for m in spot.mentions)
    others = [s for s in spots if s is not spot]
    around = [s for s in others if s.code in spot.within]
    below = [s for s in others if spot.code in s.within]
    rivals = [s for s in others if s.apart(spot)]
    strongest = max((s.weight for s in rivals), default=0.0)
    first = next((s for s in spots if s.title), None)
    people = all(Mark.PEOPLE in m.marks for m in spot.mentions)
    found = {
        spot.kind: 1.0,
        f"only {spot.kind}": float(all(s.kind != spot.kind for s in others)),
        "title": float(spot.title),
        f"title {spot.kind}": float(named),
        "first in title": float(spot is first),
        "first": float(spot is spots[0]),
        "lead": float(any(Mark.LEAD in m.marks for m in spot.mentions)),
        "count": math.log1p(len(spot.mentions)),
        "weight": math.log1p(spot.weight),
        "share": spot.weight / (spot.weight + sum(s.weight for s in rivals)),
        "against strongest": spot.weight / (spot.weight + strongest),
        "inside a candidate": float(bool(around)),
        "inside one in title": float(any(s.title for s in around)),
        "around candidates": min(len(below), 3),
        "around one in title": float(any(s.title for s in below)),
        "rivals": min(sum(s.weight >= 0.5 * spot.weight for s in rivals), 3),
        "rivals in title": float(any(s.title for s in rivals)),
        "only people": float(people),
        "its district follows": float(any(m.within for m in spot.mentions)),
        "after one inside": sum(_follows(m, below) for m in spot.mentions) / len(spot.mentions),
        "plural": sum(map(_is_plural, spot.mentions)) / len(spot.mentions),
    }
    if spot.code and spot.code == capital(str(gazetteer.region(spot.code)), gazetteer):
        found["capital"] = 1.0
        found["people of the capital, the region named"] = float(people and regional)
        found["capital, the region named"] = float(not spot.title and regional)
    for mark in STANCES:
        found[mark.value] = spot.share(mark)
    return {name: value for name, value in found.items() if value}


def _is_plural(m: Mention) -> bool:
    return m.kind is NameKind.DISTRICT and bool(_PLURAL.search(m.words))


def _follows(m: Mention, below: Sequence[Spot]) -> bool:
    """«села Залесье Устюженского округа»: the district only tells where the village lies."""
    return any(0 <= m.start - inner.end < NEAR for s in below for inner in s.mentions)


def of_none(document: Document, found: Sequence[Mention], regions: tuple[str, ...], spots: Sequence[Spot]) -> Features:
    """What speaks for the region as a whole."""
    own = [m for m in found if m.codes and all(c in regions for c in m.codes)]
    title, lead = document.low[: document.title_end], document.low[document.title_end :][:LEAD_LENGTH]
    names = [m for m in own if m.kind in (NameKind.REGION, NameKind.WEAK)]
    named = sum(m.weight for m in names)
    features = {
        "none": 1.0,
        "none: region in title": float(any(m.title for m in names)),
        "none: its adjective in title": float(any(m.title and m.kind is NameKind.ADJECTIVE for m in own)),
        "none: region in lead": float(any(Mark.LEAD in m.marks for m in names)),
        "none: regional in title": float(bool(cue("region_wide").search(title))),
        "none: regional in lead": float(bool(cue("region_wide").search(lead))),
        "none: region's share": named / (named + sum(s.weight for s in spots) + 0.1),
        "none: candidates": min(sum(not any(o.code in s.within for o in spots) for s in spots), 5),
        "none: districts apart": min(sum(s.said(NameKind.DISTRICT) for s in spots), 4),
        "none: federal": min(len(cue("federal").findall(document.low)), 3),
        "none: people in title": float(any(m.title and Mark.PEOPLE in m.marks for m in found)),
        "none: listed in title": float(
            any(m.title and Mark.LISTED in m.marks and m.kind is not NameKind.REGION for m in found)
        ),
        "none: regional words": math.log1p(len(cue("region_wide").findall(document.low))),
        "none: several in title": float(sum(s.title and all(s.apart(o) or s is o for o in spots) for s in spots) > 1),
    }
    return {name: value for name, value in features.items() if value}
