"""Who may do what, and where. A role holds in a territory and everything inside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"
    MODERATOR = "moderator"
    ORGANISER = "organiser"


class Act(StrEnum):
    MANAGE_ROLES = "manage_roles"
    MANAGE_SOURCES = "manage_sources"
    COMPOSE = "compose"
    APPROVE = "approve"
    SEND = "send"
    SEND_URGENT = "send_urgent"
    MODERATE = "moderate"
    PROPOSE = "propose"
    """An organiser's own meeting, which a moderator or admin lets through."""
    SEE_REPORTS = "see_reports"


_RIGHTS: dict[Role, frozenset[Act]] = {
    Role.OWNER: frozenset(Act),
    Role.ADMIN: frozenset(Act),
    Role.EDITOR: frozenset({Act.COMPOSE, Act.SEE_REPORTS, Act.PROPOSE}),
    Role.MODERATOR: frozenset({Act.MODERATE, Act.SEE_REPORTS, Act.PROPOSE}),
    Role.ORGANISER: frozenset({Act.PROPOSE}),
}


@dataclass(frozen=True, slots=True)
class Grant:
    user_id: int
    role: Role
    territory: str


def may(grants: Iterable[Grant], act: Act, path: Sequence[str]) -> bool:
    """Whether any of one person's grants allows the act in a territory.

    ``path`` is the territory's code followed by those of all that contain it, Russia last.
    """
    return any(act in _RIGHTS[grant.role] and grant.territory in path for grant in grants)


def may_somewhere(grants: Iterable[Grant], act: Act) -> bool:
    """Whether the act is allowed in at least one territory: what menus are made from."""
    return any(act in _RIGHTS[grant.role] for grant in grants)
