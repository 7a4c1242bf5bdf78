"""`glashatai role`: given, listed and taken back from the shell."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import build

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def installation(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)


def role(*arguments: str) -> Any:
    return RUNNER.invoke(build(), ["role", *arguments])


def test_role_is_given_in_a_territory_named_as_people_do_and_taken_back() -> None:
    assert role("grant", "42", "moderator", "--territory", "Саяногорск").exit_code == 0
    listed = json.loads(role("list", "--json").stdout)
    assert listed == [
        {"user_id": 42, "role": "moderator", "territory": "95708000", "name": "Саяногорск, Республика Хакасия"}
    ]
    assert json.loads(role("list", "--territory", "Томская область", "--json").stdout) == []
    assert role("revoke", "42", "moderator", "--territory", "95708000").exit_code == 0
    assert json.loads(role("list", "--json").stdout) == []


def test_giving_twice_is_no_mistake_and_taking_back_twice_is() -> None:
    assert role("grant", "7", "owner").exit_code == 0
    assert role("grant", "7", "owner").exit_code == 0
    assert role("revoke", "7", "owner").exit_code == 0
    assert role("revoke", "7", "owner").exit_code == 2


@pytest.mark.parametrize(
    "wrong",
    [("42", "king"), ("0", "admin"), ("42", "admin", "-t", "Нигдеград"), ("42", "owner", "-t", "Саяногорск")],
    ids=" ".join,
)
def test_what_makes_no_sense_is_refused_in_a_line(wrong: tuple[str, ...]) -> None:
    result = role("grant", *wrong)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_ambiguous_territory_is_refused_with_the_candidates() -> None:
    result = role("grant", "42", "admin", "-t", "Кировский")
    assert result.exit_code == 2
    assert "Приморский край" in result.output
