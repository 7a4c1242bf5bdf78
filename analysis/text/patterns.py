"""Regular expressions that people can edit: a file of sections, one alternative a line."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from analysis.text.hinges import hinged, joined

_QUOTED_DAYS = (re.compile(r"«(\d{1,2})»(?=\s?[а-я])"), re.compile(r'"(\d{1,2})"(?=\s?[а-я])'))
"""Apart, for the engine skips to one letter faster than to any of several."""


def plain(text: str) -> str:
    """Lower case and ё as е, «15» ноября as a day without quotation marks, every letter in its place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c) == 1 else "·" for c in map(str.lower, text))
    low = low.replace("ё", "е").replace("\u00a0", " ")
    for pattern in _QUOTED_DAYS:
        low = pattern.sub(r" \1 ", low)
    return low


def sections(name: str) -> Iterator[tuple[str, list[str]]]:
    """(heading, lines) of a file in analysis/data, without comments and empty lines."""
    heading, lines = "", list[str]()
    for line in files("analysis.data").joinpath(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            if lines:
                yield heading, lines
            heading, lines = line.strip("[]"), []
        elif line and not line.startswith("#"):
            lines.append(line)
    if lines:
        yield heading, lines


@cache
def load(name: str) -> dict[str, re.Pattern[str]]:
    """Heading → the alternatives under it as one expression, for text in lower case with ё as е."""
    return {
        heading: re.compile(joined(form for line in lines for form in hinged(line)))
        for heading, lines in sections(name)
    }


def cue(name: str) -> re.Pattern[str]:
    return load("cues.txt")[name]
