"""«Областная столица», «главный город республики»: a town named by its rank."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.document import Document
from analysis.gazetteer import Gazetteer, NameKind
from domain.territories import TerritoryKind

if TYPE_CHECKING:
    from analysis.mentions import Mention

_RANK = re.compile(
    r"\b(?:областн|краев|республиканск|региональн)\w+ (?:столиц\w+|центр\w{0,2})\b|\bстолиц\w+ (?:республики|региона|края|области|округа)\b|\bокружн\w+ столиц\w+"
)
_NOT_LARGEST = {
    "32000000": "Кемерово", "19000000": "Вологда", "71800000": "Ханты-Мансийск", "71900000": "Салехард", "26000000": "Магас",
    "11800000": "Нарьян-Мар",
}  # fmt: skip
_NONE = {"41000000", "46000000", "45000000", "40000000", "67000000"}


def capital(region: str, gazetteer: Gazetteer) -> str | None:
    """The code of a region's capital; None where the region has none of its own."""
    if region in _NONE or region not in gazetteer.by_code:
        return None
    named = _NOT_LARGEST.get(region)
    towns = [
        t
        for t in gazetteer.children(region)
        if t.kind is TerritoryKind.MUNICIPALITY and not t.short_name.endswith(("район", "округ"))
    ]
    towns += [c for t in gazetteer.children(region) for c in gazetteer.children(t.code)]
    fitting = [t for t in towns if named is None or t.short_name == named]
    return max(fitting, key=lambda t: t.population).code if fitting else None


def find(
    document: Document, gazetteer: Gazetteer, found: "Sequence[Mention]", weighed: "Callable[..., Mention]"
) -> "Iterator[Mention]":
    """Mentions of capitals by rank, where one region is clearly spoken of."""
    regions: dict[str, float] = {}
    for m in found:
        named = {gazetteer.region(c) for c in m.codes}
        if len(named) == 1:
            region = str(named.pop())
            regions[region] = regions.get(region, 0.0) + m.weight
    best = max(regions, key=lambda r: regions[r], default=None)
    code = capital(best, gazetteer) if best else None
    if code is None:
        return
    for m in _RANK.finditer(document.low):
        yield weighed(document, m.start(), m.end(), (code,), NameKind.TOWN, 2.0, None)
