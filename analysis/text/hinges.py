"""Expressions rewritten for speed: where every alternative begins with a letter, the engine skips to those letters.

One alternative that begins with a boundary or a group would make it try all of them at every character of a text.
"""

import re
from collections.abc import Iterable, Iterator

_BOUNDED = re.compile(r"\\b([а-яa-z])(?![?*+{])")
_GROUP = re.compile(r"(\\b)?\(\?:")
_MAYBE = re.compile(r"(\\b)?([а-яa-z]|\[[а-яa-z]+\])\?")
_LETTERS = re.compile(r"(\\b)?\[([а-яa-z]+)\](?![?*+{])")
_FIRST = re.compile(r"([а-яa-z])(?![?*+{])")
DEEPEST = 4


def joined(alternatives: Iterable[str]) -> str:
    """One expression of all, those that begin with the same letter behind it: the engine tries each letter once.

    Two of different letters never match at one place, so that their order is of no matter; that of the others is kept.
    """
    behind: dict[str, list[str]] = {}
    for alternative in alternatives:
        first = _FIRST.match(alternative)
        behind.setdefault(first[1] if first else "", []).append(alternative[1:] if first else alternative)
    return "|".join(
        f"{letter}(?:{'|'.join(rest)})" if len(rest) > 1 else f"{letter}{rest[0]}" for letter, rest in behind.items()
    )


def hinged(alternative: str, depth: int = 0) -> Iterator[str]:
    """The same alternative, as several where it begins with a group, each with its first letter in front."""
    if depth < DEEPEST and (parts := _parted(alternative)):
        for part in parts:
            yield from hinged(part, depth + 1)
    else:
        yield _BOUNDED.sub(r"\1(?<=\\b\1)", alternative, count=1) if _BOUNDED.match(alternative) else alternative


def _parted(alternative: str) -> list[str]:
    """What the beginning stands for, in the order in which the engine would try it; nothing where it is a letter."""
    if m := _MAYBE.match(alternative):
        bound, rest = m[1] or "", alternative[m.end() :]
        return [f"{bound}{m[2]}{rest}", f"{bound}{rest}"]
    if m := _LETTERS.match(alternative):
        return [f"{m[1] or ''}{letter}{alternative[m.end() :]}" for letter in m[2]]
    if (m := _GROUP.match(alternative)) is None:
        return []
    inner, end = _inside(alternative, m.end())
    rest = alternative[end:]
    if rest.startswith(("*", "+", "{", "??")):
        return []
    choices = [*inner, ""] if rest.startswith("?") else inner
    return [f"{m[1] or ''}{choice}{rest.removeprefix('?')}" for choice in choices]


def _inside(alternative: str, start: int) -> tuple[list[str], int]:
    """The choices of the group that opens before ``start``, and where it ends."""
    depth, choices, last, at = 0, list[str](), start, start
    while depth >= 0:
        sign = alternative[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = alternative.index("]", at)
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
        if (sign == "|" and depth == 0) or depth < 0:
            choices.append(alternative[last:at])
            last = at + 1
        at += 1
    return choices, at
