"""Territories as people name them."""

from analysis.geography.gazetteer import Gazetteer
from domain.territories import RUSSIA
from presenters.language.words import Words


def place_title(words: Words, gazetteer: Gazetteer, code: str) -> str:
    """«Саяногорск, Республика Хакасия»; the code itself for a territory that is no longer known."""
    if code == RUSSIA:
        return words.label("All of Russia")
    return gazetteer.title(code) if code in gazetteer.by_code else code


def place_name(words: Words, gazetteer: Gazetteer, code: str) -> str:
    """«Саяногорск», where the region is known from beside it or space is short."""
    if code == RUSSIA:
        return words.label("All of Russia")
    return gazetteer.by_code[code].short_name if code in gazetteer.by_code else code
