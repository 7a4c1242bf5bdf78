"""The filter by which a handler receives the action of a button, unpacked."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery

from presenters.actions import unpack


class Pressed(Filter):
    """``@router.callback_query(Pressed(Why))`` hands the handler ``act: Why``."""

    def __init__(self, *actions: type) -> None:
        self.actions = actions

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        act = unpack(query.data or "")
        return {"act": act} if isinstance(act, self.actions) else False
