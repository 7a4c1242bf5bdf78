"""Fuzzing that learns which bytes lead where, by `make soak`. What it finds becomes a test of its own in test_finds."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from domain.sources import SourceKind
from ingestion import parsing
from tests.ingestion.given import FIXTURES
from tests.ingestion.targets import TARGETS, run

RUNS = {"article": 6_000, "rule": 6_000, SourceKind.PAGE: 20_000}
"""Slower than the others: HTML is built into a tree, and read by several readers."""
USUAL_RUNS = 60_000
LONGEST_BODY = 8_000
SLOWEST = 20
"""Seconds for one body: what a child is given to read in, on a machine four times as slow."""


def test_every_parser_is_a_target() -> None:
    assert set(map(str, parsing.PARSERS)) <= set(TARGETS)


@pytest.mark.parametrize("name", list(TARGETS))
@pytest.mark.parametrize("path", sorted(Path(FIXTURES).iterdir()), ids=lambda path: path.name)
def test_every_target_takes_every_saved_body(name: str, path: Path) -> None:
    run(name, path.read_bytes())


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is there on Linux alone")
@pytest.mark.parametrize("name", list(TARGETS))
def test_no_bytes_make_a_target_fall_over(name: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    options = [
        f"-runs={RUNS.get(name, USUAL_RUNS)}",
        f"-max_len={LONGEST_BODY}",
        f"-timeout={SLOWEST}",
        f"-artifact_prefix={tmp_path}/",
        "-rss_limit_mb=1500",
    ]
    fuzzing = [sys.executable, "-m", "tests.ingestion.fuzzing", name, *options, str(corpus), str(FIXTURES)]
    ended = subprocess.run(fuzzing, capture_output=True, text=True, errors="replace")
    finds = [path.read_bytes() for path in tmp_path.glob("*-*")]
    assert ended.returncode == 0, f"{finds}\n{ended.stdout[-3000:]}\n{ended.stderr[-1500:]}"
