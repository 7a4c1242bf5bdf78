"""What the handlers of the web server share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from analysis.geography.gazetteer import Gazetteer
from presenters.language.words import Words
from storage.engine import Database


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Context:
    database: Database
    gazetteer: Gazetteer
    words: Words
    public_url: str | None
    """Base address people reach this server by; None for the one of the request."""
    clock: Callable[[], datetime]
    dropped: Callable[[], int]
    """How many updates of Telegram this process did not let in."""

    def base(self, request: web.Request) -> str:
        return self.public_url or str(request.url.origin())


CONTEXT = web.AppKey("context", Context)
