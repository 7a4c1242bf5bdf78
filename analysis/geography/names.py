"""An index of territory names in all their forms, and the search for them in running text.

Building it declines every name once; finding walks the words of a text and tries the longest name first.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache

from analysis.geography.declension import forms
from analysis.geography.placenames import (
    Match,
    NameKind,
    adjective_stem,
    aliases,
    capital_adjectives,
    demonym_stems,
    people_stem,
)
from analysis.geography.tree import Tree
from analysis.text.spelling import Speller, fold
from domain.territories import Territory, TerritoryKind

_WORD = re.compile(r"[^\W_]+(?:[-‑–][^\W\d_]+)*")
_TYPE = re.compile(
    r"\s+(?:(?:городск|муниципальн|национальн|сельск|эвенкийск)\w+\s+)*"
    r"(?P<type>район(?:а|у|е|ом|ы|ов|ам|ами|ах)?\b|р-он\w{0,2}|р-н\w{0,2}|округ(?:а|у|е|ом|ов|ам|ами|ах)?\b|"
    r"улус(?:а|у|е|ом|ы|ов|ах)?\b|кожуун(?:а|у|е|ом|ы|ов|ах)?\b|районн\w+ муниципальн\w+ образовани\w+|"
    r"м\.\s?о\.|г\.\s?о\.|м\.\s?р\.|МО\b|ГО\b|РМО\b)",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s*(?:,|и|или|а также)\s+(?:отчасти\s+|частично\s+|также\s+)?|\s*,\s*", re.IGNORECASE)
_REGION_TYPE = re.compile(
    r"\s+(?P<type>област(?:ь|и|ью|ей|ям|ях|ями)|кра(?:й|я|ю|ем|е|ев|ях)|обл\b\.?|республик\w{1,2})", re.IGNORECASE
)
_LONGEST_NAME = 6
_LONGEST_LIST = 60


class NameIndex:
    """Names, adjectives of districts and regions, and names of inhabitants, over one tree."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        territories = tuple(tree.by_code.values())
        self._names: dict[str, list[tuple[tuple[str, ...], str, NameKind]]] = defaultdict(list)
        self._districts: dict[str, list[str]] = defaultdict(list)
        self._regions: dict[str, str] = {}
        self._demonyms: dict[str, tuple[str, ...]] = {}
        self._settled = {(t.short_name, tree.region(t.code)) for t in territories}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for territory in territories:
            self._add(territory)
        self._add_aliases()
        for territory in territories:
            self._add_derived(territory)
        for code, stems in demonym_stems(territories):
            for stem in stems:
                self._demonyms[stem] = (*self._demonyms.get(stem, ()), code)
        self._adjectives = capital_adjectives(territories)
        self._hints = lru_cache(50_000)(self._hint)

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
        codes, people = self._hints(word[0])
        if not codes:
            return None
        return Match(word.start(), word.end(), word[0], codes, NameKind.ADJECTIVE, people=people)

    def _hint(self, word: str) -> tuple[tuple[str, ...], bool]:
        """The territories that a word in lower case may speak of, and whether it means their people."""
        folded = fold(word)
        stem = adjective_stem(folded)
        codes = self._adjectives.get(stem, ()) if stem else ()
        people = people_stem(folded) if not codes else None
        return (self._demonyms.get(people, ()), True) if people else (codes, False)

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
        """«Гиагинский район», «Томская и Новосибирская области»: the type may stand after the last of several."""
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

    def adjectival(self, word: str) -> tuple[str, ...]:
        """The regions or towns whose adjective the word is."""
        return self._adjectives.get(adjective_stem(fold(word)) or "", ())

    def named(self, name: str) -> str | None:
        """The code of the region of this official name."""
        return next(iter(self._by_name.get(name, ())), None)

    def town(self, name: str) -> tuple[str, ...]:
        """The largest place of this short name, at most one."""
        return tuple(sorted(self._by_name.get(name, ()), key=lambda c: -self._tree.by_code[c].population)[:1])

    def knows(self, word: str) -> bool:
        """Whether a single word is (part of) a known name, in any case."""
        folded = fold(word)
        return folded in self._names or (adjective_stem(folded) or "") in self._districts

    @cached_property
    def speller(self) -> Speller:
        words: dict[str, int] = {}
        for first, entries in self._names.items():
            for rest, code, _ in entries:
                for word in (first, *rest):
                    words[word] = max(words.get(word, 1), self._tree.by_code[code].population // 1000)
        for stem in self._districts:
            words.setdefault(stem + "ий", 5)
        return Speller(words)

    def _add(self, territory: Territory) -> None:
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
        if place.centre and place.centre != name and (place.centre, self._tree.region(place.code)) not in self._settled:
            self._add_forms(place.centre, place.code, NameKind.VILLAGE)

    def _add_derived(self, place: Territory) -> None:
        """Adjectives of towns whose official names have none: «Мытищинский округ»."""
        if place.kind is not TerritoryKind.MUNICIPALITY or " " in place.short_name:
            return
        base = re.sub(r"(?:ск|[аоыиьй])$", "", fold(place.short_name))
        for ending in ("ск", "инск", "овск", "енск"):
            if len(base) > 3 and base + ending not in self._districts:
                self._districts[base + ending] = [place.code]

    def _add_forms(self, name: str, code: str, kind: NameKind) -> None:
        for form in forms(name):
            first, *rest = (fold(word) for word in _WORD.findall(form))
            self._names[first].append((tuple(rest), code, kind))

    def _add_aliases(self) -> None:
        by_name = {t.name: t.code for t in self._tree.by_code.values() if t.kind is TerritoryKind.REGION}
        for town in sorted(self._tree.by_code.values(), key=lambda t: -t.population):
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
