"""What the names of territories are made of: kinds of name, stems of adjectives, names of inhabitants, aliases."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files

from analysis.text.spelling import fold
from domain.territories import Territory, TerritoryKind


class NameKind(IntEnum):
    """What kind of name was met, the more telling first."""

    REGION = 0
    DISTRICT = 1
    TOWN = 2
    VILLAGE = 3
    WEAK = 4
    """A name that often means something else."""
    QUERY = 5
    """A short name that only means the place when somebody types it as an address."""
    ADJECTIVE = 6
    """An adjective or the inhabitants: «томские», «томичи»."""


@dataclass(frozen=True, slots=True)
class Match:
    """A name in a text: where it stands and what it may mean."""

    start: int
    end: int
    words: str
    codes: tuple[str, ...]
    kind: NameKind
    listed: bool = False
    """One of several adjectives before one «районы»."""
    people: bool = False
    """The inhabitants: «томичи», not «томские»."""


_ADJECTIVE = re.compile(
    r"(.+(?:[сц]к|н|в|ж|л|р|т|х))(?:ий|ый|ой|ого|его|ому|ему|им|ым|ом|ем|ая|ую|ое|ее|ие|ые|их|ых|ими|ыми|яя|юю|ей)"
)
_CITY, _LARGE, _TOWN, SHORT = 50_000, 10_000, 3_000, 3
_TOWNS = (TerritoryKind.MUNICIPALITY, TerritoryKind.SETTLEMENT)
_PEOPLE = re.compile(
    r"(.{3,}?)(?:(?:ец|ца|цу|цем|це|цы|цев|цам|цами|цах)|(?:ч|(?<=[жш]))ан(?:е|ам|ами|ах|ин\w{0,2})?|"
    r"ян(?:е|ам|ами|ах|ин\w{0,2})?|ич(?:и|ей|ам|ами|ах)|(?<!ов)(?<!ев)ича?|як(?:и|ов|ам|ами|ах))"
)
"""Inhabitants by the ends of their names; what stands before is the stem."""


def rows(name: str) -> list[dict[str, str]]:
    """The lines of a table in analysis/data."""
    return list(csv.DictReader((files("analysis.data") / name).read_text(encoding="utf-8").splitlines()))


@lru_cache(50_000)
def adjective_stem(folded: str) -> str | None:
    """The stem of a possible adjective («гиагинск»); None for what cannot be one."""
    found = _ADJECTIVE.fullmatch(folded)
    return found[1] if found and len(found[1]) > 3 else None


@lru_cache(50_000)
def people_stem(folded: str) -> str | None:
    """The stem of what may be inhabitants («том» of «томичи»)."""
    found = _PEOPLE.fullmatch(folded)
    return found[1] if found else None


def masculine(stem: str) -> str:
    """The adjective of a stem in the nominative: «гиагинский», «солнечный»."""
    return stem + ("ий" if stem[-1] in "кгхжшчщ" else "ый")


def aliases() -> Iterator[tuple[str, str, bool, NameKind]]:
    """(alias, name of the territory, whether it never declines, kind)."""
    kinds = {"weak": NameKind.WEAK, "query": NameKind.QUERY, "town": NameKind.TOWN}
    for row in rows("aliases.csv"):
        yield row["alias"], row["territory"], row["kind"] == "fixed", kinds.get(row["kind"], NameKind.REGION)


def demonym_stems(territories: Iterable[Territory]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(code, stems that make the inhabitants' names) of towns large enough for such names to be in use."""
    known: dict[str, list[str]] = defaultdict(list)
    for row in rows("demonyms.csv"):
        known[row["territory"]].append(row["stem"])
    for t in territories:
        if t.short_name in known and (t.kind is not TerritoryKind.SETTLEMENT or t.population >= _TOWN):
            yield t.code, tuple(known[t.short_name])
        elif t.population >= _TOWN and t.kind in _TOWNS and not t.short_name.endswith((" район", " округ")):
            yield t.code, _people(re.sub(r"[ -]", "", fold(t.short_name)))


