"""Where conversations stand, on both databases."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from storage.engine import Database
from storage.people import dialogues
from storage.tables import dialogues as table

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
ANNA = dialogues.Key(bot_id=1, chat_id=1001, user_id=1001)


async def test_state_and_answers_are_kept_apart(database: Database) -> None:
    async with database.begin() as connection:
        await dialogues.set_state(connection, ANNA, "Suggesting:text", NOW)
        await dialogues.set_data(connection, ANNA, {"text": "Субботник", "photos": ["a"]}, NOW)
        await dialogues.set_state(connection, ANNA, "Suggesting:place", NOW)
    async with database.read() as connection:
        assert await dialogues.state(connection, ANNA) == "Suggesting:place"
        assert await dialogues.data(connection, ANNA) == {"text": "Субботник", "photos": ["a"]}


async def test_conversations_of_others_are_not_touched(database: Database) -> None:
    other = dialogues.Key(bot_id=1, chat_id=1001, user_id=1001, thread_id=7)
    async with database.begin() as connection:
        await dialogues.set_state(connection, ANNA, "Suggesting:text", NOW)
        assert await dialogues.state(connection, other) is None
        await dialogues.set_state(connection, other, None, NOW)
        assert await dialogues.state(connection, ANNA) == "Suggesting:text"


async def test_ended_conversation_leaves_no_row(database: Database) -> None:
    async with database.begin() as connection:
        await dialogues.set_state(connection, ANNA, "Suggesting:text", NOW)
        await dialogues.set_data(connection, ANNA, {"text": "Субботник"}, NOW)
        await dialogues.set_state(connection, ANNA, None, NOW)
        await dialogues.set_data(connection, ANNA, {}, NOW)
        assert (await connection.execute(select(func.count()).select_from(table))).scalar_one() == 0


async def test_answers_can_be_dropped_while_the_question_stands(database: Database) -> None:
    async with database.begin() as connection:
        await dialogues.set_state(connection, ANNA, "Suggesting:text", NOW)
        await dialogues.set_data(connection, ANNA, {"text": "Субботник"}, NOW)
        await dialogues.set_data(connection, ANNA, {}, NOW)
        assert await dialogues.state(connection, ANNA) == "Suggesting:text"
        assert await dialogues.data(connection, ANNA) == {}


async def test_forgotten_conversations_are_dropped(database: Database) -> None:
    async with database.begin() as connection:
        await dialogues.set_state(connection, ANNA, "Suggesting:text", NOW)
        assert await dialogues.forget_before(connection, NOW) == 0
        assert await dialogues.forget_before(connection, NOW + timedelta(days=1)) == 1
