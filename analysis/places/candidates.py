"""The places that may name a text, each with everything said of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from analysis.geography.declension import forms
from analysis.geography.gazetteer import Gazetteer, NameKind
from analysis.places.weighing import Mark, Mention
from domain.territories import Territory, TerritoryKind

MOST = 40
"""Whoever names more places enumerates them; candidates are compared each with each."""


@dataclass
class Spot:
    """One candidate: a territory within the regions of the text, or a settlement that no table knows.

    What is summed up of its mentions is asked for only when all are gathered.
    """

    key: str
    code: str | None
    within: frozenset[str] = frozenset()
    mentions: list[Mention] = field(default_factory=list)
    kind: str = ""
    """How it is named: rural, adjective, district, unknown, village or town."""

    @cached_property
    def title(self) -> bool:
        return any(m.title for m in self.mentions)

    @cached_property
    def rural(self) -> bool:
        return any(m.rural for m in self.mentions)

    @cached_property
    def weight(self) -> float:
        return sum(m.weight for m in self.mentions)

    def said(self, kind: NameKind) -> bool:
        return any(m.kind is kind for m in self.mentions)

    def share(self, mark: Mark) -> float:
        """The part of its mentions that stand so."""
        return sum(mark in m.marks for m in self.mentions) / len(self.mentions)

    def apart(self, other: "Spot") -> bool:
        """Neither lies in the other."""
        return self is not other and self.code not in other.within and other.code not in self.within


def gather(found: Sequence[Mention], regions: tuple[str, ...], gazetteer: Gazetteer) -> list[Spot]:
    """The candidates in the order of the text."""
    spots: dict[str, Spot] = {}
    unknown = {
        form: m.label for m in found if m.label and not _inside(m, regions, gazetteer) for form in forms(m.label)
    }
    for m in found:
        key, code = _key(m, regions, gazetteer)
        if key is None and m.kind is NameKind.VILLAGE:
            key = unknown.get(m.words)
        if key is None:
            continue
        spot = spots.setdefault(key, Spot(key, code))
        around = {*m.within, *(gazetteer.path(code) if code else ())} - {key}
        spot.within |= around
        spot.mentions.append(m)
    kept = set(sorted(spots, key=lambda key: -spots[key].weight)[:MOST])
    candidates = [spot for key, spot in spots.items() if key in kept]
    for spot in candidates:
        spot.kind = _kind(spot, gazetteer)
    _settle(candidates)
    return candidates


def _kind(spot: Spot, gazetteer: Gazetteer) -> str:
    if spot.rural:
        return "rural"
    if all(m.kind is NameKind.ADJECTIVE for m in spot.mentions):
        return "adjective"
    if spot.said(NameKind.DISTRICT):
        return "district"
    if spot.code is None:
        return "unknown"
    settlement = gazetteer.by_code[spot.code].kind is TerritoryKind.SETTLEMENT
    return "village" if settlement else "town"


def _settle(spots: list[Spot]) -> None:
    """What no table knows lies in the only district that is named, if nothing else is said."""
    districts = [s.code for s in spots if s.code and s.said(NameKind.DISTRICT)]
    for spot in spots if len(districts) == 1 else ():
        if spot.code is None and not spot.within:
            spot.within = frozenset(districts)


def _inside(m: Mention, regions: tuple[str, ...], gazetteer: Gazetteer) -> list[str]:
    return [
        c for c in m.codes if gazetteer.region(c) in regions and gazetteer.by_code[c].kind is not TerritoryKind.REGION
    ]


def _key(m: Mention, regions: tuple[str, ...], gazetteer: Gazetteer) -> tuple[str | None, str | None]:
    inside = _inside(m, regions, gazetteer)
    if inside:
        code = max(inside, key=lambda c: gazetteer.by_code[c].population)
        return _centre(m, gazetteer.by_code[code]) or code, code
    return m.label, None


def _centre(m: Mention, district: Territory) -> str | None:
    """The centre of a district is known by the district's code alone, and yet another place than the district."""
    named = m.kind is NameKind.VILLAGE and district.short_name.endswith((" район", " округ"))
    return (m.label or district.centre) if named else None
