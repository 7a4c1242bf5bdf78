"""`glashatai search`: the object that scripts rely on, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import build

RUNNER = CliRunner()
TEXTS = (
    {
        "id": "a1",
        "title": "Субботник в Абакане",
        "text": "Субботник в Абакане\n28 ноября в 10:00 жителей Абакана ждут на субботнике в парке «Орлёнок».",
        "published": "2026-11-20",
        "url": "https://abakan.example/1",
    },
    {
        "id": "a2",
        "title": "В Саяногорске отремонтировали мост",
        "text": "В Саяногорске отремонтировали мост\nДвижение открыто, рабочие благодарят водителей за терпение.",
        "published": "2026-11-19",
        "url": "https://sayan.example/2",
    },
)


@pytest.fixture
def installation(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in TEXTS), encoding="utf-8")
    assert RUNNER.invoke(build(), ["import", str(path)]).exit_code == 0


def found(*arguments: str) -> dict[str, Any]:
    result = RUNNER.invoke(build(), ["search", *arguments, "--json"])
    assert result.exit_code == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


@pytest.mark.usefixtures("installation")
def test_an_answer_has_everything_a_script_needs() -> None:
    answer = found("субботники абакан")
    assert answer["corrected"] is False
    assert answer["searched"] == "субботники абакан"
    assert answer["understood"]["territories"]
    (result,) = answer["results"]
    assert set(result) == {
        *("id", "external_ids", "title", "url", "published", "region", "place", "topics", "kind", "start", "deadline"),
        "score",
    }
    assert result["external_ids"] == ["a1"]
    assert result["region"] == "Республика Хакасия"
    assert result["start"] == "2026-11-28"


@pytest.mark.usefixtures("installation")
def test_a_repaired_question_says_what_was_searched() -> None:
    answer = found("ce,,jnybr")
    assert answer["corrected"] is True
    assert answer["searched"] == "субботник"
    assert [one["external_ids"] for one in answer["results"]] == [["a1"]]


@pytest.mark.usefixtures("installation")
def test_options_narrow_the_search() -> None:
    assert [one["external_ids"] for one in found("", "--kind", "news")["results"]] == [["a2"]]
    assert [one["external_ids"] for one in found("", "--territory", "Абакан")["results"]] == [["a1"]]
    within = found("", "--kind", "event", "--from", "2026-11-27", "--to", "2026-11-29")
    assert [one["external_ids"] for one in within["results"]] == [["a1"]]
    assert len(found("", "--limit", "1")["results"]) == 1


@pytest.mark.usefixtures("installation")
def test_people_get_a_table_and_are_told_what_was_left_out() -> None:
    result = RUNNER.invoke(build(), ["search", "мост в томске"])
    assert result.exit_code == 0
    assert "В Саяногорске отремонтировали мост" in result.stdout
    assert "left out: territories" in result.stderr


@pytest.mark.parametrize("options", [("--territory", "Нетакогоместа"), ("--from", "завтра"), ("--topic", "погода")])
@pytest.mark.usefixtures("installation")
def test_what_makes_no_sense_is_refused_in_one_line(options: tuple[str, str]) -> None:
    result = RUNNER.invoke(build(), ["search", "мост", *options])
    assert result.exit_code == 2
    assert result.stdout == ""
