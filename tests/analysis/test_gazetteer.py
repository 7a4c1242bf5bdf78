"""Territories by the names people type, and the tree they hang in."""

import pytest

from analysis.geography.declension import genitive, locative
from analysis.geography.gazetteer import builtin
from analysis.geography.territories import load
from domain.territories import RUSSIA, TerritoryKind


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Саяногорск", "Саяногорск, Республика Хакасия"),
        ("саяногорске", "Саяногорск, Республика Хакасия"),
        ("Саяногрск", "Саяногорск, Республика Хакасия"),
        ("г. Саяногорск", "Саяногорск, Республика Хакасия"),
        ("95708000", "Саяногорск, Республика Хакасия"),
        ("Томская область", "Томская область"),
        ("томская обл", "Томская область"),
        ("ХМАО", "Ханты-Мансийский автономный округ — Югра"),
        ("башкирия", "Республика Башкортостан"),
        ("Прикамье", "Пермский край"),
        ("питер", "Санкт-Петербург"),
        ("владик", "Владивосток, Приморский край"),
        ("Кировский район Новосибирск", "Новосибирск, Новосибирская область"),
        ("Железногорск Курская область", "Железногорск, Курская область"),
        ("в Великом Новгороде", "Великий Новгород, Новгородская область"),
        ("Казань", "Казань, Республика Татарстан"),
        ("мирный якутия", "Мирный, Мирнинский район, Республика Саха (Якутия)"),
        ("Вся Россия", "Россия"),
    ],
)
def test_typed_name_is_one_territory(typed: str, title: str) -> None:
    assert [builtin().title(t.code) for t in builtin().lookup(typed)] == [title]


@pytest.mark.parametrize("typed", ["Кировский район", "Железногорск", "Октябрьский"])
def test_ambiguous_name_gives_candidates_largest_first(typed: str) -> None:
    found = builtin().lookup(typed)
    assert len(found) > 1
    assert [t.population for t in found] == sorted((t.population for t in found), reverse=True)


@pytest.mark.parametrize("typed", ["", "абракадабра", "99999999", "!!!"])
def test_unknown_name_gives_none(typed: str) -> None:
    assert builtin().lookup(typed) == ()


def test_tree_is_whole() -> None:
    codes = {t.code for t in load()}
    assert len(codes) == len(load())
    assert all(t.parent in codes for t in load() if t.code != RUSSIA)
    assert sum(t.kind is TerritoryKind.REGION for t in load()) == 89
    assert sum(t.kind is TerritoryKind.MUNICIPALITY for t in load()) == 2594


@pytest.mark.parametrize(
    ("name", "code"),
    [("Архангельская область", "11000000"), ("НАО", "11800000"), ("ЯНАО", "71900000"), ("ХМАО", "71800000")],
)
def test_autonomous_okrugs_have_codes_of_their_own(name: str, code: str) -> None:
    assert [t.code for t in builtin().lookup(name)] == [code]


def test_ancestors_lead_to_russia() -> None:
    assert builtin().ancestors("95708000") == ("95000000", RUSSIA)
    assert builtin().ancestors("nowhere") == ()


def test_nearest_municipality_is_found_by_coordinates() -> None:
    found = builtin().nearest(53.1, 91.4)
    assert found is not None
    assert found.short_name == "Саяногорск"


@pytest.mark.parametrize(
    ("name", "where", "whose"),
    [
        ("Саяногорск", "Саяногорске", "Саяногорска"),
        ("Набережные Челны", "Набережных Челнах", None),
        ("Нижний Новгород", "Нижнем Новгороде", "Нижнего Новгорода"),
        ("Ростов-на-Дону", "Ростове-на-Дону", "Ростова-на-Дону"),
        ("Йошкар-Ола", "Йошкар-Оле", "Йошкар-Олы"),
        ("Елец", "Ельце", "Ельца"),
        ("Череповец", "Череповце", "Череповца"),
        ("Казань", "Казани", "Казани"),
        ("Ярославль", "Ярославле", "Ярославля"),
        ("Сочи", "Сочи", "Сочи"),
        ("Грозный", "Грозном", "Грозного"),
        ("Вышний Волочёк", "Вышнем Волочке", "Вышнего Волочка"),
        ("Томская область", "Томской области", "Томской области"),
        ("Рузский район", "Рузском районе", "Рузского района"),
    ],
)
def test_names_decline(name: str, where: str, whose: str | None) -> None:
    assert locative(name) == where
    assert whose is None or genitive(name) == whose


@pytest.mark.parametrize(
    "text",
    [
        "Владимир Голдин и Сергей Киров выступили",
        "по улице Кирова и площади Победы",
        "им. С. Рычковой",
        "Для победы нужны свет и воля",
    ],
)
def test_people_streets_and_common_words_are_no_places(text: str) -> None:
    from analysis.places.mentions import find
    from analysis.text.document import Document

    assert [m.words for m in find(Document(f"Новость\n{text}"), builtin()) if m.weight >= 1] == []
