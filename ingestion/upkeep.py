"""What has to be said and put away: people hear once of a source that died, of its return, and of open questions."""

from datetime import datetime

from domain.messages import Message
from domain.roles import Act
from domain.sources import Source
from domain.territories import RUSSIA
from presenters.admin import source_notices as notices
from presenters.language.words import Words, words_for
from storage.content import events
from storage.engine import Connection, Database
from storage.intake import questions, source_health, stories
from storage.intake.questions import Question, QuestionKind
from storage.outbox import mailings
from storage.people import roles


async def tell_of_health(database: Database, now: datetime, language: str = "ru") -> int:
    """Tells the people of a territory that a source fails, and that it is back; returns how many messages were owed."""
    words = words_for(language)
    async with database.begin() as connection:
        failing = await source_health.to_alarm(connection)
        for source in failing:
            await _tell(connection, source, notices.failing(words, source), f"failing:{now:%Y%m%d%H%M%S}", now)
            await source_health.set_alarmed(connection, source.id, now)
        back = await source_health.recovered(connection)
        for source in back:
            await _tell(connection, source, notices.is_back(words, source), f"back:{now:%Y%m%d%H%M%S}", now)
            await source_health.set_alarmed(connection, source.id, None)
    return len(failing) + len(back)


async def tell_of_questions(database: Database, now: datetime, language: str = "ru") -> int:
    """Tells moderators that something waits for their decision; each question once."""
    words = words_for(language)
    async with database.begin() as connection:
        untold = await questions.untold(connection)
        for question in untold:
            people = await roles.people_who_may(connection, Act.MODERATE, question.territory or RUSSIA)
            message = _message(words, question)
            await mailings.notice(connection, message, key=f"question:{question.id}", chats=people, now=now)
        await questions.mark_told(connection, [question.id for question in untold], now)
    return len(untold)


async def tidy(database: Database, now: datetime) -> None:
    """Drops bands that are too old to be compared with, and closes events that are over."""
    async with database.begin() as connection:
        await stories.forget(connection, now)
        await events.close_past(connection, now)


async def _tell(connection: Connection, source: Source, message: Message, matter: str, now: datetime) -> None:
    people = await roles.people_who_may(connection, Act.MANAGE_SOURCES, source.territory or RUSSIA)
    await mailings.notice(connection, message, key=f"source:{source.id}:{matter}", chats=people, now=now)


def _message(words: Words, question: Question) -> Message:
    title = str(question.details.get("title") or question.details.get("source") or "")
    match question.kind:
        case QuestionKind.BURST:
            return notices.burst(words, title, int(question.details.get("count", 0)))
        case QuestionKind.VANISHED:
            return notices.vanished(words, title)
        case QuestionKind.CORRECTION:
            return notices.correction(words, title)
        case QuestionKind.CANCELLED:
            return notices.called_off(words, title)
