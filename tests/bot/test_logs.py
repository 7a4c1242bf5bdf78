"""Logs: one form, and no token in them wherever it slips in."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure

TOKEN = "123456789:AAEabcdefghijklmnopqrstuvwxyz0123456"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def test_json_logs_are_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure("info", "json")
    structlog.get_logger("test").info("опрошено", sources=3)
    entry = json.loads(capsys.readouterr().err)
    assert (entry["event"], entry["sources"], entry["level"]) == ("опрошено", 3, "info")


@pytest.mark.parametrize("form", ["console", "json"])
def test_the_token_is_masked_in_texts_values_and_tracebacks(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure("debug", form)  # type: ignore[arg-type]
    structlog.get_logger("test").warning(f"asked https://api/bot{TOKEN}/getMe", url=f"bot{TOKEN}", bare=TOKEN)
    logging.getLogger("library").error("failed at %s", f"/bot{TOKEN}/sendMessage")
    try:
        raise ValueError(TOKEN)
    except ValueError:
        logging.getLogger("library").exception("with a traceback")
        structlog.get_logger("test").exception("with a traceback")
    said = capsys.readouterr().err
    assert "AAEabc" not in said
    assert said.count("<token>") >= 5


def test_debug_of_the_database_driver_stays_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure("debug", "console")
    logging.getLogger("aiosqlite").debug("INSERT INTO subscribers VALUES ('Анна')")
    assert capsys.readouterr().err == ""
