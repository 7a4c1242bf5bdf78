"""What those with a role do: /admin and /announce. Rights are asked where the act happens, see office.py."""

from aiogram import F, Router
from aiogram.enums import ChatType

from handlers.admin import (
    answers,
    approving,
    audience,
    composing,
    desk,
    editing,
    happenings,
    menu,
    paying,
    people,
    proposals,
    reporting,
    review,
    running,
    second_thoughts,
    sending,
    shelves,
    times,
    waves,
)
from handlers.admin.office import Entrance
from handlers.admin.watching import Watchers

_SUBJECTS = (
    menu,
    composing,
    audience,
    happenings,
    times,
    paying,
    sending,
    approving,
    shelves,
    running,
    second_thoughts,
    reporting,
    desk,
    answers,
    review,
    editing,
    people,
    waves,
    proposals,
)


def router() -> Router:
    router = Router(name="admin")
    watchers = Watchers()
    for observer, chat in ((router.message, F.chat), (router.callback_query, F.message.chat)):
        observer.filter(chat.type == ChatType.PRIVATE)
        observer.middleware(Entrance(watchers))
    router.include_routers(*(subject.router() for subject in _SUBJECTS))
    router.shutdown.register(watchers.close)
    return router
