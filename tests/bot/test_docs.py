"""The docs say what is: tables, dependencies and settings are named there as they are."""

import re
import tomllib
from pathlib import Path

import pytest

from storage.tables import metadata

ROOT = Path(__file__).parents[2]
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_drawing_of_the_tables_holds_every_table_and_column() -> None:
    drawn = (ROOT / "docs" / "schema.md").read_text("utf-8")
    found = {
        name: re.findall(r"^        \w+ (\w+)", body, re.MULTILINE)
        for name, body in re.findall(r"^    (\w+) \{\n(.*?)^    \}", drawn, re.MULTILINE | re.DOTALL)
    }
    assert found == {name: [column.name for column in table.columns] for name, table in metadata.tables.items()}


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    told = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    for line in project["project"]["dependencies"]:
        name = re.match(r"[\w-]+", line)
        assert name is not None
        assert re.search(rf"\b{re.escape(name[0])}\b", told), name[0]


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_inside_the_docs_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text("utf-8")):
        if not link.startswith(("http://", "https://")):
            assert (path.parent / link).exists(), link
