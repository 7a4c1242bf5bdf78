"""What was looked at, as a dialogue remembers it until it is confirmed: plain values that survive a restart."""

from datetime import datetime
from typing import Any

from domain.sources import Entry, Finding, SourceKind

LONGEST_TEXT = 20_000
REMEMBERED = 3
"""Entries of a preview."""


def to_data(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "url": finding.url,
        "title": finding.title,
        "settings": finding.settings,
        "entries": [one.title or one.text[:200] for one in finding.entries[:REMEMBERED]],
        "article": entry_to_data(finding.article) if finding.article else None,
        "problem": finding.problem,
    }


def from_data(data: dict[str, Any]) -> Finding:
    return Finding(
        kind=SourceKind(data["kind"]) if data["kind"] else None,
        url=data["url"],
        title=data["title"],
        settings=data["settings"],
        entries=tuple(Entry(str(number), text) for number, text in enumerate(data["entries"])),
        article=entry_from_data(data["article"]) if data["article"] else None,
        problem=data["problem"],
    )


def entry_to_data(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.external_id,
        "text": entry.text[:LONGEST_TEXT],
        "title": entry.title,
        "url": entry.url,
        "published_at": entry.published_at.isoformat() if entry.published_at else None,
        "photo": entry.photo,
    }


def entry_from_data(data: dict[str, Any]) -> Entry:
    moment = datetime.fromisoformat(data["published_at"]) if data["published_at"] else None
    return Entry(data["id"], data["text"], data["title"], data["url"], moment, photo=data.get("photo"))


def entry_of(data: dict[str, Any]) -> Entry | None:
    """The text that waits to be taken in: what was sent, or the article behind the address that was sent."""
    if "entry" in data:
        return entry_from_data(data["entry"])
    return from_data(data["finding"]).article if "finding" in data else None
