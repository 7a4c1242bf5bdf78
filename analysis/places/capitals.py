"""«Областная столица», «главный город республики»: a town named by its rank."""

from collections.abc import Iterator, Sequence
from functools import cache

from analysis.geography.gazetteer import Gazetteer, NameKind
from analysis.places.weighing import Mark, Mention, weighed
from analysis.text.document import Document
from analysis.text.patterns import cue
from domain.territories import Territory, TerritoryKind

RANKED = 2.0
_NOT_LARGEST = {
    "32000000": "Кемерово",
    "19000000": "Вологда",
    "71800000": "Ханты-Мансийск",
    "71900000": "Салехард",
    "26000000": "Магас",
    "11800000": "Нарьян-Мар",
}
_NONE = {"41000000", "46000000", "45000000", "40000000", "67000000"}
"""Regions whose seat lies outside them, and towns that are regions themselves."""


@cache
def capital(region: str, gazetteer: Gazetteer) -> str | None:
    """The code of a region's capital; None where the region has none of its own."""
    if region in _NONE or region not in gazetteer.by_code:
        return None
    named = _NOT_LARGEST.get(region)
    towns = [t for t in _towns(region, gazetteer) if named is None or t.short_name == named]
    return max(towns, key=lambda t: t.population).code if towns else None


def _towns(region: str, gazetteer: Gazetteer) -> Iterator[Territory]:
    for t in gazetteer.children(region):
        if t.kind is TerritoryKind.MUNICIPALITY and not t.short_name.endswith(("район", "округ")):
            yield t
        yield from gazetteer.children(t.code)


def find(document: Document, gazetteer: Gazetteer, found: Sequence[Mention]) -> Iterator[Mention]:
    """Mentions of a capital by its rank, where one region is clearly spoken of."""
    ranks = list(cue("rank").finditer(document.low))
    if not ranks:
        return
    regions: dict[str, float] = {}
    for m in found:
        named = {gazetteer.region(c) for c in m.codes}
        if len(named) == 1:
            region = str(named.pop())
            regions[region] = regions.get(region, 0.0) + m.weight
    best = max(regions, key=lambda r: regions[r], default=None)
    code = capital(best, gazetteer) if best else None
    for rank in ranks if code else ():
        yield weighed(document, rank.start(), rank.end(), (str(code),), NameKind.TOWN, RANKED, also=(Mark.RANK,))
