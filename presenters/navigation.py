"""The way back from a screen to the one it belongs to."""

from enum import StrEnum

from domain.messages import Button
from presenters.actions import action, pack
from presenters.language.words import Words


class Origin(StrEnum):
    """The screen to go back to."""

    MY = "m"
    SETTINGS = "s"


@action("my")
class ShowMine:
    pass


@action("se")
class ShowSettings:
    pass


def back(words: Words, origin: Origin) -> Button:
    return Button(words.label("‹ Back"), action=pack(ShowMine() if origin is Origin.MY else ShowSettings()))
