"""The gazetteer: what a typed name may mean, which names stand in a text, where a territory lies."""

import re
from collections.abc import Iterable
from functools import cache

from analysis.geography import territories as built_in
from analysis.geography.names import NameIndex
from analysis.geography.placenames import Match, NameKind
from analysis.geography.tree import Tree
from domain.territories import RUSSIA, Territory, TerritoryKind

__all__ = ["Gazetteer", "Match", "NameKind", "builtin"]

CODE = re.compile(r"\d{8}|\d{11}|g\d+|0")
LONGEST = 200
WHOLE = ("россия", "вся россия", "рф", "российская федерация")
OVERSHADOWS = 20


class Gazetteer(Tree):
    """The tree of territories with the index of their names."""

    def __init__(self, territories: Iterable[Territory]) -> None:
        super().__init__(territories)
        self.names = NameIndex(self)

    def find(self, text: str) -> list[Match]:
        """All names in a running text, left to right, with their places."""
        return self.names.find(text)

    def lookup(self, name: str, *, as_typed: bool = False) -> tuple[Territory, ...]:
        """The territories a typed name may mean: one is sure, several are candidates, largest first; none: unknown.

        ``as_typed`` takes no misspelling for a name: where nobody is asked whether it was meant.
        """
        typed = name.strip()[:LONGEST]
        if typed.lower() in WHOLE:
            return (self.by_code[RUSSIA],) if RUSSIA in self.by_code else ()
        if CODE.fullmatch(typed):
            return (self.by_code[typed],) if typed in self.by_code else ()
        for spelled in (typed, None if as_typed else self.names.speller.corrected(typed)):
            found = self._looked_up(spelled) if spelled else ()
            if found:
                return found
        return ()

    def spelled(self, word: str) -> str | None:
        """The nearest word that occurs in a name; None where nothing is near."""
        return self.names.speller.word(word)

    def _looked_up(self, typed: str) -> tuple[Territory, ...]:
        matches = [m for m in self.names.find(typed, typed_by_hand=True) if m.kind is not NameKind.ADJECTIVE]
        if not matches:
            return ()
        regions = {self.region(c) for m in matches for c in m.codes if self._is(c, TerritoryKind.REGION)}
        smaller = [m for m in matches if not all(self._is(c, TerritoryKind.REGION) for c in m.codes)]
        if not smaller:
            return self._ranked(code for m in matches for code in m.codes)
        for match in sorted(smaller, key=lambda m: len(m.codes)):
            inside = [c for c in match.codes if not regions or self.region(c) in regions or self._near(c, matches)]
            if inside:
                return self._sure(self._ranked(self._widest(inside)))
        return self._ranked(c for m in smaller for c in m.codes)

    def _near(self, code: str, matches: list[Match]) -> bool:
        others = {c for m in matches if code not in m.codes for c in m.codes}
        return any(c in others for c in self.ancestors(code))

    def _widest(self, codes: list[str]) -> list[str]:
        """Without those that lie in another of them: a town's district is meant only if it says so."""
        return [c for c in codes if not any(a in codes for a in self.ancestors(c))] or codes

    def _ranked(self, codes: Iterable[str]) -> tuple[Territory, ...]:
        order = {TerritoryKind.REGION: 0, TerritoryKind.MUNICIPALITY: 1, TerritoryKind.SETTLEMENT: 2}
        unique = [self.by_code[code] for code in dict.fromkeys(codes)]
        return tuple(sorted(unique, key=lambda t: (-t.population, order.get(t.kind, 3), t.code)))

    def _sure(self, ranked: tuple[Territory, ...]) -> tuple[Territory, ...]:
        """The first alone where it overshadows its namesakes: who types Казань does not mean a village."""
        if len(ranked) > 1 and ranked[0].population >= OVERSHADOWS * max(ranked[1].population, 1000):
            return ranked[:1]
        return ranked

    def _is(self, code: str, kind: TerritoryKind) -> bool:
        return self.by_code[code].kind is kind


@cache
def builtin() -> Gazetteer:
    """The gazetteer over the built-in tree, built once a process."""
    return Gazetteer(built_in.load())
