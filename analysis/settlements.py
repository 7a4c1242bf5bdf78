"""Settlements and rural municipalities by pattern, in a table or not: «с. Алкадар», «Воинское сельское поселение»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.declension import forms
from analysis.placenames import adjective_stem, fold

_NAME = r"[А-ЯЁ][а-яё]{1,30}(?:-[А-ЯЁа-яё][а-яё]{0,30}){0,3}(?![а-яё])"
_SECOND = rf"(?:[ ]{_NAME}(?![ ](?:муниципальн|городск|район|округ|сельс|сельск|област|края?\b|р-н|поселен|наслег)))?"
_TYPE = (
    r"(?:сел[оаеу]|селом|деревн[яиею]|деревней|дер\.|пос[её]л(?:ок|ка|ке|ку|ком)|пос\.|пгт\.?|рп\.?|р\.\s?п\.|станиц[аыеу]|ст-ц[аыеу]|"
    r"хутор(?:а|е|у|ом)?|х\.|аул(?:а|е|у|ом)?|слобод[аыеу]|селени[еия]|с\.|д\.|п\.|нп)"
)
_TYPED = re.compile(rf"(?<![\w./])(?P<type>(?i:{_TYPE}))\s?(?P<name>{_NAME}{_SECOND})")
_REGION_AFTER = re.compile(r"[ ](?:област|кра[яйюе]\b|республик|автономн)")
_SHOUTED = re.compile(r"\b[А-ЯЁ]{4,40}(?:-[А-ЯЁ]{2,40})?\b")
_KINDS = re.compile(
    r"(?:сельсовет|поссовет|сельск|городск|поселен|муниципальн|образован|район|округ|област|сел[оае]$|деревн|поселок|поселк)"
)
_TYPED_LEAD = re.compile(r"(?:сельск\w+|городск\w+|рабоч\w+|дачн\w+)\s+$", re.IGNORECASE)
_RURAL = re.compile(
    r"(?P<name>[А-ЯЁ][\w-]{0,40}?(?:[сц]к|н|в))(?P<end>ое|ого|ому|им|ым|ом|ие|их|ий|ый|ой)\s+(?P<kind>сельск|городск)(?:ое|ого|ому|им|ом|ие|их|ими)\s+"
    r"(?P<type>поселени\w+|МО\b|муниципальн\w+\s+образовани\w+)"
)
_COUNCIL = re.compile(
    r"(?P<name>[А-ЯЁ][\w-]{0,40}?(?:[сц]к|н|в))(?P<end>ий|ого|ому|им|ом|ый|ым|их|ие)\s+(?P<type>сельсовет\w{0,3}|поссовет\w{0,3})"
)
_RURAL_NAMED = re.compile(
    rf"(?P<kind>[Сс]ельск|[Гг]ородск)(?:ое|ого|ому|им|ом)\s+(?P<type>поселени\w+)[ ]+[«\"]?(?P<name>{_NAME}{_SECOND})"
)


_NOMINATIVE = frozenset(
    ["село", "деревня", "поселок", "посёлок", "станица", "хутор", "аул", "с", "д", "п", "х", "пос", "пгт", "рп"]
)


@dataclass(frozen=True, slots=True)
class Settled:
    """A settlement or rural municipality met in a text."""

    start: int
    end: int
    words: str
    name: str
    """Nominative, as a label."""
    rural: bool
    """A municipality of the lower level, not a single settlement."""
    oblique: str
    """The name as it stands, to be matched with a gazetteer."""


def find(text: str) -> Iterator[Settled]:
    text = _SHOUTED.sub(_spoken, text)
    yield from _rural(text)
    for m in _TYPED.finditer(text):
        if _REGION_AFTER.match(text, m.end()):
            continue
        if _TYPED_LEAD.search(text[max(0, m.start() - 14) : m.start()]) and m["type"].startswith("посел"):
            continue
        if m["type"].lower() in ("п.", "с.", "д.", "х.") and not _is_abbreviated_type(text, m):
            continue
        name = _second_word(m["name"])
        nominative = nominative_of(name, m["type"].lower(), text)
        yield Settled(
            m.start(),
            m.start("name") + len(name),
            text[m.start() : m.start("name") + len(name)],
            nominative,
            False,
            name,
        )


def _spoken(m: re.Match[str]) -> str:
    """A word in capitals as names are written («БЫКОВСКОГО СЕЛЬСОВЕТА»)."""
    low = m[0].lower()
    return low if _KINDS.match(low.replace("ё", "е")) else m[0].title()


def _second_word(name: str) -> str:
    """Without a second capitalised word that begins something else: a personal name, a district's adjective."""
    first, _, second = name.partition(" ")
    if (
        second
        and re.search(r"(?:ского|цкого|ской|ному|ная|ского|ская|ский)$", second)
        and not re.search(r"(?:ое|ая|ый|ий|ой|ые|ие|ова|ина|ого|ом)$", first)
    ):
        return first
    if second and not re.search(r"(?:ое|ая|яя|ее|ый|ий|ой|ей|ые|ие|ых|их|ова|ева|ина|ого|его|ом|ем|ую|юю)$", first):
        return first
    return name


