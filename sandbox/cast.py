"""Who is on stage: the people, groups, channels and towns that a caller gives to a sandbox."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Player:
    """A person with a column of their own on the chat page. `role` is a word under the name."""

    id: int
    name: str
    role: str = ""
    username: str = ""
    language: str = "ru"


@dataclass(frozen=True, slots=True)
class Stage:
    """A group, supergroup or channel; `members` maps ids to creator, administrator or member, `bot` is its own."""

    id: int
    kind: Literal["group", "supergroup", "channel"]
    title: str
    members: Mapping[int, str]
    bot: str = "left"
    topics: tuple[str, ...] = ()
    username: str = ""


@dataclass(frozen=True, slots=True)
class Town:
    """A place somebody may say they are at; degrees."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Cast:
    people: tuple[Player, ...] = ()
    stages: tuple[Stage, ...] = ()
    towns: tuple[Town, ...] = ()


TOWNS = (
    Town("Москва", 55.7558, 37.6173),
    Town("Екатеринбург", 56.8389, 60.6057),
    Town("Новосибирск", 55.0302, 82.9204),
    Town("Владивосток", 43.1155, 131.8855),
)
PLAIN_CAST = Cast(
    people=(Player(1001, "Анна Петрова", "гостья"), Player(1002, "Борис Ким", "гость")),
    stages=(Stage(-1000000002001, "supergroup", "Наш двор", {1001: "creator", 1002: "member"}),),
    towns=TOWNS,
)
"""For a sandbox that is started by hand without a cast."""


def read_cast(path: Path) -> Cast:
    """A cast from JSON with the fields of these classes. Raises ValueError, KeyError or TypeError for anything else."""
    given: dict[str, list[dict[str, Any]]] = json.loads(path.read_text("utf-8"))
    return Cast(
        tuple(Player(**player) for player in given.get("people", [])),
        tuple(_stage(stage) for stage in given.get("stages", [])),
        tuple(Town(**town) for town in given.get("towns", [])),
    )


def _stage(given: dict[str, Any]) -> Stage:
    members = {int(number): status for number, status in given.pop("members", {}).items()}
    return Stage(members=members, topics=tuple(given.pop("topics", ())), **given)
