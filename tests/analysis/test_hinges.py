"""Cues rewritten for speed must find what they find as they are written."""

import re

import pytest

from analysis.text import patterns
from analysis.text.hinges import hinged
from analysis.text.patterns import plain
from bench.accuracy import DEVELOPMENT, load


@pytest.mark.parametrize(
    ("written", "tried"),
    [
        ("субботник", ["субботник"]),
        (r"\bгрант\w*", [r"г(?<=\bг)рант\w*"]),
        ("(?:воды|света) не будет", ["воды не будет", "света не будет"]),
        (r"\b(?:вело|мото)?гонк", [r"в(?<=\bв)елогонк", r"м(?<=\bм)отогонк", r"г(?<=\bг)онк"]),
        (r"\bк?тос\b", [r"к(?<=\bк)тос\b", r"т(?<=\bт)ос\b"]),
        (r"(?:день (?:города|села))", ["день (?:города|села)"]),
        (r"^\W*решение", [r"^\W*решение"]),
    ],
)
def test_each_alternative_gets_its_first_letter_in_front(written: str, tried: list[str]) -> None:
    assert list(hinged(written)) == tried


@pytest.mark.parametrize("name", ["cues.txt", "kinds.txt", "genres.txt"])
def test_rewritten_cues_find_the_same_words(name: str) -> None:
    texts = [plain(row["text"]) for row in load(DEVELOPMENT)[:60]]
    for heading, lines in patterns.sections(name):
        written, rewritten = re.compile("|".join(lines)), patterns.load(name)[heading]
        for text in texts:
            assert [m.span() for m in written.finditer(text)] == [m.span() for m in rewritten.finditer(text)], heading
