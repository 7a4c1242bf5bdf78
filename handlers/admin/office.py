"""Where an act is decided: rights are read from the database in the very transaction that acts (docs/adr/0008)."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject, User

from analysis.geography.gazetteer import Gazetteer
from analysis.reader import Reader
from domain.announcements import Announcement
from domain.roles import Act, Grant, may, may_somewhere
from handlers.admin.watching import EVERY, Watchers
from handlers.screens import send, take_buttons_away, toast
from handlers.visit import Visit
from presenters.admin import menu as screens
from presenters.admin.review import decided_already
from presenters.language.words import Words
from storage.announcing import announcements
from storage.engine import Connection, Database
from storage.people import roles


class NotAllowedError(Exception):
    """No right to this, or none any more. Raised inside a transaction, it undoes it."""


class DecidedError(Exception):
    """Somebody decided meanwhile. Raised inside a transaction, it undoes it."""


class ChangedError(Exception):
    """It is not what was shown any more. Raised inside a transaction, it undoes it."""


class GoneError(Exception):
    """What a button or a dialogue is about does not exist (any more)."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One transaction of somebody with rights as they stand in it."""

    connection: Connection
    user_id: int
    grants: tuple[Grant, ...]
    gazetteer: Gazetteer

    def may(self, act: Act, territories: Iterable[str]) -> bool:
        """Whether the act is allowed in each of the territories; never where there is none."""
        codes = list(territories)
        return bool(codes) and all(may(self.grants, act, self.gazetteer.path(code)) for code in codes)

    def anywhere(self, act: Act) -> bool:
        return may_somewhere(self.grants, act)

    def demand(self, act: Act, territories: Iterable[str]) -> None:
        """Raises NotAllowedError where the act is not allowed in each of the territories."""
        if not self.may(act, territories):
            raise NotAllowedError

    def demand_anywhere(self, act: Act) -> None:
        if not self.anywhere(act):
            raise NotAllowedError

    def where(self, act: Act) -> list[str]:
        """The territories in which the act was granted, without those inside another of them."""
        codes = sorted({one.territory for one in self.grants if may_somewhere([one], act)})
        return [code for code in codes if not set(self.gazetteer.ancestors(code)) & set(codes)]

    def may_edit(self, one: Announcement) -> bool:
        """A draft for territories belongs to all who compose there; one for nowhere yet to its author."""
        if one.audience.territories:
            return self.may(Act.COMPOSE, one.audience.territories)
        return one.author_id == self.user_id and self.anywhere(Act.COMPOSE)

    def may_see(self, one: Announcement) -> bool:
        return self.may(Act.SEE_REPORTS, one.audience.territories) or self.may_edit(one)

    def may_send(self, one: Announcement) -> bool:
        act = Act.SEND_URGENT if one.priority == "urgent" else Act.SEND
        return self.may(act, one.audience.territories)

    async def announcement(self, announcement_id: int) -> Announcement:
        """Raises GoneError for an unknown one and NotAllowedError for one that is none of this person's business."""
        one = await announcements.get(self.connection, announcement_id)
        if one is None:
            raise GoneError
        if not self.may_see(one):
            raise NotAllowedError
        return one

    async def draft(self, announcement_id: int) -> Announcement:
        """As ``announcement``, for whoever may change it."""
        one = await self.announcement(announcement_id)
        if not self.may_edit(one):
            raise NotAllowedError
        return one

    async def sendable(self, announcement_id: int) -> Announcement:
        """As ``announcement``, for whoever may send it: to all its territories, urgent or not."""
        one = await self.announcement(announcement_id)
        if not self.may_send(one):
            raise NotAllowedError
        return one


@dataclass(frozen=True, slots=True)
class Office:
    """One update of somebody who may have rights; whether they do is asked in ``acting`` and ``looking``."""

    user_id: int
    words: Words
    now: datetime
    gazetteer: Gazetteer
    database: Database
    reader: Reader
    send_rate: float
    paid_send_rate: float
    """0 where nothing may be paid for."""

    @asynccontextmanager
    async def acting(self) -> AsyncIterator[Desk]:
        """A write transaction."""
        async with self.database.begin() as connection:
            yield await self._desk(connection)

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[Desk]:
        async with self.database.read() as connection:
            yield await self._desk(connection)

    async def _desk(self, connection: Connection) -> Desk:
        return Desk(connection, self.user_id, await roles.of_user(connection, self.user_id), self.gazetteer)


class Entrance(BaseMiddleware):
    """Gives handlers their ``office`` and says no for them where an act is refused."""

    def __init__(self, watchers: Watchers) -> None:
        self._watchers = watchers

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        visit: Visit = data["visit"]
        user: User = data["event_from_user"]
        common = (visit.words, visit.now, visit.gazetteer, visit.database)
        data["office"] = Office(user.id, *common, data["reader"], data["send_rate"], data["paid_send_rate"])
        data["watchers"] = self._watchers
        self._watchers.every = data.get("live_every", EVERY)
        if isinstance(event, CallbackQuery) and event.message:
            self._watchers.leave(event.message.chat.id, event.message.message_id)
        try:
            return await handler(event, data)
        except NotAllowedError:
            await _say(event, data["state"], screens.refused(visit.words))
        except DecidedError:
            await _say(event, data["state"], decided_already(visit.words))
            if isinstance(event, CallbackQuery):
                await take_buttons_away(event)
        except GoneError:
            await _say(event, data["state"], screens.gone(visit.words))


async def _say(event: TelegramObject, state: FSMContext, text: str) -> None:
    """A dialogue that may not go on ends: nobody is asked again and again for what is refused."""
    if isinstance(event, CallbackQuery):
        await toast(event, text, alert=True)
    elif isinstance(event, Message):
        await state.clear()
        await send(event, screens.said(text))
