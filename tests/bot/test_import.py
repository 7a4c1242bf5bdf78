"""`glashatai import`: idempotent, exact about what became of each text, honest in its exit status."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import build

TEXTS = [
    {
        "id": "a1",
        "text": "Собрание ТОС «Заречье» пройдёт 5 декабря 2026 года в 18:00 в школе № 5 города Саяногорска.",
        "published": "2026-11-20",
    },
    {"id": "a2", "text": "В Абакане отремонтировали мост через протоку. Движение открыто для всех видов транспорта."},
]


@pytest.fixture
def run(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(build(), ["import", *arguments])

    return invoke


def _file(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_texts_come_in_once(run: object, tmp_path: Path) -> None:
    path = _file(tmp_path, *(json.dumps(text, ensure_ascii=False) for text in TEXTS))
    first = json.loads(run(path, "--json").stdout)  # type: ignore[operator]
    again = json.loads(run(path, "--json").stdout)  # type: ignore[operator]
    assert first == {"added": 2, "merged": 0, "updated": 0, "unchanged": 0, "rejected": []}
    assert again == {"added": 0, "merged": 0, "updated": 0, "unchanged": 2, "rejected": []}


def test_bad_line_is_named_and_the_rest_goes_on(run: object, tmp_path: Path) -> None:
    path = _file(tmp_path, "{broken", json.dumps(TEXTS[0], ensure_ascii=False), '{"id": "x", "text": "—"}')
    result: Result = run(path)  # type: ignore[operator]
    assert result.exit_code == 1
    assert result.stdout == "added 1, merged 0, updated 0, unchanged 0, rejected 2\n"
    assert "texts.jsonl:1: is not JSON" in result.stderr.replace("\n", " ")
    assert "texts.jsonl:3: has no text" in result.stderr.replace("\n", " ")


def test_same_story_in_two_files_is_merged(run: object, tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(TEXTS[1]["text"] * 3, encoding="utf-8")
    result: Result = run(str(tmp_path / "one.txt"), str(tmp_path / "two.txt"))  # type: ignore[operator]
    assert result.stdout.startswith("added 1, merged 1")


@pytest.mark.parametrize("arguments", [["missing.jsonl"], ["picture.png"], ["--territory", "Нигдеград", "a.txt"]])
def test_what_cannot_be_imported_is_refused_in_one_line(
    run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Текст", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    result: Result = run(*arguments)  # type: ignore[operator]
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
