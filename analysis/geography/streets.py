"""Streets that every town has: people leave «улица» out, and «прорвало трубу Ленина» is about no village of Ленино."""

import re

_EVERYWHERE = frozenset({"ленина", "калинина", "чапаева", "куйбышева", "свердлова"})
_INSIDE = re.compile(r"\b(?:в|во|из)\s$", re.IGNORECASE)


def is_street_of_every_town(text: str, start: int, end: int) -> bool:
    """Whether the word is the name of one; behind «в», «из» it is a settlement's."""
    return text[start:end].lower() in _EVERYWHERE and not _INSIDE.search(text[max(0, start - 4) : start])
