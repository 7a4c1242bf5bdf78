"""`glashatai subscriber`: import, list and export, by the command line itself."""

import csv
import io
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import build
from presenters.spreadsheets import line, meant, neutral

Run = Callable[..., Result]
GOOD = """chat_id,territory,topic,frequency,language,time_zone
1001,Саяногорск,tos,daily,ru,
1001,Саяногорск,Спорт,weekly,,
-1002,Томская область,,,en,Asia/Tomsk
1003
"""


@pytest.fixture
def glashatai(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(build(), ["subscriber", *arguments])

    return run


def written(content: str | bytes, folder: Path) -> str:
    path = folder / "people.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_import_adds_once_and_export_gives_the_same_back(glashatai: Run, tmp_path: Path) -> None:
    path = written(GOOD, tmp_path)
    first = glashatai("import", path, "--json")
    assert (first.exit_code, json.loads(first.stdout)) == (0, {"added": 3, "known": 1, "rejected": []})
    assert json.loads(glashatai("import", path, "--json").stdout)["added"] == 0
    rows = list(csv.DictReader(io.StringIO(glashatai("export").stdout)))
    assert [(row["chat_id"], row["territory"], row["topic"], row["frequency"]) for row in rows] == [
        ("1001", "95708000", "tos", "daily"),
        ("1001", "95708000", "sport", "weekly"),
        ("'-1002", "69000000", "", "at_once"),
        ("1003", "", "", ""),
    ]
    again = written(glashatai("export").stdout, tmp_path)
    assert json.loads(glashatai("import", again, "--json").stdout) == {"added": 0, "known": 4, "rejected": []}


def test_time_zone_follows_the_territory(glashatai: Run, tmp_path: Path) -> None:
    glashatai("import", written(GOOD, tmp_path))
    listed = json.loads(glashatai("list", "--json").stdout)
    assert [(row["chat_id"], row["kind"], row["time_zone"], row["subscriptions"]) for row in listed] == [
        (1001, "private", "Asia/Krasnoyarsk", 2),
        (-1002, "group", "Asia/Tomsk", 1),
        (1003, "private", "Europe/Moscow", 0),
    ]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("abc", "chat_id"),
        ("0", "chat_id"),
        ("99999999999999999999", "chat_id"),
        ("1,Нарния", "no place is called 'Нарния'"),
        ("1,Железногорск", "several places: Железногорск, Курская область (38705000)"),
        ("1,Саяногорск,погода", "topic: 'погода'"),
        ("1,Саяногорск,,hourly", "frequency: 'hourly'"),
        ("1,,tos", "a topic needs a territory"),
        ("1,,,,xx", "language"),
        ("1,,,,,Mars/Base", "time_zone"),
        ("1,,,,,,,", "8 cells"),
    ],
)
def test_bad_line_is_refused_by_number_and_reason_and_the_rest_goes_on(
    glashatai: Run, tmp_path: Path, bad: str, reason: str
) -> None:
    path = written(f"{GOOD}{bad}\n2000\n", tmp_path)
    result = glashatai("import", path, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["added"]) == (1, 4)
    (refused,) = told["rejected"]
    assert refused["line"] == 6
    assert reason in refused["reason"]
    assert f"{path}:6: " in result.stderr.replace("\n", "")


def test_file_of_a_russian_spreadsheet_is_read(glashatai: Run, tmp_path: Path) -> None:
    content = "chat_id;territory;topic\r\n1001;Саяногорск;Конкурсы и гранты\r\n".encode("cp1251")
    result = glashatai("import", written(content, tmp_path), "--json")
    assert json.loads(result.stdout) == {"added": 1, "known": 0, "rejected": []}


def test_file_without_our_columns_is_refused(glashatai: Run, tmp_path: Path) -> None:
    result = glashatai("import", written("name,phone\nАнна,1\n", tmp_path))
    assert result.exit_code == 2


def test_no_cell_is_taken_for_a_formula() -> None:
    chance = random.Random(20)
    alphabet = "=+-@\t\r'\"1aЯ ,;\n"
    for _ in range(10_000):
        cell = "".join(chance.choices(alphabet, k=chance.randint(0, 6)))
        (read,) = next(csv.reader(io.StringIO(line([cell]), newline=""))) or [""]
        assert not read.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert meant(neutral(cell)) == cell or cell.startswith("'")
