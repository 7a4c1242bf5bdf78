"""Russian typed on the Latin keyboard layout («cj,jhfybt» is «собрание»)."""

import re
from collections.abc import Callable

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_TO_RUSSIAN = str.maketrans(_LATIN, _RUSSIAN)
_WORD = re.compile(r"[^\W\d_]+")


def repaired(text: str, knows: Callable[[str], bool]) -> str | None:
    """The whole string in the Russian layout, if more of its words are known then; None where it stays as it is.

    The string is translated before it is cut into words: on the Latin layout letters hide in its punctuation.
    """
    if not re.search(r"[A-Za-z]", text) or re.search(r"[А-Яа-яЁё]", text):
        return None
    turned = text.translate(_TO_RUSSIAN)
    return turned if _share(turned, knows) > _share(text, knows) else None


def _share(text: str, knows: Callable[[str], bool]) -> float:
    words = _WORD.findall(text)
    return sum(len(w) for w in words if knows(w)) / max(1, sum(map(len, words)))
