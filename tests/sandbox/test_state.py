"""A sandbox that is started again goes on where it was."""

from pathlib import Path

import pytest

from sandbox.cast import PLAIN_CAST
from sandbox.methods import SUPPORTED
from sandbox.server import Sandbox
from sandbox.telegram import open_call
from sandbox.world import Json


def call(sandbox: Sandbox, method: str, **given: object) -> Json:
    opened = open_call(sandbox.telegram, method, dict(given), {})
    result: Json = SUPPORTED[method](opened)  # type: ignore[assignment]
    return result


async def test_chats_updates_files_and_profile_survive(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    async with Sandbox(cast=PLAIN_CAST, state_path=path) as first:
        ann = first.person("", 1001)
        await ann.send("/start")
        document = await ann.send_document("форум.ics", b"BEGIN")
        call(first, "sendMessage", chat_id=1001, text="<b>да</b>", parse_mode="HTML")
        call(first, "setMyCommands", commands=[{"command": "news", "description": "новости"}])
        ann.block()
        pending = list(first.telegram.updates.pending)
    async with Sandbox(cast=PLAIN_CAST, state_path=path) as second:
        ann = second.person("", 1001)
        assert ann.screen().last.html == "<b>да</b>"
        assert second.world.chats[1001].status(second.world.bot.id) == "kicked"
        assert list(second.telegram.updates.pending) == pending
        assert call(second, "getMyCommands")
        stored = second.world.files[document.message["document"]["file_id"]]
        assert (stored.name, stored.data) == ("форум.ics", b"BEGIN")
        fresh = await ann.send("ещё")
        assert fresh.id == 4


async def test_state_is_written_while_it_runs(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    async with Sandbox(cast=PLAIN_CAST, state_path=path) as sandbox:
        await sandbox.person("", 1001).send("не потеряйте")
        await sandbox.state_written()
        assert "не потеряйте" in path.read_text("utf-8")


async def test_foreign_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text('{"format": 0}')
    with pytest.raises(ValueError, match="another format"):
        Sandbox(state_path=path)
