"""aiogram without the types that nobody uses, in processes of their own: here it is loaded already."""

import subprocess
import sys

_EVERY_TYPE = """
from bot.late_types import load_aiogram
load_aiogram()
from aiogram import methods, types
from aiogram.methods import Response

assert not types.Message.__pydantic_complete__, "it is built before anybody wants it"
answer = {"ok": True, "result": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "да"}}
assert isinstance(Response[types.Message].model_validate(answer).result, types.Message)
for room in (types, methods):
    for name in room.__all__:
        made = getattr(room, name)
        if hasattr(made, "model_rebuild"):
            made.model_rebuild()
            assert made.__pydantic_complete__, name
"""
_COMMAND_LINE = """
from bot.cli import COMMANDS, build
for command in (None, *COMMANDS):
    build(command)
from bot.late_types import load_aiogram
load_aiogram()
from aiogram import types
assert not types.Message.__pydantic_complete__, "a command's module loads aiogram, so that load_aiogram comes too late"
"""


def _run(script: str) -> tuple[int, str]:
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    return ran.returncode, ran.stderr


def test_every_type_of_aiogram_is_built_when_it_is_wanted() -> None:
    assert _run(_EVERY_TYPE) == (0, "")


def test_no_command_loads_aiogram_before_its_types_can_be_put_off() -> None:
    assert _run(_COMMAND_LINE) == (0, "")
