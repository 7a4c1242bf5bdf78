"""Case forms of Russian place names by rule: names follow few patterns, and a rule serves unknown villages too.

A form may be one of several that are in use («Кстове» and «Кстово», «Апатит» and «Апатитов»); the first is the
one to write, the others are only recognised.
"""

import re
from functools import lru_cache

Forms = tuple[tuple[str, ...], ...]
"""Genitive, dative, accusative, instrumental, locative: of each the usual form first."""

GENITIVE, DATIVE, ACCUSATIVE, INSTRUMENTAL, LOCATIVE = range(5)
ONE = 1
_UNCHANGED = re.compile(
    r"(?:[^а-яё]|[эиуюё]|[^ьищцжч]е|[аеиу]о)$|^(?:Сочи|Тикси|Нерюнгри|Апсны|Улан|Усть|Санкт|Гран|Ханты)$"
)
_MASCULINE_SOFT = re.compile(r"(?:поль|славль|дырь|здаль|рабль|ышль|^Гусь|ремль|олхозь|Кинель|Нырь|Терибль)$")
_IRREGULAR = {
    "Орёл": "Орл",
    "Орел": "Орл",
    "Волочёк": "Волочк",
    "Волочек": "Волочк",
    "Ключ": "Ключ",
    "Хвалынск": "Хвалынск",
    "Городок": "Городк",
    "городок": "городк",
    "Городец": "Городц",
    "Пугачёв": "Пугачёв",
    "Лев": "Лев",
    "Чулым": "Чулым",
}
_NOUN_OY = {"Уренгой", "Джубой"}


AGREEING = (("а", "ая"), ("я", "ая"), ("о", "ое"))
"""Endings of a name and of its adjective: «Горка Береговая», «Село Заречное»."""


def cases(name: str) -> Forms:
    """All five oblique cases of a name of one or more words, hyphenated ones included."""
    words = name.split(" ")
    if len(words) == ONE:
        return _hyphenated(name)
    tables = [_hyphenated(word) if _declines(words, i) else _fixed(word) for i, word in enumerate(words)]
    return tuple(_joined([table[case] for table in tables], " ") for case in range(5))


def forms(name: str) -> frozenset[str]:
    """The name in every form it may be met in, nominative included."""
    return frozenset({name, *(form for case in cases(name) for form in case)})


def locative(name: str) -> str:
    """After «в»: «Саяногорске», «Набережных Челнах»."""
    return cases(name)[LOCATIVE][0]


def genitive(name: str) -> str:
    return cases(name)[GENITIVE][0]


def _declines(words: list[str], i: int) -> bool:
    """Of several words all up to the first noun decline: «Минеральных Вод», but «имени Лазо»."""
    if words[i][0].islower() and words[i] not in ("городок", "район", "область", "край", "округ"):
        return bool(re.search(r"(?:ий|ый|ой|ая|ое)$", words[i]))
    if any(words[i - 1].endswith(noun) and words[i].endswith(own) for noun, own in AGREEING if i):
        return True
    return all(re.search(r"(?:ий|ый|ой|ая|яя|ое|ее|ые|ие|ова|ева|ина|ёв|ев|ов|ин)$", word) for word in words[:i])


def _fixed(word: str) -> Forms:
    return ((word,),) * 5


def _joined(columns: list[tuple[str, ...]], glue: str) -> tuple[str, ...]:
    usual = glue.join(column[0] for column in columns)
    if len(columns[-1]) == ONE:
        return (usual,)
    head = glue.join(column[0] for column in columns[:-1])
    return tuple(head + glue + last for last in columns[-1])


@lru_cache(20_000)
def _hyphenated(word: str) -> Forms:
    parts = word.split("-")
    if len(parts) == ONE:
        return _word(word)
    if parts[1] in ("на", "над", "под", "де", "ла") or parts[-1] in ("на", "Дону", "Амуре"):
        head = _word(parts[0])
        tail = "-" + "-".join(parts[1:])
        return tuple(tuple(form + tail for form in case) for case in head)
    first, last = "-".join(parts[:-1]), _word(parts[-1])
    still = [tuple(f"{first}-{form}" for form in case) for case in last]
    if not re.search(r"(?:ий|ый|ой|ая)$", parts[-1]) or len(parts) > 2:
        return tuple(still)
    both = [_joined([a, b], "-") for a, b in zip(_word(parts[0]), last, strict=True)]
    return tuple(tuple(dict.fromkeys([*moved, *fixed])) for moved, fixed in zip(both, still, strict=True))


@lru_cache(20_000)
def _word(word: str) -> Forms:
    if len(word) < 3:
        return _fixed(word)
    table = _adjective(word) or _plural(word) or _feminine(word) or _neuter(word)
    if table:
        return table
    return _fixed(word) if _UNCHANGED.search(word) else _masculine(word)


