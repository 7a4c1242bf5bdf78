"""Files as operators have them: every format comes in, every bad line is refused with its number."""

import json
from pathlib import Path

import pytest

from ingestion import files
from ingestion.child import Children
from ingestion.files import Loaded
from tests.ingestion.given import FIXTURES, NOW

GOOD = {
    "id": "a1",
    "text": "Собрание жителей пройдёт в субботу.",
    "published": "2026-11-20",
    "url": "https://x.example/1",
}


async def load(path: Path, children: Children) -> list[Loaded]:
    assert files.problem(path) is None
    return list(await files.read(path, "Europe/Moscow", NOW, children))


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("rss20_cp1251.xml", 2),
        ("atom.xml", 1),
        ("calendar.ics", 5),
        ("plan.csv", 2),
        ("article.html", 1),
    ],
)
async def test_file_of_each_format_comes_in(readers: Children, name: str, count: int) -> None:
    loaded = await load(Path(FIXTURES) / name, readers)
    assert sum(one.entry is not None for one in loaded) == count


async def test_article_of_a_file_is_known_by_the_files_name_and_has_no_address(readers: Children) -> None:
    (loaded,) = await load(Path(FIXTURES) / "article.html", readers)
    assert loaded.entry is not None
    assert (loaded.entry.external_id, loaded.entry.url) == ("article", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1251", "koi8-r", "utf-16"])
async def test_text_in_any_encoding_is_one_entry_under_its_name(
    readers: Children, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "объявление.txt"
    path.write_bytes("Собрание жителей пройдёт в субботу в школе".encode(encoding))
    (loaded,) = await load(path, readers)
    assert loaded.entry is not None
    assert (loaded.entry.external_id, loaded.entry.text) == (
        "объявление",
        "Собрание жителей пройдёт в субботу в школе",
    )


async def test_bad_lines_are_refused_one_by_one(readers: Children, tmp_path: Path) -> None:
    lines = [
        json.dumps(GOOD, ensure_ascii=False),
        "",
        "{broken",
        "[1, 2]",
        json.dumps({"id": "b"}),
        json.dumps({"id": "c", "text": 5}),
        json.dumps({"id": "d", "text": "текст", "published": "вчера"}),
        json.dumps({"id": "e", "text": "текст", "url": "javascript:alert(1)"}),
        json.dumps({"id": ["f"], "text": "текст"}),
        json.dumps({"id": "a1", "text": "Другой текст под тем же именем"}),
        json.dumps(GOOD, ensure_ascii=False),
        json.dumps({"text": "Без имени и адреса"}),
        "[" * 100_000,
    ]
    path = tmp_path / "texts.jsonl"
    path.write_bytes("\n".join(lines).encode() + b'\n{"text": "\xff\xfe"}\n')
    loaded = await load(path, readers)
    refused = {one.line: one.reason for one in loaded if one.entry is None}
    assert sorted(refused) == [3, 4, 5, 6, 7, 8, 9, 10, 13, 14]
    assert refused[7] == "published wants a date as 2026-11-21, not 'вчера'"
    assert refused[10] == "id 'a1' is that of line 1"
    assert [one.line for one in loaded if one.entry] == [1, 11, 12]


async def test_headline_that_stands_apart_is_put_before_the_text(readers: Children, tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(json.dumps({"id": 7, "title": "Заголовок", "text": "Текст новости."}), encoding="utf-8")
    (loaded,) = await load(path, readers)
    assert loaded.entry is not None
    assert (loaded.entry.external_id, loaded.entry.text) == ("7", "Заголовок\nТекст новости.")


@pytest.mark.parametrize(("name", "reason"), [("a.pdf", "wants one of"), ("missing.txt", "is no file")])
def test_file_that_cannot_be_imported_is_named(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    assert reason in str(files.problem(tmp_path / name))
