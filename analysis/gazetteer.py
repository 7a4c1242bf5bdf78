"""Names of territories in any case: found in running text, looked up as typed, nearest by coordinates.

Building it declines every name once; finding walks the words of a text and tries the longest name first.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from analysis import territories as built_in
from analysis.declension import cases, forms, locative
from analysis.placenames import Match, NameKind, adjective_stem, aliases, capital_adjectives, demonym_stems, fold
from analysis.spelling import Speller
from domain.territories import RUSSIA, Territory, TerritoryKind, nearest

CODE = re.compile(r"\d{8}|\d{11}|g\d+|0")
_WORD = re.compile(r"[^\W_]+(?:[-‑–][^\W\d_]+)*")
_TYPE = re.compile(
    r"\s+(?:(?:городск|муниципальн|национальн|сельск|эвенкийск)\w+\s+)*"
    r"(?P<type>район(?:а|у|е|ом|ы|ов|ам|ами|ах)?\b|р-он\w{0,2}|р-н\w{0,2}|округ(?:а|у|е|ом|ов|ам|ами|ах)?\b|м\.\s?о\.|г\.\s?о\.|м\.\s?р\.|МО\b|ГО\b)",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s*(?:,|и|или|а также)\s+|\s*,\s*", re.IGNORECASE)
_REGION_TYPE = re.compile(
    r"\s+(?P<type>област(?:ь|и|ью|ей|ям|ях|ями)|кра(?:й|я|ю|ем|е|ев|ях)|обл\b\.?|республик\w{1,2})", re.IGNORECASE
)
_LONGEST_NAME = 6
_LONGEST_LIST = 60


class Gazetteer:
    """An index of names over a fixed set of territories."""

    def __init__(self, territories: Iterable[Territory]) -> None:
        self.by_code: dict[str, Territory] = {t.code: t for t in territories}
        self._region_of: dict[str, str | None] = {}
        self._names: dict[str, list[tuple[tuple[str, ...], str, NameKind]]] = defaultdict(list)
        self._districts: dict[str, list[str]] = defaultdict(list)
        self._regions: dict[str, str] = {}
        self._children: dict[str, list[str]] = defaultdict(list)
        self._demonyms: dict[str, tuple[str, ...]] = {}
        self._settled = {(t.short_name, self.region(t.code)) for t in self.by_code.values()}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for territory in self.by_code.values():
            self._add(territory)
        self._add_aliases()
        for code, stems in demonym_stems(self.by_code.values()):
            for stem in stems:
                self._demonyms[stem] = (*self._demonyms.get(stem, ()), code)
        self._adjectives = capital_adjectives(self.by_code.values())

    # — the tree —

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

    # — what a person types —

    def lookup(self, name: str) -> tuple[Territory, ...]:
        """The territories a typed name may mean: one is sure, several are candidates, largest first, none is unknown."""
        typed = name.strip()[:200]
        if CODE.fullmatch(typed):
            return (self.by_code[typed],) if typed in self.by_code else ()
        for spelled in (typed, self._speller.corrected(typed)):
            found = self._looked_up(spelled) if spelled else ()
            if found:
                return found
        return ()

    def exact(self, form: str) -> tuple[str, ...]:
        """Codes of municipalities and settlements whose whole name has this form."""
        first, *rest = (fold(word) for word in _WORD.findall(form)) if form else ("",)
        named = self._names.get(first, ())
        return tuple(
            dict.fromkeys(c for r, c, kind in named if r == tuple(rest) and kind in (NameKind.TOWN, NameKind.VILLAGE))
        )

    def districts(self, adjective: str) -> tuple[str, ...]:
        """Codes of the districts called by this adjective, in any case or only its stem."""
        folded = fold(adjective)
        return tuple(self._districts.get(adjective_stem(folded) or folded, ()) or self._districts.get(folded, ()))

    def regional(self, words: str) -> tuple[str, ...]:
        """The region whose adjective the first of the words is."""
        code = self._regions.get(adjective_stem(fold(words.split(maxsplit=1)[0])) or "")
        return (code,) if code else ()

    def named(self, name: str) -> str | None:
        """The code of the region of this official name."""
        return next(iter(self._by_name.get(name, ())), None)

    def town(self, name: str) -> tuple[str, ...]:
        """The largest place of this short name, at most one."""
        return tuple(sorted(self._by_name.get(name, ()), key=lambda c: -self.by_code[c].population)[:1])

    def lookup_exact(self, word: str) -> bool:
        """Whether a single word is (part of) a known name, in any case."""
        folded = fold(word)
        return folded in self._names or (adjective_stem(folded) or "") in self._districts

    def spelled(self, word: str) -> str | None:
        """The nearest word that occurs in a name; None where nothing is near."""
        return self._speller.word(word)

    def _looked_up(self, typed: str) -> tuple[Territory, ...]:
        matches = [m for m in self.find(typed, typed_by_hand=True) if m.kind is not NameKind.ADJECTIVE]
        if not matches:
            return ()
        regions = {self.region(c) for m in matches for c in m.codes if self._is(c, TerritoryKind.REGION)}
        smaller = [m for m in matches if not all(self._is(c, TerritoryKind.REGION) for c in m.codes)]
        if not smaller:
            return self._ranked(code for m in matches for code in m.codes)
        for match in sorted(smaller, key=lambda m: len(m.codes)):
            inside = [c for c in match.codes if not regions or self.region(c) in regions or self._near(c, matches)]
            if inside:
                return self._ranked(self._widest(inside))
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

    def _is(self, code: str, kind: TerritoryKind) -> bool:
        return self.by_code[code].kind is kind

    @cached_property
    def _speller(self) -> Speller:
        words: dict[str, int] = {}
        for first, entries in self._names.items():
            for rest, code, _ in entries:
                for word in (first, *rest):
                    words[word] = max(words.get(word, 1), self.by_code[code].population // 1000)
        for stem in self._districts:
            words.setdefault(stem + "ий", 5)
        return Speller(words)

    # — running text —

    def find(self, text: str, *, typed_by_hand: bool = False) -> list[Match]:
        """All names in a text, left to right, none overlapping; of names that begin alike the longest.

        Names of territories are capitalised in running text; what a person types may not be.
        """
        matches: list[Match] = []
        words = list(_WORD.finditer(text))
        i = 0
        while i < len(words):
            word = words[i]
            if not (typed_by_hand or word[0][0].isupper()):
                match = self._lower(word)
            else:
                match = self._match(text, words, i, typed_by_hand=typed_by_hand)
            if match:
                matches.append(match)
                while i < len(words) and words[i].start() < match.end:
                    i += 1
            else:
                i += 1
        return matches

    def _lower(self, word: re.Match[str]) -> Match | None:
        """A demonym or an adjective («томичи», «томские»): a hint, no name."""
        codes = self._hint(fold(word[0]))
        return Match(word.start(), word.end(), word[0], codes, NameKind.ADJECTIVE) if codes else None

    def _hint(self, folded: str) -> tuple[str, ...]:
        stem = adjective_stem(folded)
        if stem and stem in self._adjectives:
            return self._adjectives[stem]
        people = re.fullmatch(
            r"(.{3,}?)(?:ец|ца|цу|цем|це|цы|цев|цам|цами|цах|чане|чан|чанам|чанами|чанах|яне|ян|янам|янами|"
            r"чанин\w{0,2}|янин\w{0,2}|ичи|ичей|ичам|ичами|ич|ича|яки|яков|якам)",
            folded,
        )
        return self._demonyms.get(people[1], ()) if people else ()

    def _match(self, text: str, words: list[re.Match[str]], i: int, *, typed_by_hand: bool) -> Match | None:
        folded = fold(words[i][0])
        adjective = self._adjectival(text, words, i, folded)
        named = self._longest(text, words, i, folded, typed_by_hand=typed_by_hand)
        if adjective and (named is None or adjective.end >= named.end):
            return adjective
        if named is None:
            return self._lower(words[i])
        return named

    def _adjectival(self, text: str, words: list[re.Match[str]], i: int, folded: str) -> Match | None:
        """«Гиагинский район», «Томская, Омская и Новосибирская области»: the type may stand after the last of several."""
        stem = adjective_stem(folded)
        if not stem or (stem not in self._districts and stem not in self._regions):
            return None
        end, j = words[i].end(), i
        while 0 <= j < i + _LONGEST_LIST:
            type_, region = _TYPE.match(text, words[j].end()), _REGION_TYPE.match(text, words[j].end())
            if region and stem in self._regions:
                stop = region.end() if j == i else end
                return Match(
                    words[i].start(), stop, text[words[i].start() : stop], (self._regions[stem],), NameKind.REGION
                )
            if type_ and stem in self._districts:
                stop = type_.end() if j == i else end
                words_ = text[words[i].start() : stop]
                return Match(words[i].start(), stop, words_, tuple(self._districts[stem]), NameKind.DISTRICT, j > i)
            j = _next_listed(text, words, j)
        return None

    def _longest(
        self, text: str, words: list[re.Match[str]], i: int, folded: str, *, typed_by_hand: bool
    ) -> Match | None:
        best: tuple[int, list[tuple[str, NameKind]]] = (0, [])
        following = [fold(w[0]) for w in words[i + 1 : i + _LONGEST_NAME]]
        for rest, code, kind in self._names.get(folded, ()):
            size = len(rest)
            if kind is NameKind.QUERY and not typed_by_hand:
                continue
            if tuple(following[:size]) != rest or not _adjoining(text, words, i, size):
                continue
            if size > best[0] or not best[1]:
                best = (size, [(code, kind)])
            elif size == best[0]:
                best[1].append((code, kind))
        if not best[1]:
            return None
        end = words[i + best[0]].end()
        kinds = {kind for _, kind in best[1]}
        kind = NameKind.REGION if NameKind.REGION in kinds else min(kinds)
        codes = tuple(dict.fromkeys(c for c, k in best[1] if k is kind or kind is not NameKind.REGION))
        return Match(words[i].start(), end, text[words[i].start() : end], codes, kind)

    # — building —

    def _add(self, territory: Territory) -> None:
        if territory.parent:
            self._children[territory.parent].append(territory.code)
        self._by_name[territory.short_name].append(territory.code)
        if territory.kind is TerritoryKind.REGION:
            self._add_region(territory)
        elif territory.kind is TerritoryKind.COUNTRY:
            return
        else:
            self._add_place(territory)

    def _add_region(self, region: Territory) -> None:
        name = re.sub(r" — .*| \(.*\)", "", region.name)
        self._add_forms(name, region.code, NameKind.REGION)
        adjective = re.match(r"(\S+)(?: автономн\w+| Народная)? (?:область|край|Республика)$", name)
        stem = adjective_stem(fold(adjective[1])) if adjective else None
        if stem:
            self._regions[stem] = region.code

    def _add_place(self, place: Territory) -> None:
        for stem in district_stems(place):
            self._districts[stem].append(place.code)
        name = re.sub(r"^район (?=[А-ЯЁ])", "", place.short_name)
        bare = re.sub(r" (?:район|округ)$", "", name)
        if name == bare and not name.startswith(("Муниципальный", "№")):
            town = place.kind is TerritoryKind.MUNICIPALITY
            self._add_forms(name, place.code, NameKind.TOWN if town else NameKind.VILLAGE)
        if place.centre and place.centre != name and (place.centre, self.region(place.code)) not in self._settled:
            self._add_forms(place.centre, place.code, NameKind.VILLAGE)

    def _add_forms(self, name: str, code: str, kind: NameKind) -> None:
        for form in forms(name):
            first, *rest = (fold(word) for word in _WORD.findall(form))
            self._names[first].append((tuple(rest), code, kind))

    def _add_aliases(self) -> None:
        by_name = {t.name: t.code for t in self.by_code.values() if t.kind is TerritoryKind.REGION}
        for town in sorted(self.by_code.values(), key=lambda t: -t.population):
            by_name.setdefault(town.short_name, town.code)
        for alias, target, fixed, kind in aliases():
            code = by_name.get(target)
            if code is None:
                continue
            for form in {alias} if fixed else forms(alias):
                first, *rest = (fold(word) for word in _WORD.findall(form))
                self._names[first].append((tuple(rest), code, kind))


def district_stems(place: Territory) -> Iterator[str]:
    """Stems of the adjectives by which a municipality is called a район or округ."""
    if place.kind is not TerritoryKind.MUNICIPALITY:
        return
    for word in re.findall(r"[А-ЯЁ][\w-]+", place.name):
        stem = adjective_stem(fold(word))
        if stem:
            yield stem


def _next_listed(text: str, words: list[re.Match[str]], j: int) -> int:
    """The next adjective of an enumeration; -1 where it ends."""
    gap = _LIST.match(text, words[j].end())
    following = (k for k in range(j + 1, min(j + 4, len(words))) if gap and words[k].start() == gap.end())
    k = next(following, -1)
    return k if k > 0 and adjective_stem(fold(words[k][0])) else -1


def _adjoining(text: str, words: list[re.Match[str]], i: int, size: int) -> bool:
    """Whether words of a name stand side by side, with nothing but a space between."""
    return all(text[words[k].end() : words[k + 1].start()].strip(" \u00a0\n") == "" for k in range(i, i + size))


@cache
def builtin() -> Gazetteer:
    """The gazetteer over the built-in tree, built once a process."""
    return Gazetteer(built_in.load())


__all__ = ["Gazetteer", "Match", "NameKind", "builtin", "cases"]
