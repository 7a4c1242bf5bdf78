"""Settings: sensible without any, and one clear line where one is wrong."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings, load

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_is_needed_to_load() -> None:
    settings = load()
    assert (settings.send_rate, settings.poll_interval, settings.web_port) == (29.9, 15, 0)


def test_owners_are_read_from_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OWNER_IDS", " 1, 22 ,333 ")
    assert load().owner_ids == (1, 22, 333)


def test_a_file_serves_where_the_environment_is_silent(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"BOT_TOKEN={TOKEN}\nOWNER_IDS=\n")
    settings = load()
    assert settings.token == TOKEN
    assert settings.owner_ids == ()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BOT_TOKEN", "token", "BOT_TOKEN: wants a token"),
        ("BOT_TOKEN", "123:with space", "BOT_TOKEN: wants a token"),
        ("OWNER_IDS", "me", "OWNER_IDS: wants Telegram ids"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL: wants sqlite"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL: wants sqlite"),
        ("DATABASE_URL", "sqlite+aiosqlite:///:memory:", "DATABASE_URL: wants a file"),
        ("DEFAULT_TIME_ZONE", "Mars/Base", "DEFAULT_TIME_ZONE: knows no time zone"),
        ("DEFAULT_LANGUAGE", "de", "DEFAULT_LANGUAGE: "),
        ("SEND_RATE", "0", "SEND_RATE: "),
        ("PAID_SEND_RATE", "1001", "PAID_SEND_RATE: "),
        ("WEB_PORT", "99999", "WEB_PORT: "),
        ("PUBLIC_URL", "news.example.org", "PUBLIC_URL: wants an address"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL: "),
        ("WEBHOOK_URL", "https://example.org/telegram", "WEBHOOK_SECRET: is needed"),
    ],
)
def test_a_wrong_setting_ends_with_one_line_that_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        load()
    words = capsys.readouterr().err
    assert ended.value.code == 2
    assert said in words
    assert words.count("\n") == 1


def test_a_refused_token_is_not_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123456789;secret-part")
    with pytest.raises(SystemExit):
        load()
    assert "secret-part" not in capsys.readouterr().err


def test_the_token_is_asked_for_only_where_it_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        _ = load().token
    assert ended.value.code == 2
    assert "BOT_TOKEN: is not set" in capsys.readouterr().err


def test_every_setting_is_explained_in_the_example() -> None:
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert explained == {name.upper() for name in Settings.model_fields}
