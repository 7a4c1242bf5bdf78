"""One act of one subscriber, as most handlers need it: who, when, in which words, and what to look into."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from analysis.geography.gazetteer import Gazetteer
from domain.roles import Grant
from domain.subscribers import Subscriber, Subscription
from presenters.language.words import Words
from storage.engine import Connection, Database
from storage.people import subscribers, subscriptions


@dataclass(frozen=True, slots=True)
class Visit:
    subscriber: Subscriber
    grants: tuple[Grant, ...]
    words: Words
    now: datetime
    gazetteer: Gazetteer
    database: Database

    @asynccontextmanager
    async def change(self) -> AsyncIterator[tuple[Connection, int]]:
        """A write transaction, and the id of the subscriber whose own things alone may be changed in it."""
        async with self.database.begin() as connection:
            yield connection, self.subscriber.id

    async def followed(self) -> tuple[Subscription, ...]:
        async with self.database.read() as connection:
            return await subscriptions.of(connection, self.subscriber.id)

    async def subscriber_now(self) -> Subscriber:
        """The subscriber after a change."""
        async with self.database.read() as connection:
            return await subscribers.by_id(connection, self.subscriber.id) or self.subscriber
