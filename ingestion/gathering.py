"""Opens what gathering needs in one process, and closes it: the HTTP client, the parsing children, what uses them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from ingestion.child import Children
from ingestion.collecting import Collector, Vk
from ingestion.detection import Detector
from ingestion.drafts import ZONE
from ingestion.fetching.client import Client

__all__ = ["ZONE", "Gathering", "Options", "opened"]


@dataclass(frozen=True, slots=True)
class Options:
    allow_private: bool = False
    contact: str = ""
    """Where a site's webmaster finds whoever runs the bot: part of the User-Agent."""
    vk_token: str = ""
    vk_url: str = "https://api.vk.com"


@dataclass(frozen=True, slots=True)
class Gathering:
    client: Client
    children: Children
    collector: Collector
    detector: Detector


@asynccontextmanager
async def opened(options: Options) -> AsyncIterator[Gathering]:
    """Everything that fetches and parses, for as long as the context lasts."""
    async with Client(allow_private=options.allow_private, contact=options.contact) as client, Children() as children:
        collector = Collector(client, children, Vk(options.vk_token, options.vk_url))
        yield Gathering(client, children, collector, Detector(collector, _now))


def _now() -> datetime:
    return datetime.now(UTC)
