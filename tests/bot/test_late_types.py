"""aiogram without the types that nobody uses, in a process of its own: here it is loaded already."""

import subprocess
import sys

_SCRIPT = """
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
            assert made.model_rebuild() is not False, name
"""


def test_every_type_of_aiogram_is_built_when_it_is_wanted() -> None:
    ran = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
