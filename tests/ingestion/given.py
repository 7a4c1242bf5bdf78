"""Saved bodies as parsers are given them."""

from datetime import UTC, datetime
from pathlib import Path

from ingestion.parsers.given import Given

FIXTURES = Path(__file__).parent / "fixtures"
NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


def saved(name: str, *, url: str = "https://site.example/news/", content_type: str = "", **settings: str) -> Given:
    return made((FIXTURES / name).read_bytes(), url=url, content_type=content_type, **settings)


def made(
    body: bytes | str, *, url: str = "https://site.example/news/", content_type: str = "", **settings: str
) -> Given:
    raw = body.encode() if isinstance(body, str) else body
    return Given(url, raw, content_type, "Europe/Moscow", NOW, settings)
