"""What a site asks of robots (RFC 9309): the longest rule that fits decides, and where two fit, the one that allows."""

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

LARGEST = 500_000
"""Bytes that are read of a robots.txt."""
SLOWEST = 60.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site asks of us; without any rule everything is allowed."""

    rules: tuple[tuple[str, bool], ...] = ()
    """(pattern of a path, whether it is allowed)."""
    delay: float | None = None
    """Seconds between two requests, if the site asks for a number."""

    def allow(self, url: str) -> bool:
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, path)]
        return max(fitting)[1] if fitting else True


@dataclass(slots=True)
class _Group:
    agents: list[str] = field(default_factory=list)
    rules: list[tuple[str, bool]] = field(default_factory=list)
    delay: float | None = None
    closed: bool = False


def parse(body: bytes, agent: str) -> Rules:
    """The rules for our name, else those for everybody."""
    groups = _groups(body[:LARGEST].decode("utf-8-sig", "replace"))
    ours = [group for group in groups if agent.lower() in group.agents]
    chosen = ours or [group for group in groups if "*" in group.agents]
    delays = [group.delay for group in chosen if group.delay is not None]
    return Rules(tuple(rule for group in chosen for rule in group.rules), max(delays, default=None))


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    for line in text.splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            if not groups or groups[-1].closed:
                groups.append(_Group())
            groups[-1].agents.append(value.lower().partition("/")[0])
        elif groups and name in ("allow", "disallow", "crawl-delay"):
            _add(groups[-1], name, value)
    return groups


def _add(group: _Group, name: str, value: str) -> None:
    group.closed = True
    if name == "crawl-delay":
        if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", value):
            group.delay = min(float(value), SLOWEST)
    elif value:
        group.rules.append((_normal(value), name == "allow"))


def _fits(pattern: str, path: str) -> bool:
    ends = pattern.endswith("$")
    first, *rest = (pattern[:-1] if ends else pattern).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(rest, start=1):
        last = ends and number == len(rest)
        found = path.rfind(part) if last else path.find(part, at)
        if found < at or (last and not path.endswith(part)):
            return False
        at = found + len(part)
    return at == len(path) if ends and not rest else True


def _normal(path: str) -> str:
    return quote(unquote(path), safe="/*$?=&:;,+@!~'()[]")
