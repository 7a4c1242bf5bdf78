"""Turns of municipal texts that were read wrongly once, each told anew in other words and places."""

from datetime import date, time

import pytest

from analysis.geography.gazetteer import builtin
from analysis.reader import Reader
from domain.readings import EventReading, Reading
from domain.territories import RUSSIA
from domain.topics import Topic

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
        "Школу в Омске обновят\nРабочие меняют окна. Успеть хотят к лету, чтобы 1 июля дети пришли в лагерь.",
        "Ремонт кровель в Омске\nФасад готов на треть. Сдать дом подрядчик рассчитывает раньше срока, 15 декабря.",
        "Паводок в Омске отступил\nЖителей, которых вода выгнала во вторник, вернули домой.",
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


def test_days_counted_from_today_run_on_into_the_next_year() -> None:
    found = event(
        "Лыжи напрокат\nС сегодняшнего дня и до 10 января в парке Омска работает прокат лыж, ярмарка и каток."
    )
    assert (found.start_date, found.end_date) == (TODAY, date(2027, 1, 10))


def test_two_days_with_and_until_between_them_are_a_range() -> None:
    found = event("Ярмарка мёда в Туле\nПасечники торгуют на ярмарке с 21 и до 25 ноября.")
    assert (found.start_date, found.end_date) == (date(2026, 11, 21), date(2026, 11, 25))


def test_the_eve_of_publication_is_the_day_before_and_the_eve_of_a_feast_is_none() -> None:
    assert event("Субботник в Орске\nЖители накануне вышли на субботник.").start_date == date(2026, 11, 17)
    assert event("Субботник в Орске\nЖители накануне праздника вышли на субботник 14 ноября.").start_date == date(
        2026, 11, 14
    )


def test_what_has_no_day_yet_but_a_month_lies_ahead() -> None:
    reading = read("Съезд старост\nОчередной съезд старост Тверской области планируют на конец января, в Торжке.")
    assert (reading.is_event, reading.upcoming) == (True, True)


def test_what_pauses_for_a_month_is_no_event() -> None:
    text = "Маммограф встал на ремонт\nМобильный комплекс в декабре остановят, врачи вернутся, график опубликуют."
    assert not read(text).is_event


def test_day_and_town_in_brackets_are_when_and_where() -> None:
    text = "Турнир рыбаков\n(7 ноября 2026 года, г. Кинешма)\nПервый турнир по ловле щуки собрал сорок рыбаков."
    assert event(text).start_date == date(2026, 11, 7)


def test_forum_that_ended_is_an_event_not_a_law() -> None:
    reading = read("Форум соседей в Сочи\nФорум закончился 15 ноября, три дня его участники спорили о дворах.")
    assert (reading.is_event, reading.upcoming) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Глава округа посетил стройку\n15 ноября глава округа проверил, как идут работы. Школу закончат к осени.",
        "Мэр Омска проинспектировал ремонт\nРабочую поездку градоначальник провёл 14 ноября вместе с подрядчиком.",
    ],
)
def test_working_visit_is_no_event(text: str) -> None:
    assert not read(text).is_event


def test_correspondence_stage_of_a_contest_is_open_until_its_end() -> None:
    found = event("Лучшая усадьба\nКонкурс усадеб. Заочный этап: с 20 ноября по 10 декабря. Очный: с 8 по 10 января.")
    assert (found.start_date, found.deadline) == (date(2026, 11, 20), date(2026, 12, 10))