def _people(name: str) -> tuple[str, ...]:
    """«вель» of Вельск, «черепов» of Череповец, «оренбурж» of Оренбург; a hyphen or a space is lost: «южносахалин»."""
    stem = re.sub(r"(?:ск|(?<=[аеиоуы])цк|ец|[ыио]й|[аоыьйия])$", "", name)
    if len(stem) <= SHORT or stem in _NO_PEOPLE:
        return ()
    soft = (stem + "ь",) if stem.endswith("л") else ()
    slavic = (stem[:-1],) if stem.endswith("славл") else ()
    sibilant = (stem[:-1] + "ж",) if stem.endswith("г") else ()
    return tuple({stem, stem + "ин", stem + "ов", stem + "ен", stem + "й", *soft, *slavic, *sibilant})


_NO_PEOPLE = frozenset(["стар", "гвардей", "красноармей", "север"])
"""«Красноармейцы», «старцы» are no inhabitants."""


def capital_adjectives(territories: Sequence[Territory]) -> dict[str, tuple[str, ...]]:
    """Stem of an adjective («томск») → codes of the regions or towns it may belong to."""
    found: dict[str, tuple[str, ...]] = {}
    for t in territories:
        if t.kind is TerritoryKind.REGION:
            first = adjective_stem(fold(t.name.split(" ")[0]))
            stems = [first] if first else [adjective + "ск" for adjective in _region_stems(t)]
            for stem in stems:
                found[stem] = (*found.get(stem, ()), t.code)
    largest = {t.short_name: t.code for t in sorted(territories, key=lambda t: t.population) if t.kind in _TOWNS}
    for row in rows("adjectives.csv"):
        found.setdefault(row["stem"], (largest[row["territory"]],))
    for t in territories:
        large = _LARGE if t.kind is TerritoryKind.MUNICIPALITY else _CITY
        if t.kind in _TOWNS and t.population >= large and " " not in t.short_name:
            adjective = _adjective_of(fold(t.short_name))
            if adjective and adjective not in found and adjective not in _OTHER:
                found[adjective] = (t.code,)
    return found


_OTHER = frozenset(
    [
        "братск",
        "советск",
        "первомайск",
        "комсомольск",
        "октябрьск",
        "ленинск",
        "кировск",
        "донск",
        "горск",
        "невск",
        "волжск",
        "морск",
        "северск",
        "уральск",
        "сибирск",
        "дивногорск",
        "александровск",
        "артемовск",
        "пушкинск",
        "королевск",
        "крымск",
        "приморск",
        "железногорск",
        "дзержинск",
        "красногорск",
        "белогорск",
    ]
)
"""Adjectives that mostly mean something other than the town."""

_REGION_ADJECTIVES = {
    "Республика Дагестан": "дагестан",
    "Республика Татарстан": "татарстан",
    "Республика Карелия": "карель",
    "Республика Хакасия": "хакас",
    "Республика Тыва": "тувин",
    "Республика Бурятия": "бурят",
    "Республика Башкортостан": "башкир",
    "Республика Калмыкия": "калмыц",
    "Республика Крым": "крым",
    "Республика Мордовия": "мордов",
    "Республика Ингушетия": "ингуш",
    "Республика Адыгея": "адыгей",
    "Республика Саха (Якутия)": "якут",
    "Санкт-Петербург": "петербург",
    "Москва": "москов",
    "Республика Марий Эл": "марий",
    "Республика Северная Осетия — Алания": "североосетин",
    "Севастополь": "севастополь",
    "Ханты-Мансийский автономный округ — Югра": "югор",
}


def _region_stems(region: Territory) -> tuple[str, ...]:
    known = _REGION_ADJECTIVES.get(region.name)
    return (known,) if known else ()


def _adjective_of(name: str) -> str | None:
    """«саяногорск» from Саяногорск, «тольяттинск» from Тольятти: only the patterns that are sure."""
    if name.endswith("ск"):
        return name
    if re.search(r"(?:град|бург|горск|ов|ев|ин|ан|он|ер|ур|ир|ар|ом|ул|ок)$", name):
        return name + "ск"
    if name.endswith("ь"):
        return name + "ск" if name.endswith("ль") else name[:-1] + "ск"
    if re.search(r"[овин]о$", name):
        return name[:-1] + "ск"
    return None
