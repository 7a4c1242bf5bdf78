"""`glashatai search`: the object that scripts rely on, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import build
from bot.demo import DATABASE, FOLDER
from domain.topics import Topic

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


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh folder with the settings as they come."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)


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


def test_a_question_without_an_answer_is_told_from_a_database_without_texts(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    result = RUNNER.invoke(build(), ["search", "мост"])
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{sqlite_url.partition(':///')[2]}: nothing has been published in it yet" in result.stderr
    assert "glashatai import" in result.stderr
    assert "Nothing found" not in result.stderr


@pytest.mark.usefixtures("installation")
def test_a_question_without_an_answer_found_nothing() -> None:
    result = RUNNER.invoke(build(), ["search", "криптозоология"])
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Nothing found.\n")


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize(
    "command",
    ["search мост", "stats", "source list", "mailing list", "mailing show 1", "role list", "subscriber list"],
)
def test_who_only_looks_makes_no_database(command: str) -> None:
    result = RUNNER.invoke(build(), command.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("glashatai: var/glashatai.db: there is no database yet; start the bot, or run: ")
    assert "demo" not in result.stderr
    assert not Path("var").exists()


@pytest.mark.usefixtures("nowhere")
def test_beside_a_demo_it_is_said_how_to_ask_the_database_of_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    demo = FOLDER / DATABASE
    url = f"sqlite+aiosqlite:///{demo}"
    FOLDER.mkdir(parents=True)
    monkeypatch.setenv("DATABASE_URL", url)
    assert RUNNER.invoke(build(), ["migrate"]).exit_code == 0
    monkeypatch.delenv("DATABASE_URL")
    assert f"DATABASE_URL={url}" in RUNNER.invoke(build(), ["search", "мост"]).stderr
    monkeypatch.setenv("DATABASE_URL", url)
    said = RUNNER.invoke(build(), ["search", "мост"]).stderr
    assert f"{demo}: nothing has been published" in said
    assert "DATABASE_URL=" not in said


@pytest.mark.usefixtures("nowhere")
def test_places_are_looked_up_before_there_is_a_database() -> None:
    assert "95708000" in RUNNER.invoke(build(), ["place", "search", "Саяногорск"]).stdout
    assert not Path("var").exists()


@pytest.mark.parametrize("options", [("--territory", "Нетакогоместа"), ("--from", "завтра"), ("--topic", "погода")])
@pytest.mark.usefixtures("installation")
def test_what_makes_no_sense_is_refused_in_one_line(options: tuple[str, str]) -> None:
    result = RUNNER.invoke(build(), ["search", "мост", *options])
    assert result.exit_code == 2
    assert result.stdout == ""


@pytest.mark.usefixtures("installation")
def test_a_topic_that_is_none_is_answered_with_those_that_are() -> None:
    result = RUNNER.invoke(build(), ["search", "мост", "--topic", "foo"])
    assert result.stderr.startswith("glashatai: no topic is called 'foo'; the topics are tos, governance, ")
    assert result.stderr.count("\n") == 1
    assert found("", "--topic", "roads_transport")["results"]


@pytest.mark.parametrize("command", ["search", "announce"])
def test_the_help_names_every_topic_in_one_piece(command: str) -> None:
    shown = RUNNER.invoke(build(), [command, "--help"], env={"COLUMNS": "80", "TERMINAL_WIDTH": "80"}).stdout
    assert [topic for topic in Topic if topic not in shown] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Саянгорск", "Саяногорск"), ("Кызл", "Кызыл"), ("Красноярскй край", "Красноярский край")],
)
@pytest.mark.usefixtures("installation")
def test_a_misspelt_territory_is_answered_with_the_one_that_is_near(typed: str, meant: str) -> None:
    said = RUNNER.invoke(build(), ["search", "мост", "-t", typed]).stderr
    assert f"no territory is called {typed!r}; did you mean {meant}" in said


@pytest.mark.parametrize("typed", ["Нетгорода", "Ваканда", "Мордор"])
@pytest.mark.usefixtures("installation")
def test_nothing_is_proposed_for_a_territory_that_is_near_none(typed: str) -> None:
    said = RUNNER.invoke(build(), ["search", "мост", "-t", typed]).stderr
    assert said == f"glashatai: no territory is called {typed!r}; try: glashatai place search {typed!r}\n"