def test_federal_matter_without_a_place_belongs_to_the_whole_country() -> None:
    text = "Госуслуги без очереди\nСоцфонд напоминает: с 1 декабря справка не нужна, сведения передаст ведомство."
    assert read(text).regions == (RUSSIA,)
    grants = "Гранты на культуру\nПрезидентский фонд собирает проекты, заявки ждут до 20 января."
    assert read(grants).regions == (RUSSIA,)


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("Глава района отчитался в Ивановке\nЖителям он рассказал о школе, дорогах и больнице.", Topic.GOVERNANCE),
        ("Министры едут с отчётом в Тару\nЖители встретятся с ними в клубах и школах.", Topic.GOVERNANCE),
        ("Депутаты соберутся в пятницу\nОбсудят парк, субботник, уборку и озеленение.", Topic.GOVERNANCE),
        ("Отчёт администрации за год\nШколы, сады, дороги, катки: что сделано в сёлах.", Topic.GOVERNANCE),
        ("Двор на Садовой обсудили вслух\nПрошли слушания о стройке у парка и набережной.", Topic.FORUMS_MEETINGS),
        ("ТОСы строят площадки\nЖители ТОС «Луч» взялись за двор: проект выиграл конкурс и грант.", Topic.TOS),
    ],
)
def test_main_topic_follows_the_act(text: str, main: Topic) -> None:
    assert read(text).main_topic is main


@pytest.mark.parametrize(
    ("text", "upcoming"),
    [
        ("Горожане голосуют за проект сквера\nВ Омске объявлено онлайн-голосование: каким быть скверу.", True),
        ("Омичи расскажут об опыте\nДелегация города представит Омск на молодёжном форуме в Туве.", True),
        ("День донора в Омске\nВыезд 14 ноября был в графике. Каждому, кто пришёл, — спасибо!", False),
    ],
)
def test_vote_that_is_declared_and_delegation_are_ahead_and_thanks_look_back(text: str, upcoming: bool) -> None:
    reading = read(text, None)
    assert (reading.is_event, reading.upcoming) == (True, upcoming)


def test_adopted_today_is_no_law_of_that_day() -> None:
    text = "Старост учат на семинарах\nДеревня Каменка приняла сегодня первый из четырёх семинаров."
    assert event(text).start_date == TODAY


def test_tomorrow_that_a_choice_makes_is_no_date() -> None:
    text = "Голосование в Мордовии\nРовно в 8 утра сегодня открылись участки. Приходите: решаем, каким будет завтра."
    assert (event(text).start_date, f"{event(text).time:%H:%M}") == (TODAY, "08:00")


def test_day_of_the_race_outweighs_the_days_of_handing_out_numbers() -> None:
    text = "Номера лыжного забега\nЗабрать номера можно с 1 по 4 декабря. В день забега, 6 декабря, выдачи не будет."
    assert event(text).start_date == date(2026, 12, 6)


def test_year_in_which_a_rule_was_adopted_is_not_that_of_the_sitting() -> None:
    text = "Внеочередное заседание Думы\nСоберутся 20 марта: поправки в Положение, что Дума приняла в 2015 году."
    assert event(text, None).start_date is None


def test_tour_that_will_begin_begins_on_its_first_day() -> None:
    text = "Поезд здоровья\n1 декабря в районе начнут приём врачи. 3 декабря они выступят перед жителями Тары."
    assert event(text).start_date == date(2026, 12, 1)


def test_third_saturday_is_a_day_in_any_case() -> None:
    assert event("День двора\nТретья суббота декабря — День двора.").start_date == date(2026, 12, 19)
    assert event("День двора\nЕго отметят в первую субботу января.").start_date == date(2027, 1, 2)


def test_weekend_that_is_over_lies_behind() -> None:
    reading = read("Ярмарка в Томске\nВ минувшие выходные на площади прошла ярмарка.")
    assert reading.event is not None
    assert (reading.event.start_date, reading.upcoming) == (date(2026, 11, 14), False)


def test_numbers_beside_a_weekend_are_its_days() -> None:
    found = event("Ярмарка в Томске\nВ ближайшие выходные, 21 и 22 ноября, пройдёт ярмарка.")
    assert (found.start_date, found.end_date) == (date(2026, 11, 21), date(2026, 11, 22))


def test_days_in_words_make_a_range() -> None:
    found = event("Турнир по шашкам\nПятого и шестого декабря сельчане встретятся за доской.")
    assert (found.start_date, found.end_date) == (date(2026, 12, 5), date(2026, 12, 6))


def test_two_days_are_no_hour() -> None:
    assert event("Форум в Омске\nФорум рассчитан на два дня, начало 5 декабря.").time is None


