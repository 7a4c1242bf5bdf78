"""Where a text belongs: its region or regions, the place that names it, and the territories to tell about it."""

from collections import defaultdict
from dataclasses import dataclass

from analysis.document import Document
from analysis.gazetteer import Gazetteer, NameKind
from domain.readings import Evidence
from domain.territories import RUSSIA, TerritoryKind


@dataclass(frozen=True, slots=True)
class Placed:
    regions: tuple[str, ...]
    place: str | None
    territories: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[str, ...] = ()


def place(document: Document, gazetteer: Gazetteer, home: str | None) -> Placed:
    scores: dict[str, float] = defaultdict(float)
    spots: dict[str, float] = defaultdict(float)
    evidence = []
    for m in gazetteer.find(document.text):
        weight = {NameKind.REGION: 3, NameKind.DISTRICT: 3, NameKind.TOWN: 2, NameKind.ADJECTIVE: 1}.get(m.kind, 0.4)
        if m.start < document.title_end:
            weight *= 2
        regions = {gazetteer.region(c) for c in m.codes}
        for region in regions:
            if region:
                scores[region] += weight / len(regions)
        for code in m.codes:
            if gazetteer.by_code[code].kind is not TerritoryKind.REGION and m.kind is not NameKind.ADJECTIVE:
                spots[code] += weight
        evidence.append(Evidence("region", m.codes[0], m.words, m.start))
    if not scores:
        regions_ = (gazetteer.region(home) or RUSSIA,) if home else ((RUSSIA,) if "росси" in document.low else ())
        return Placed(regions_, None, (home,) if home else regions_, (), ("region",))
    best = max(scores, key=lambda r: scores[r])
    inside = [c for c in spots if gazetteer.region(c) == best]
    top = max(inside, key=lambda c: spots[c], default=None)
    name = gazetteer.by_code[top].short_name if top else None
    return Placed((best,), name, (top or best,), tuple(evidence[:5]))
