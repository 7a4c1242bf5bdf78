"""Lemmas that index and questions share."""

import pytest

from analysis.text.lemmas import BREAK, index_terms, lemmas, tokens


@pytest.mark.parametrize(
    ("forms", "lemma"),
    [
        ("ТОС тосы тосов ТОСам", "тос"),
        ("субботник субботники субботников", "субботник"),
        ("отключат отключили отключим", "отключить"),
        ("слушания слушаний слушаниях", "слушание"),
        ("ёлка елки ёлку", "елка"),
    ],
)
def test_forms_of_a_word_share_a_lemma(forms: str, lemma: str) -> None:
    assert all(lemma in lemmas(form) for form in forms.split())


def test_homonyms_have_all_their_lemmas() -> None:
    assert {"дело", "деть"} & set(lemmas("дела")) or len(lemmas("стекла")) > 1


def test_hyphen_parts_words_on_both_sides() -> None:
    assert tokens("Йошкар-Ола, 33-ФЗ") == ["йошкар", "ола", "33", "фз"]


def test_stream_keeps_the_order_and_adds_other_readings_after_a_break() -> None:
    stream = index_terms("Стекла вода со стекла").split()
    assert stream[1] == "вода"
    assert BREAK not in stream or stream.index(BREAK) == 4


def test_lemmas_are_never_empty() -> None:
    assert lemmas("ъъъ")
    assert lemmas("x" * 500)
    assert lemmas("\U0001e030\U00010efd")
    assert all(lemmas(chr(code)) for code in range(0x20, 0x30000, 7) if chr(code).isalnum())