def test_hour_of_handing_out_numbers_takes_nothing_from_the_start() -> None:
    assert event("Кросс в Омске\nКросс пройдёт 5 декабря. Старт в 11:00, выдача номеров с 9:30.").time == time(11)


def test_hour_at_which_applications_open_is_theirs() -> None:
    assert event("Запись в лагерь\nРегистрация стартует 5 декабря в 10:00 на сайте.").time == time(10)


def test_vote_with_both_ends_told_apart_is_open_until_its_last_day() -> None:
    reading = read("Выбираем сквер\nГолосование началось 5 октября и завершится 30 ноября.")
    assert reading.event is not None
    assert (reading.event.start_date, reading.event.deadline) == (date(2026, 10, 5), date(2026, 11, 30))
    assert reading.upcoming


def test_water_is_off_until_it_is_given_back() -> None:
    text = "Две недели без горячей воды\nОпрессовка начнётся 1 декабря, вернуть воду обещают 15-го."
    assert event(text).end_date == date(2026, 12, 15)


def test_first_entry_of_a_list_is_the_start_though_a_later_one_is_told_at_length() -> None:
    text = "Где привиться в Омске\n— 1 декабря врачи примут в школе № 5.\n— 2 декабря, с 15.00 до 18.00, ждут у рынка."
    assert event(text).start_date == date(2026, 12, 1)


def test_rise_of_a_price_is_no_event() -> None:
    assert read("Почему растёт плата\nПлата за тепло с 1 декабря поднимется на 4 %.").event is None


def test_day_long_past_is_remembered_not_reported() -> None:
    assert read("Помним\n15 февраля 1989 года последние части покинули Афганистан.").event is None


def test_hours_of_an_open_door_on_a_saturday_are_no_event() -> None:
    text = "Прививка от гриппа\nПривиться можно ежедневно с 8 до 18 часов, в субботу — до 13."
    found = read(text).event
    assert found is None or found.start_date is None


def test_hour_before_a_colon_is_one() -> None:
    assert event("Каток в Омске\nСтудентов зовут на каток 5 декабря в 12:00: прокат бесплатный.").time == time(12)


def test_tomorrow_in_a_name_is_no_day() -> None:
    text = "Концерт в Омске\n5 декабря в клубе концерт «Омск сегодня и завтра», споют местные солисты."
    assert event(text).start_date == date(2026, 12, 5)


def test_meeting_put_off_has_its_new_day_alone() -> None:
    found = event("Горсовет соберётся позже\nЗаседание передвинули с 1 на 8 декабря.")
    assert (found.start_date, found.end_date) == (date(2026, 12, 8), None)


def test_hours_within_a_period_of_applications_do_not_part_it() -> None:
    text = (
        "Субсидии предпринимателям\nАдминистрация Омска проводит отбор. Сроки: с 1 декабря 2026 года 13 ч. 00 мин. "
        "по 15 декабря 2026 года 23 ч. 59 мин."
    )
    assert (event(text).start_date, event(text).deadline) == (date(2026, 12, 1), date(2026, 12, 15))


def test_hours_of_a_day_do_not_make_it_an_end() -> None:
    text = "Автобус поедет иначе\nВремя действия схемы — с 19:00 до 22:00 5 декабря."
    assert event(text).start_date == date(2026, 12, 5)


def test_contest_about_to_close_is_open() -> None:
    assert read(
        "Времени на заявку мало\nОмск заканчивает собирать заявки на конкурс. Срок — 4 апреля 2026 года.", None
    ).upcoming


def test_new_day_of_something_put_off_lies_ahead() -> None:
    assert read("Библионочь в Омске\nАкция пройдёт в эту субботу, 28 мая, её сдвинули из-за ремонта.", None).upcoming


def test_word_of_today_does_not_keep_a_past_session_ahead() -> None:
    text = "Депутаты за округ\nСессия 17 ноября поддержала создание округа. Сегодня в районе 18 поселений."
    assert not read(text).upcoming


