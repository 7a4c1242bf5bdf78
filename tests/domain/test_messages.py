"""What is too long to be shown is cut between words."""

from hypothesis import given
from hypothesis import strategies as st

from domain.messages import shortened


@given(st.text(), st.integers(1, 80))
def test_nothing_is_longer_than_asked_and_what_fits_stays(text: str, most: int) -> None:
    cut = shortened(text, most)
    assert len(cut) <= most
    assert cut == text or (len(text) > most and text.startswith(cut.removesuffix("…")))


def test_a_word_is_not_torn_and_no_comma_stands_before_the_dots() -> None:
    assert shortened("Приходите всем двором, перчатки выдадим", 26) == "Приходите всем двором…"
    assert shortened("Приходите всем двором", 21) == "Приходите всем двором"


def test_one_endless_word_is_torn_all_the_same() -> None:
    assert shortened("а" * 50, 10) == "а" * 9 + "…"