def _one(stem: str, endings: str) -> Forms:
    return tuple((stem + (ending if ending != "-" else ""),) for ending in endings.split())


def _adjective(word: str) -> Forms | None:
    stem, end = word[:-2], word[-2:]
    if word in _NOUN_OY:
        return None
    velar = stem[-1:] in "кгх"
    soft = stem[-1:] in "нжшчщ" and end in ("ий", "ее", "яя")
    if end in ("ий", "ый", "ой") and len(stem) > ONE:
        if soft:
            return _one(stem, "его ему ий им ем")
        return _one(stem, f"ого ому {end} {'им' if velar or end == 'ий' else 'ым'} ом")
    if end in ("ое", "ее") and len(stem) > ONE:
        return _one(stem, "его ему ее им ем" if end == "ее" else f"ого ому ое {'им' if velar else 'ым'} ом")
    if end in ("ая", "яя") and len(stem) > ONE:
        return _one(stem, "ей ей юю ей ей" if end == "яя" else "ой ой ую ой ой")
    if end in ("ые", "ие") and len(stem) > 2:
        vowel = end[0]
        return _one(stem, f"{vowel}х {vowel}м {end} {vowel}ми {vowel}х")
    return None


def _plural(word: str) -> Forms | None:
    """Шахты, Химки, Боровичи: how the genitive goes cannot be told from the ending, so all its ways are known."""
    if (
        not re.search(r"(?:[бвдзлмнпрстцр]ы|[кгхчщшж]и|[лр]и)$", word)
        or _UNCHANGED.search(word[:-1] + "а")
        or word == "Сочи"
    ):
        return None
    stem, soft = word[:-1], word[-1] == "и" and word[-2] in "лрн"
    vowel = "я" if soft else "а"
    zero = re.sub(r"([бвгджзйклмнпрстфхцчшщ])к$", lambda m: m[1] + ("е" if m[1] in "жчшй" else "о") + "к", stem)
    genitive: tuple[str, ...] = (zero, stem + "ов", stem)
    if word[-2] in "чщшж":
        genitive = (stem + "ей", stem)
    elif soft:
        genitive = (stem + "ей", stem + "ь")
    elif word[-2] == "ц":
        genitive = (stem + "ов", stem + "ев", stem[:-1] + "ец")
    return (genitive, (f"{stem}{vowel}м",), (word,), (f"{stem}{vowel}ми",), (f"{stem}{vowel}х",))


def _feminine(word: str) -> Forms | None:
    stem = word[:-1]
    if re.search(r"(?:ова|ева|ёва|ина)$", word) and word in ("Марьина", "Соколова", "Вешнякова"):
        return _one(stem, "ой ой у ой ой")
    if word.endswith("а"):
        gen = "и" if stem[-1] in "кгхжшчщ" else "ы"
        return _one(stem, f"{gen} е у {'ей' if stem[-1] in 'жшчщц' else 'ой'} е")
    if word.endswith("ия"):
        return _one(stem, "и и ю ей и")
    if word.endswith("я"):
        return _one(stem, "и е ю ей е")
    if word.endswith("ь") and not _MASCULINE_SOFT.search(word):
        regular = ((stem + "и",), (stem + "и",), (word,), (stem + "ью",), (stem + "и",))
        manly = ((stem + "я",), (stem + "ю",), (word,), (stem + "ем",), (stem + "е",))
        return tuple((a[0], b[0]) for a, b in zip(regular, manly, strict=True))
    return None


def _neuter(word: str) -> Forms | None:
    stem = word[:-1]
    if re.search(r"(?:ов|ев|ёв|ин|ын)о$", word):
        return ((stem + "а", word), (stem + "у", word), (word,), (stem + "ом", word), (stem + "е", word))
    if word.endswith("о") and word[-2] not in "аеиоу":
        return _one(stem, "а у о ом е")
    if word.endswith(("ье", "ие")):
        return _one(stem, "я ю е ем и" if word.endswith("ие") else "я ю е ем е")
    return _one(stem, "а у е ем е") if re.search(r"[щцжч]е$", word) else None


def _masculine(word: str) -> Forms:
    stem = _IRREGULAR.get(word, word)
    if word.endswith(("ь", "й")):
        return _one(word[:-1], f"я ю {word[-1]} ем е")
    hard = _one(stem, f"а у - {'ем' if re.search('[цжшчщ]$', stem) else 'ом'} е")
    if word.endswith("ец") and word[-3] not in "аеиоуыэюя":
        short = word[:-2] + ("ьц" if word[-3] == "л" else "ц")
        quick = _one(short, "а у - ом е")
        return ((quick[0][0],), (quick[1][0],), (word,), (quick[3][0], short + "ем"), (quick[4][0],))
    brief = len(re.findall("[аеёиоуыэюя]", word)) == ONE
    return (hard[0], hard[1], (word,), hard[3], (*hard[4], *hard[1]) if brief else hard[4])