def test_school_year_gives_each_half_its_own() -> None:
    text = "Итоги четверти\nРодительское собрание состоится {}. Впереди вторая половина 2024/25 учебного года."
    assert event(text.format("12 октября"), None).start_date == date(2024, 10, 12)
    assert event(text.format("12 февраля"), None).start_date == date(2025, 2, 12)


def test_weekday_picks_the_year_of_a_report_or_the_next() -> None:
    text = "Прямая линия главы\nОна пройдёт в пятницу, 5 декабря. Глава подытожит, что сделано за 2025 год."
    assert event(text, None).start_date == date(2025, 12, 5)


def test_year_of_comparison_is_not_that_of_the_event() -> None:
    text = "Ярмарки в Омске\nИх проведут в 2014 году больше, чем в 2013-м. Сезон откроет ярмарка 11 января."
    assert event(text, None).start_date == date(2014, 1, 11)


def test_count_as_of_a_day_is_no_event() -> None:
    assert read("Омский район в цифрах\nНа 1 ноября в районе 18 поселений, 14 школ.").event is None


def test_until_the_end_of_a_month_is_no_day_of_the_event() -> None:
    text = "Акция «Чистый берег»\n14 ноября школьники убрали берег. Акция продлится до конца года."
    assert event(text).start_date == date(2026, 11, 14)


def test_last_day_after_a_month_is_a_deadline() -> None:
    assert event(
        "Фото на память\nПрисылайте снимки. Работы берём весь декабрь, по 31-е включительно."
    ).deadline == date(2026, 12, 31)


def test_weekend_spelt_by_the_days_of_its_month() -> None:
    found = event("Рыбаки в Омске\nПоследние выходные октября, 24-е и 25-е, на озере провели турнир.")
    assert (found.start_date, found.end_date) == (date(2026, 10, 24), date(2026, 10, 25))


@pytest.mark.parametrize(
    ("held", "venue"),
    [
        ("в Доме культуры «Энергетик»", "Дом культуры «Энергетик»"),
        ("в городском Доме культуры", "городской Дом культуры"),
        ("в школе № 5", "школа № 5"),
        ("в районной библиотеке имени Пушкина", "районная библиотека имени Пушкина"),
        ("на центральной площади", "центральная площадь"),
        ("в ДК «Заря»", "ДК «Заря»"),
    ],
)
def test_venue_is_called_by_its_name_not_by_its_case(held: str, venue: str) -> None:
    assert event(f"Встреча жителей\nВстреча пройдёт 5 декабря в 18:00 {held}.").venue == venue


def test_street_that_every_town_has_is_no_village() -> None:
    assert read("Прорвало трубу Ленина 15, работает аварийная бригада").place is None


def test_year_of_works_ahead_is_not_that_of_the_vote() -> None:
    text = "Голосуем за сквер\nДо 30 апреля омичи выбирают, что благоустроят в 2025 году."
    assert event(text, None).deadline is None


def test_same_day_spelt_out_with_its_year_gives_it() -> None:
    text = "С 4 июля омичи выбирают объект для ППМИ-2023\nОпрос пройдёт с 4 по 18 июля 2022 года."
    assert event(text, None).start_date == date(2022, 7, 4)


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("Выставка\nВ библиотеке имени Горького открылась 5 декабря выставка кукол.", "библиотека имени Горького"),
        ("Ярмарка\n5 декабря в школе № 7 города Черногорска откроется ярмарка.", "школа № 7 города Черногорска"),
    ],
)
def test_venue_ends_where_it_is_told_what_is_done_there(text: str, venue: str) -> None:
    assert event(text).venue == venue


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Окна города\nАдминистрация объявляет о проведении конкурса «Новогоднее окно» с 1 по 20 декабря.",
            "Конкурс «Новогоднее окно»",
        ),
        ("Музей зовёт\nПриглашаем на открытие выставки «Зима» 5 декабря в 12:00.", "Выставка «Зима»"),
        ("Суббота\n5 декабря пройдут соревнования «Снежинка».", "Соревнования «Снежинка»"),
    ],
)
def test_event_is_called_by_its_name_in_the_nominative(text: str, title: str) -> None:
    assert event(text).title == title
