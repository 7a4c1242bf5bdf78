"""`glashatai extract`: one object a text, refusals by line, the rest goes on."""

import json
from pathlib import Path

from typer.testing import CliRunner

from bot.cli import build

RUNNER = CliRunner()
NOTICE = (
    "Субботник в Саяногорске\nПриглашаем 25 апреля 2026 года в 10:00 на субботник в Саяногорске, сбор у ДК «Визит»."
)


def test_each_line_becomes_an_object_and_a_bad_one_is_refused_by_its_number(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "a", "text": NOTICE, "published": "2026-04-20"}), "{", json.dumps({"id": "c"})]
    file = tmp_path / "texts.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    result = RUNNER.invoke(build("extract"), ["extract", str(file)])
    assert result.exit_code == 1
    [read] = [json.loads(line) for line in result.stdout.splitlines()]
    assert (read["id"], read["place"], read["region"]) == ("a", "Саяногорск", "Республика Хакасия")
    assert (read["event"]["start_date"], read["event"]["time"]) == ("2026-04-25", "10:00")
    assert f"{file.name}:2:" in result.stderr.replace("\n", "")
    assert f"{file.name}:3:" in result.stderr.replace("\n", "")


def test_a_text_from_stdin_is_explained() -> None:
    result = RUNNER.invoke(build("extract"), ["extract", "-", "--published", "2026-04-20", "--explain"], input=NOTICE)
    read = json.loads(result.stdout)
    assert {"region", "start_date"} <= {reason["claim"] for reason in read["reasons"]}


def test_a_file_that_is_not_there_is_refused_in_one_line() -> None:
    result = RUNNER.invoke(build("extract"), ["extract", "nowhere.txt"])
    assert result.exit_code == 2
    assert "nowhere.txt: No such file" in result.stderr


def test_a_misspelt_territory_is_refused_with_what_may_have_been_meant() -> None:
    result = RUNNER.invoke(build("extract"), ["extract", "-", "--territory", "Саяногорк"], input=NOTICE)
    assert result.exit_code == 2
    assert "did you mean Саяногорск, Республика Хакасия (95708000)?" in result.stderr


def test_an_ambiguous_territory_is_refused_with_the_candidates() -> None:
    result = RUNNER.invoke(build("extract"), ["extract", "-", "--territory", "Кировский район"], input=NOTICE)
    assert result.exit_code == 2
    assert "may be several places" in result.stderr
