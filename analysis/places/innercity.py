"""What tells a place without naming it: districts inside large towns, area codes of telephones, addresses of sites."""

from functools import cache

from analysis.geography.placenames import adjective_stem, rows
from analysis.text.spelling import fold


@cache
def inner_districts() -> dict[str, tuple[str, ...]]:
    """Stem of a district's adjective → names of the towns that have such a district."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("districts.csv"):
        stem = adjective_stem(fold(row["adjective"]))
        if stem:
            found[stem] = (*found.get(stem, ()), *row["cities"].split("|"))
    return found


@cache
def phone_codes() -> dict[str, str]:
    """Three digits of an area code → name of the region."""
    return {row["code"]: row["territory"] for row in rows("phones.csv")}


@cache
def sites() -> dict[str, str]:
    """A label of a host name or a part of one («tambov» of tambov.gov.ru, «pskov» of pskov-news.ru) → the region."""
    return {row["site"]: row["territory"] for row in rows("sites.csv")}
