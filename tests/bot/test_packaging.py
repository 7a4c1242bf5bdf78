"""What is installed is whole: every file of the rooms that is no Python comes with the package."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_every_data_file_is_installed() -> None:
    told: dict[str, list[str]] = PROJECT["tool"]["setuptools"]["package-data"]
    rooms = [pattern.rstrip("*") for pattern in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]]
    found = {
        path.relative_to(ROOT)
        for room in rooms
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc", ".lock", ".new") and not path.name.startswith(".")
    }
    installed = {path.relative_to(ROOT) for room in told for glob in told[room] for path in (ROOT / room).glob(glob)}
    assert found - installed == set()
