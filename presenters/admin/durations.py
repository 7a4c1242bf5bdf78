"""How long something takes, as people say it: roughly."""

import math

from presenters.language.words import Words

_MINUTE, _HOUR = 60, 3600
_CLOSE = 90
"""Up to so many seconds, and so many minutes, the smaller unit says more."""


def duration(words: Words, seconds: float) -> str:
    """«~18 с», «~12 мин», «~9,3 ч»."""
    if seconds < _CLOSE:
        return words.label("~{count} s", count=max(1, math.ceil(seconds)))
    if seconds < _CLOSE * _MINUTE:
        return words.label("~{count} min", count=math.ceil(seconds / _MINUTE))
    return words.label("~{count} h", count=decimal(words, seconds / _HOUR, 1))


def decimal(words: Words, value: float, digits: int) -> str:
    """«0,82»."""
    written = f"{value:.{digits}f}"
    return written.replace(".", ",") if words.language == "ru" else written
