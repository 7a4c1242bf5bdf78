"""Settlements by pattern, in a table or not: «с. Алкадар», «хутор Вертячий». Their municipalities: rural.py."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.geography.declension import AGREEING, forms
from analysis.geography.placenames import masculine
from analysis.text.lemmas import morph

_NAME = r"[А-ЯЁ][а-яё]{1,30}(?:-[А-ЯЁа-яё][а-яё]{0,30}){0,3}(?![а-яё-])"
KIND_AFTER = re.compile(
    r"\s(?i:муниципальн|городск|район|округ|сельс|сельск|област|края?\b|р-н|поселен|наслег|улус|кожуун|с/п)"
)
"""«сельское поселение Таштыпского района» is not called Таштыпский."""
NAME = rf"{_NAME}(?:[ ]{_NAME}(?!{KIND_AFTER.pattern}))?"
_MASCULINE = (
    r"пос[её]л(?:ок|ка|ке|ку|ком)|хутор(?:а|е|у|ом)?|аул(?:а|е|у|ом)?|разъезд(?:а|е|у)?|починок|арбан|сумон(?:а|е|у)?"
)
_FEMININE = r"деревн[яиею]|деревней|станиц[аыеу]|слобод[аыеу]|заимк[аиеу]"
_NEUTER = r"сел[оаеу]|селом|селени[еия]"
_SHORT = r"дер\.|пос\.|пгт\.?|рп\.?|р\.\s?п\.|ст-ц[аыеу]|х\.|с\.|д\.|п\.|н\.?п\.?"
_TYPED = re.compile(
    rf"(?<![\w./])(?P<type>(?i:(?P<he>{_MASCULINE})|(?P<she>{_FEMININE})|(?P<it>{_NEUTER})|{_SHORT}))[^\S\n]?"
    rf"[«\"]?(?P<name>{NAME})"
)
_TYPED_LEAD = re.compile(r"(?:сельск\w+|городск\w+|дачн\w+)\s+$", re.IGNORECASE)
_STATION = re.compile(r"(?<![\w./])(?:ст\.|ст-ца)\s?(?P<name>[А-ЯЁ][а-яё-]{2,30}ск(?:ая|ой|ую))\b")
_CAPITALS = re.compile(r"\b[А-ЯЁ][А-ЯЁ-]{3,}\b")
_LOWER = re.compile(r"\s([а-яё]{3,})")
_NOMINATIVE = frozenset(
    ["село", "деревня", "поселок", "посёлок", "станица", "хутор", "аул", "селение", "слобода", "починок", "разъезд",
     "с", "д", "п", "х", "пос", "дер", "пгт", "рп"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settled:
    """A settlement or rural municipality met in a text."""

    start: int
    end: int
    name: str
    """Nominative, as a label."""
    rural: bool
    """A municipality of the lower level, not a single settlement."""
    oblique: str
    """The name as it stands, to be matched with a gazetteer."""


def lowered(text: str) -> str:
    """Words in capitals as they are written in a sentence: «АДМИНИСТРАЦИЯ БЫКОВСКОГО СЕЛЬСОВЕТА»."""
    return _CAPITALS.sub(lambda m: m[0].capitalize(), text)


def find(text: str) -> Iterator[Settled]:
    """Single settlements."""
    text = lowered(text)
    for m in _STATION.finditer(text):
        yield Settled(m.start(), m.end(), _turned_back(m["name"], "ая"), False, m["name"])
    for m in _TYPED.finditer(text):
        if m["he"] and _TYPED_LEAD.search(text[max(0, m.start() - 14) : m.start()]):
            continue
        if KIND_AFTER.match(text, m.end("name")):
            continue
        if len(m["type"]) < len("с. ") and not _is_abbreviated_type(text, m):
            continue
        name = second_word(m["name"])
        if " " in name and _names_what_follows(text, m.start("name") + len(name)):
            name = name.partition(" ")[0]
        ending = "ий" if m["he"] else "ая" if m["she"] else "ое"
        nominative = nominative_of(name, m["type"].lower(), ending, text)
        yield Settled(m.start(), m.start("name") + len(name), nominative, False, name)


def second_word(name: str) -> str:
    """Without a second capitalised word that begins something else: a personal name, a district's adjective."""
    first, _, second = name.partition(" ")
    if (
        second
        and re.search(r"(?:ского|цкого|ской|ному|ная|ского|ская|ский)$", second)
        and not re.search(r"(?:ое|ая|ый|ий|ой|ые|ие|ова|ина|ого|ом)$", first)
    ):
        return first
    if second and any(first.endswith(noun) and second.endswith(own) for noun, own in AGREEING):
        return name
    if second and not re.search(r"(?:ое|ая|яя|ее|ый|ий|ой|ей|ые|ие|ых|их|ова|ева|ина|ого|его|ом|ем|ую|юю)$", first):
        return first
    return name


def _names_what_follows(text: str, end: int) -> bool:
    """«В деревне Малиновка Новая котельная даст тепло»: the second word belongs to the noun after it."""
    word = _LOWER.match(text, end)
    return word is not None and "nomn" in (tag := morph().parse(word[1])[0].tag) and "NOUN" in tag


def _is_abbreviated_type(text: str, m: re.Match[str]) -> bool:
    """«с. Залог» but not «стр. 5, п. 10», nor an initial «С. Рычкова» or a street's «п. Победы»."""
    before = text[max(0, m.start() - 3) : m.start()]
    return m["type"].islower() and not re.search(r"[А-ЯЁ]\.\s?$", before)


def nominative_of(name: str, type_: str, ending: str, text: str) -> str:
    """The nominative of a name after a word for its kind: names in apposition often stay undeclined.

    After an oblique kind («в селе Боровском») the name may be declined; the text itself mostly has the nominative
    elsewhere, else endings that can only be oblique are turned back, an adjective to the gender of its kind.
    """
    if type_.rstrip(".") in _NOMINATIVE:
        return name if not name.endswith(("ском", "ского")) else _turned_back(name, ending)
    candidates: list[str] = re.findall(_NAME, text)
    fitting = (c for c in candidates if c != name and c[:3] == name[:3] and name in forms(c))
    return next(fitting, None) or _turned_back(name, ending)


def _turned_back(name: str, ending: str) -> str:
    adjective = re.fullmatch(r"(.+(?:[сц]к|[ьрнлмсж]н|ов|ев|ив|[чщж]))(?:ом|ого|ому|ем|его|ему)", name)
    if adjective and ending != "ая":
        return adjective[1] + ending if ending == "ое" else masculine(adjective[1])
    if ending == "ая" and re.search(r"[а-яё](?:[кнвжчш]ой|[кнвл]ую)$", name):
        return name[:-2] + "ая"
    if re.search(r"(?:ов|ев|ин|ын)[еау]$", name) and not name.endswith("ина"):
        return name[:-1] + "о"
    if name.endswith(("ке", "ку")) and len(name) > 4:
        return name[:-1] + "а"
    return name