def _is_abbreviated_type(text: str, m: re.Match[str]) -> bool:
    """«с. Залог» but not «стр. 5, п. 10», nor an initial «С. Рычкова» or a street's «п. Победы»."""
    before = text[max(0, m.start() - 3) : m.start()]
    return m["type"].islower() and not re.search(r"[А-ЯЁ]\.\s?$", before)


def _rural(text: str) -> Iterator[Settled]:
    for m in _RURAL.finditer(text):
        neuter = m["name"] + ("ое")
        kind = "сельское поселение" if m["kind"] == "сельск" else "городское поселение"
        if (
            not m["type"].startswith("поселени")
            or m["end"] in ("ие", "их")
            or m["type"] in ("поселений", "поселениям", "поселениях")
        ):
            continue
        yield Settled(m.start(), m.end(), m[0], f"{neuter} {kind}", True, m["name"])
    for m in _COUNCIL.finditer(text):
        if m["end"] in ("ие", "их") or m["type"].endswith(("ов", "ы", "ам", "ах")):
            continue
        type_ = "сельсовет" if m["type"].startswith("сел") else "поссовет"
        yield Settled(m.start(), m.end(), m[0], f"{m['name']}ий {type_}", True, m["name"])
    for m in _RURAL_NAMED.finditer(text):
        kind = "Сельское поселение" if m["kind"].lower() == "сельск" else "Городское поселение"
        name = _second_word(m["name"])
        if adjective_stem(fold(name)) and re.search(r"(?:ого|ому|[сц]к(?:ой|ая|ом|ий))$", name):
            continue
        yield Settled(m.start(), m.start("name") + len(name), m[0], f"{kind} {name}", True, name)


def nominative_of(name: str, type_: str, text: str) -> str:
    """The nominative of a name after a word for its kind: names in apposition often stay undeclined.

    After an oblique kind («в селе Боровском») the name may be declined; the text itself mostly has the nominative
    elsewhere, else endings that can only be oblique are turned back.
    """
    if type_.rstrip(".") in _NOMINATIVE:
        return name if not name.endswith(("ском", "ского")) else _turned_back(name)
    candidates: list[str] = re.findall(_NAME, text)
    fitting = (c for c in candidates if c != name and c[:3] == name[:3] and name in forms(c))
    return next(fitting, None) or _turned_back(name)


def _turned_back(name: str) -> str:
    if name.endswith(("ском", "цком")):
        return name[:-2] + "ое"
    if name.endswith("ского"):
        return name[:-3] + "ое"
    if re.search(r"(?:ов|ев|ин|ын)[еау]$", name) and not name.endswith("ина"):
        return name[:-1] + "о"
    if name.endswith("ой") and len(name) > 5:
        return name
    if name.endswith(("ке", "ку")) and len(name) > 4:
        return name[:-1] + "а"
    return name
