"""Municipalities of the lowest level by pattern: «Воинское сельское поселение», «Бологурский наслег»."""

import re
from collections.abc import Iterator

from analysis.geography.placenames import masculine
from analysis.places.settlements import KIND_AFTER, NAME, Settled, lowered, second_word

_ADJECTIVE = r"(?P<name>[А-ЯЁ][\w-]{0,40}?(?:[сц]к|н|в|ж|л|т))"
_OF_PLACE = r"(?P<name>[А-ЯЁ][\w-]{2,40}[сц]к)"
_SETTLEMENT = (
    r"(?:(?P<kind>сельск|городск)(?:ое|ого|ому|им|ом)\s+поселени(?:е|я|ю|ем|и)"
    r"|(?P<short>[сг])(?:[/.]\s?п\.?|п))(?![\w/])"
)
_NEUTER = re.compile(rf"{_ADJECTIVE}(?:ое|ого|ому|им|ым|ом)\s+(?i:{_SETTLEMENT})")
_NEUTER_NAMED = re.compile(rf"(?<![\w-])(?i:{_SETTLEMENT})[ ]+[«\"]?(?P<name>{NAME})")
_FORMATION = re.compile(
    rf"{_OF_PLACE}(?:ое|ого|ому|им|ом)\s+(?:муниципальн\w+\s+образовани(?:е|я|ю|ем|и)|МО)(?![\w-])"
    r"(?!\s[«\"]?[А-ЯЁ][\w-]+[иы]й\s(?i:район|округ|муниц))"
)
_FORMATION_NAMED = re.compile(
    r"\b(?i:муниципальн\w+\s+образовани(?:е|я|ю|ем|и)|МО)\s[«\"]?(?P<name>[А-ЯЁ][\w-]{4,40}(?:ое|ее))(?![\w-])(?!\s[А-ЯЁ](?![\w-]*(?:[сц]к|н)ого\b))"
    r"(?![»\"]?\s(?i:сельск|городск|муниц|поселен))"
)
_MANLY = re.compile(
    rf"{_ADJECTIVE}(?:ий|ого|ому|им|ом|ый|ым)\s+(?i:(?P<kind>сельсовет|поссовет|наслег|сумон)|"
    r"(?P<of>сельск|станичн|поселков|хуторск)\w{2,3} округ)(?:а|е|у|ом)?(?![а-яё])"
)
_COUNCIL_NAMED = re.compile(rf"(?i:сельсовет\w{{0,2}})\s+[«\"]?{_OF_PLACE}ий\b")
_WOMANLY = re.compile(rf"{_ADJECTIVE}(?:ая|ой|ую)\s+(?i:волост)(?:ь|и|ью)(?![а-яё])")
_OTHERS = re.compile(r"(?:ого|ому|[сц]к(?:ой|ая|ом))$")


def find(text: str) -> Iterator[Settled]:
    text = lowered(text)
    for m in _NEUTER.finditer(text):
        yield _settled(m, f"{m['name']}ое {_kind(m)} поселение")
    for m in _FORMATION.finditer(text):
        yield _settled(m, f"{m['name']}ое муниципальное образование")
    for m in _FORMATION_NAMED.finditer(text):
        yield _settled(m, f"Муниципальное образование {m['name']}")
    for m in _MANLY.finditer(text):
        kind = m["kind"].lower() if m["kind"] else f"{masculine(m['of'].lower())} округ"
        yield _settled(m, f"{masculine(m['name'])} {kind}")
    for m in _COUNCIL_NAMED.finditer(text):
        yield _settled(m, f"{m['name']}ий сельсовет")
    for m in _WOMANLY.finditer(text):
        yield _settled(m, f"{m['name']}ая волость")
    for m in _NEUTER_NAMED.finditer(text):
        name = second_word(m["name"])
        end = m.start("name") + len(name)
        if not _OTHERS.search(name) and not KIND_AFTER.match(text, end):
            yield Settled(m.start(), end, f"{_kind(m).capitalize()} поселение {name}", True, name)


def _settled(m: re.Match[str], label: str) -> Settled:
    return Settled(m.start(), m.end(), label, True, m["name"])


def _kind(m: re.Match[str]) -> str:
    return "сельское" if (m["kind"] or m["short"]).lower().startswith("с") else "городское"
