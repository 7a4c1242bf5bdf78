"""Entities that the bot computes itself, and the lengths Telegram counts in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import entities
from sandbox.entities import Entity, utf16
from sandbox.images import size_of
from sandbox.refusals import Refusal
from tests.sandbox.pictures import png


@given(st.text(max_size=50))
def test_length_is_that_of_javascript(text: str) -> None:
    assert utf16(text) == sum(2 if ord(one) > 0xFFFF else 1 for one in text)


def test_entity_outside_the_text_is_refused() -> None:
    with pytest.raises(Refusal, match="ends after the end of the text at UTF-16 offset 9"):
        entities.given("слово", [{"type": "bold", "offset": 0, "length": 9}])


def test_entity_that_cuts_a_symbol_in_two_is_refused() -> None:
    with pytest.raises(Refusal, match="in a middle of a UTF-16 symbol"):
        entities.given("😀", [{"type": "bold", "offset": 1, "length": 1}])


ENTITY = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["bold", "code", "blockquote", "pre"]),
        "offset": st.integers(0, 9),
        "length": st.integers(0, 9),
    }
)


@given(st.text(st.sampled_from("аб \n"), min_size=1, max_size=10), st.lists(ENTITY, max_size=5))
def test_what_is_kept_is_sorted_and_nothing_is_inside_code(text: str, wanted: list[Entity]) -> None:
    inside = [one for one in wanted if one["offset"] + one["length"] <= len(text)]
    ready = entities.given(text, inside)
    starts = [one["offset"] for one in ready.entities]
    assert starts == sorted(starts)
    for code in (one for one in ready.entities if one["type"] in {"code", "pre"}):
        after = [one for one in ready.entities if one is not code and one["offset"] > code["offset"]]
        assert all(one["offset"] >= code["offset"] + code["length"] for one in after)


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(30, 20), (30, 20)),
        (b"GIF89a\x1e\x00\x14\x00", (30, 20)),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x14\x00\x1e\x03", (30, 20)),
        (b"RIFF....WEBPVP8X" + bytes(8) + b"\x1d\x00\x00\x13\x00\x00", (30, 20)),
        (b"<svg>", None),
        (b"", None),
        (b"\xff\xd8\xff", None),
    ],
)
def test_size_of_a_picture_is_read_from_its_first_bytes(data: bytes, size: tuple[int, int] | None) -> None:
    assert size_of(data) == size


@given(st.binary(max_size=80))
def test_any_bytes_have_a_size_or_none(data: bytes) -> None:
    assert size_of(data) is None or len(data) >= 10


@given(st.binary(max_size=80).map(b"\xff\xd8".__add__))
def test_broken_jpeg_is_no_picture_and_no_crash(data: bytes) -> None:
    size = size_of(data)
    assert size is None or min(size) >= 0
