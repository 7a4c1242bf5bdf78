"""The tree of territories as analysis walks it: up to the region, down to what lies inside, to the nearest centre."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from analysis.geography.declension import locative
from domain.territories import RUSSIA, Territory, TerritoryKind, nearest


class Tree:
    """A fixed set of territories by code."""

    def __init__(self, territories: Iterable[Territory]) -> None:
        self.by_code: dict[str, Territory] = {t.code: t for t in territories}
        self._region_of: dict[str, str | None] = {}
        self._children: dict[str, list[str]] = defaultdict(list)
        for territory in self.by_code.values():
            if territory.parent:
                self._children[territory.parent].append(territory.code)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Codes of all that contain a territory, nearest first, Russia last; empty for an unknown code."""
        found: list[str] = []
        current = self.by_code.get(code)
        while current is not None and current.parent is not None and current.parent not in found:
            found.append(current.parent)
            current = self.by_code.get(current.parent)
        return tuple(found)

    def path(self, code: str) -> tuple[str, ...]:
        """The territory itself and all that contain it."""
        return (code, *self.ancestors(code))

    def region(self, code: str) -> str | None:
        """The code of the region a territory lies in (or is)."""
        if code not in self._region_of:
            self._region_of[code] = self._find_region(code)
        return self._region_of[code]

    def _find_region(self, code: str) -> str | None:
        regions = (c for c in self.path(code) if c in self.by_code and self.by_code[c].kind is TerritoryKind.REGION)
        return next(regions, None)

    def children(self, code: str) -> tuple[Territory, ...]:
        return tuple(self.by_code[child] for child in self._children.get(code, ()))

    def title(self, code: str) -> str:
        """A territory with what it lies in: «Саяногорск, Республика Хакасия»."""
        parts = [self.by_code[c].short_name for c in self.path(code) if c in self.by_code and c != RUSSIA]
        return ", ".join(dict.fromkeys(parts)) or self.by_code[code].short_name

    def locative(self, code: str) -> str:
        """A territory after «в»: «Саяногорске», «Томской области»."""
        return locative(self.by_code[code].short_name)

    def nearest(self, latitude: float, longitude: float) -> Territory | None:
        """The municipality whose centre is nearest."""
        return nearest(latitude, longitude, self._municipalities)

    @cached_property
    def _municipalities(self) -> tuple[Territory, ...]:
        kinds = (TerritoryKind.MUNICIPALITY, TerritoryKind.SETTLEMENT)
        found = tuple(t for t in self.by_code.values() if t.kind is kinds[0] and t.latitude is not None)
        cities = tuple(t for t in self.by_code.values() if t.kind is TerritoryKind.REGION and t.latitude is not None)
        return found + cities
