"""Turns of municipal texts that were read wrongly once, each told anew in other words and places."""

from datetime import date

import pytest

from analysis.gazetteer import builtin
from analysis.reader import Reader
from domain.readings import EventReading, Reading

READER = Reader(builtin())
TODAY = date(2026, 11, 18)


def read(text: str, published: date | None = TODAY) -> Reading:
    return READER.read(text, published=published)


def event(text: str, published: date | None = TODAY) -> EventReading:
    found = read(text, published).event
    assert found is not None
    return found


def test_days_with_hours_below_them_are_a_programme_not_bylines() -> None:
    text = "Собрания по сёлам\nКого послать на съезд?\n04.12.2026\n11-00 ч. клуб\n05.12.2026\n10-00 ч. школа"
    assert event(text).start_date == date(2026, 12, 4)


def test_word_counted_from_today_belongs_to_the_date_beside_it() -> None:
    text = "Субботник в Омске\nСегодня, 17 ноября, омичи вышли на субботник и убрали сквер."
    reading = read(text)
    assert reading.event is not None
    assert reading.event.start_date == date(2026, 11, 17)
    assert not reading.upcoming


def test_tomorrow_as_the_future_is_no_date() -> None:
    text = "Ярмарка в Томске\n18 ноября 2026, 10:00\nСегодня с 9 часов работает ярмарка. Ваш выбор — наше завтра!"
    assert event(text).start_date == TODAY


def test_timetable_begins_with_its_first_day() -> None:
    text = "Передвижной кабинет врача: график\nПриём: 1 декабря — с. Каптырево, 2-3 декабря — с. Ойское."
    assert (event(text).start_date, event(text).end_date) == (date(2026, 12, 1), None)


def test_final_named_apart_is_the_last_day() -> None:
    text = "Турнир по боксу стартовал в Элисте\n18.11.2026\nТурнир начался сегодня. Завтра — финальные бои."
    assert (event(text).start_date, event(text).end_date) == (TODAY, date(2026, 11, 19))


def test_stated_length_leads_to_the_last_day() -> None:
    text = "Праздник в Элисте\nОн продлится две недели. Его откроют 5 декабря, а 19 декабря пройдёт гуляние."
    assert (event(text).start_date, event(text).end_date) == (date(2026, 12, 5), date(2026, 12, 19))


def test_election_has_days_and_no_deadline() -> None:
    text = "Выборы депутатов Думы\nИзбиратели Омской области голосуют с 11 по 13 декабря: выбирают депутатов."
    found = event(text)
    assert (found.start_date, found.end_date, found.deadline) == (date(2026, 12, 11), date(2026, 12, 13), None)


def test_opening_held_today_is_an_event_of_the_past() -> None:
    reading = read("Новую поликлинику открыли в Абакане\nЗдание торжественно открыли сегодня, ленту перерезал мэр.")
    assert (reading.is_event, reading.upcoming) == (True, False)


def test_what_thanks_are_given_for_took_place() -> None:
    reading = read("Спасибо всем, кто вышел на субботник в Омске!\nСубботник удался, собрали сто мешков мусора.")
    assert (reading.is_event, reading.upcoming) == (True, False)


def test_called_off_without_a_new_day_is_not_ahead() -> None:
    assert not read("День приёма граждан в Омске откладывается\nДень приёма граждан не состоится.").upcoming


def test_contest_under_way_is_still_open() -> None:
    reading = read("Вниманию мастеров Тувы\nС сентября 2026 года идёт V Всероссийский конкурс «Мастера России».")
    assert (reading.is_event, reading.upcoming) == (True, True)


def test_hour_of_arrival_gives_way_to_that_of_the_beginning() -> None:
    text = "Слёт в Россоши\nСлёт пройдёт 5 декабря. С 9:30 команды заезжают, в 12:00 слёт начнётся."
    assert f"{event(text).time:%H:%M}" == "12:00"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Осмотр лёгких: куда приедет врач\nСнимок сделают жители Шушенского и Ермаковского районов.", None),
        ("Внимание!\nАДМИНИСТРАЦИЯ КАПТЫРЕВСКОГО СЕЛЬСОВЕТА\nШУШЕНСКОГО РАЙОНА", "Каптыревский сельсовет"),
        ("Ремонт окончен\nПо Симферопольскому шоссе Евпатории снова пойдут автобусы.", "Евпатория"),
        ("Голосование за сквер\nЮжносахалинцы выбирают новый сквер.", "Южно-Сахалинск"),
        ("Сходы\nСходы Медведевского района: пгт Медведево, с. Нурма, с. Шойбулак.", "Медведевский район"),
        ("Ульяновцы съездили на съезд в Москву\nДелегация Ульяновской области побывала на съезде.", None),
        ("Карантин\nТри деревни Новосибирской области закрыты на карантин.", None),
    ],
)
def test_place_is_told(text: str, place: str | None) -> None:
    assert read(text).place == place


def test_contest_that_is_over_is_no_event() -> None:
    text = "Лучшие дворы Омска\nКонкурс проектов шёл с 1 июня по 1 октября. Победили пять дворов."
    assert not read(text).is_event


@pytest.mark.parametrize(
    "text",
    [
        "Площадку в Омске поставят к 1 декабря\nДвор готовят под площадку, её обещают сделать к 1 декабря.",
        "Закон о тишине\nЗакон Омской области не разрешает шуметь с 1 октября по 30 апреля с 22.00. Это запрет.",
        "Ветераны Омска получат выплату ко Дню Победы\nДеньги перечислят до 1 декабря, заявление не нужно.",
        "Сильный ветер придёт в Омск\nМЧС предупреждает: 20 ноября порывы ветра до 25 м/с.",
    ],
)
def test_what_is_done_by_a_day_ruled_paid_or_feared_is_no_event(text: str) -> None:
    assert not read(text).is_event


def test_sitting_that_is_called_is_an_event_ahead() -> None:
    reading = read("Горсовет созывают на сессию\nДепутаты Омска обсудят бюджет. Начало в 11.00, малый зал мэрии.")
    assert (reading.is_event, reading.upcoming) == (True, True)


def test_contest_for_veterans_is_no_news_of_wind() -> None:
    reading = read("Жюри объедет усадьбы ветеранов\nПервого декабря в Омске стартует конкурс «Лучшая усадьба».")
    assert (reading.is_event, reading.upcoming) == (True, True)


def test_settlement_is_no_fir_tree() -> None:
    assert not read("Сеть из посёлка Красное едет на фронт\nДобровольцы посёлка на днях сплели сотую сеть.").is_event
