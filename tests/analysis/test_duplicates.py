"""One story told thrice is one; two notices that differ by street are two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.duplicates import POSSIBLE, SURE, Signature, same_story, signature, similarity

STORY = """В субботу, 12 декабря, жители посёлка Майна выйдут на расчистку берега Енисея. Собрать предстоит
поваленные деревья и мусор, который остался после летнего сезона. Инструмент выдаст администрация, горячий чай
приготовят в доме культуры. Сбор у моста в десять часов утра. Организаторы — ТОС «Берег» и школа посёлка. Участников
просят тепло одеться и взять рукавицы. Вывозом веток займётся коммунальная служба, после уборки на берегу поставят
скамейки."""
NOTICE = """Уважаемые жители! В связи с ремонтом водопровода {day} декабря с 9:00 до 17:00 будет отключено холодное
водоснабжение по адресам: {streets}. Просим сделать запас воды. Приносим извинения за неудобства."""


def alike(a: str, b: str) -> float:
    return similarity(signature(a), signature(b))


def test_same_story_with_other_head_and_foot_is_one() -> None:
    channel = "❗️ Саяногорск сегодня\n" + STORY + "\nПодписывайтесь на наш канал, звоните 2-22-33"
    assert same_story(alike(STORY, channel), same_place=True, overlapping_dates=True)


def test_story_cut_short_is_one_with_the_same_place_and_day() -> None:
    short = STORY[: int(len(STORY) * 0.6)]
    assert alike(STORY, short) >= POSSIBLE
    assert same_story(alike(STORY, short), same_place=True, overlapping_dates=True)


def test_case_punctuation_and_yo_do_not_matter() -> None:
    assert alike(STORY, STORY.upper().replace("Ё", "Е").replace(",", " ;")) == 1.0


def test_notices_for_different_streets_stay_two() -> None:
    first = NOTICE.format(
        day="12", streets="улица Ленина, дома с 1 по 40, переулок Школьный, дома 2, 4, 6, улица Мира, дома 5, 7, 9"
    )
    second = NOTICE.format(
        day="14", streets="проспект Победы, дома 11, 13, 15, улица Горького, дома с 20 по 48, улица Шевченко, 3"
    )
    assert alike(first, second) < SURE
    assert not same_story(alike(first, second), same_place=True, overlapping_dates=False)


def test_other_story_of_the_same_place_stays_apart() -> None:
    other = "В доме культуры посёлка Майна 12 декабря откроется выставка вышивки. Вход свободный, начало в полдень."
    assert not same_story(alike(STORY, other), same_place=True, overlapping_dates=True)


def test_middling_likeness_needs_place_and_dates() -> None:
    assert same_story(0.5, same_place=True, overlapping_dates=True)
    assert not same_story(0.5, same_place=False, overlapping_dates=True)
    assert not same_story(0.5, same_place=True, overlapping_dates=False)
    assert same_story(0.7, same_place=False, overlapping_dates=False)


def test_near_duplicates_share_a_band() -> None:
    changed = STORY.replace("субботу", "воскресенье").replace("горячий чай", "обед")
    assert set(signature(STORY).bands) & set(signature(changed).bands)


def test_bands_fit_signed_columns() -> None:
    bands = signature(STORY).bands
    assert len(bands) == 24
    assert all(-(2**63) <= band < 2**63 for band in bands)


@given(st.text(max_size=400))
def test_signature_survives_its_bytes(text: str) -> None:
    assert Signature.from_bytes(signature(text).to_bytes()) == signature(text)


def test_bytes_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="bytes"):
        Signature.from_bytes(b"123")
