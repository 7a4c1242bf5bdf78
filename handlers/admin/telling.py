"""Tells people of the house that something waits for them or was decided: each in their language, once a matter."""

from collections.abc import Callable, Iterable

from domain.messages import Message
from handlers.admin.office import Desk, Office
from presenters.language.words import Words, words_for
from storage.outbox import mailings
from storage.people import subscribers


async def tell(office: Office, desk: Desk, people: Iterable[int], say: Callable[[Words], Message], key: str) -> None:
    """``key`` names the matter: nobody hears of it twice. Who has never opened the bot is passed over."""
    for person in people:
        known = await subscribers.by_chat(desk.connection, person)
        if known is None:
            continue
        message = say(words_for(known.language))
        await mailings.notice(desk.connection, message, key=f"{key}:{known.id}", now=office.now, chats=[person])
