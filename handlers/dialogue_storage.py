"""aiogram's dialogue state over our own database: the embedded default, where aiogram offers memory and Redis only."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from storage.engine import Database
from storage.people import dialogues


class DialogueStorage(BaseStorage):
    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        async with self._database.begin() as connection:
            await dialogues.set_state(connection, _key(key), name, self._clock())

    async def get_state(self, key: StorageKey) -> str | None:
        async with self._database.read() as connection:
            return await dialogues.state(connection, _key(key))

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        async with self._database.begin() as connection:
            await dialogues.set_data(connection, _key(key), dict(data), self._clock())

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        async with self._database.read() as connection:
            return await dialogues.data(connection, _key(key))

    async def close(self) -> None:
        """The database belongs to the process and is closed there."""


def _key(key: StorageKey) -> dialogues.Key:
    return dialogues.Key(key.bot_id, key.chat_id, key.user_id, key.thread_id or 0)
