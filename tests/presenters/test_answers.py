"""The texts of answers: lists, filters, cards, reminders, following, as they are read."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from analysis.geography.gazetteer import builtin
from domain.cards import Attendance, Card, Listed, Origin
from domain.events import Answer, Deadline, Event, EventStatus
from domain.items import Item, ItemState
from domain.queries import Kind, Query, Window, Word
from domain.readings import EventKind, Evidence
from domain.spans import Span
from domain.subscribers import Frequency
from domain.topics import Topic
from presenters.actions import pack
from presenters.finding import asking, cards, filters, following, results
from presenters.finding.cards import Look
from presenters.finding.listing import Feed, Listing, View
from presenters.finding.results import Results
from presenters.language.words import Words, words_for
from presenters.people import reminding
from presenters.people.reminding import ToggleReminder
from tests.presenters.goldens import Golden, Screens

NOW = datetime(2026, 12, 6, 7, 0, tzinfo=UTC)
ZONE = "Asia/Krasnoyarsk"
SAYANOGORSK, KHAKASSIA = "95708000", "95000000"
GAZETTEER = builtin()
HOME = GAZETTEER.path(SAYANOGORSK)
FORUM = Event(
    id=12,
    kind=EventKind.FORUM,
    status=EventStatus.CONFIRMED,
    title="V форум ТОС",
    start_date=date(2026, 12, 15),
    end_date=None,
    start_time=time(14),
    end_time=None,
    time_zone=ZONE,
    starts_at=datetime(2026, 12, 15, 7, tzinfo=UTC),
    ends_at=datetime(2026, 12, 15, 16, 59, 59, tzinfo=UTC),
    territory=SAYANOGORSK,
    venue="ДК «Энергетик»",
    link=None,
    programme="14:00 Открытие\n15:00 Круглый стол <ТОС и город>",
    capacity=60,
    sequence=0,
    deadlines=(Deadline(5, 12, "", datetime(2026, 12, 10, 16, 59, 59, tzinfo=UTC)),),
)
NEWS = Item(
    id=2,
    kind=Kind.NEWS,
    state=ItemState.PUBLISHED,
    title="Итоги форума ТОС & соседей",
    summary="Лучшим признали ТОС «Заречный».",
    text="Итоги форума ТОС & соседей\nЛучшим признали ТОС «Заречный».",
    url="https://www.sayan.example/news/2",
    published_at=NOW - timedelta(days=10),
    territories=(SAYANOGORSK,),
    regions=(KHAKASSIA,),
    place="Саяногорск",
    topics=(Topic.TOS,),
    event_id=None,
    urgent=False,
    version=1,
)
ANNOUNCED = replace(
    NEWS,
    id=1,
    kind=Kind.EVENT,
    title="V форум ТОС",
    text="V форум ТОС\nПредседателей ждут в ДК «Энергетик».",
    summary="Председателей ждут в ДК «Энергетик».",
    topics=(Topic.TOS, Topic.FORUMS_MEETINGS),
    event_id=12,
)
OUTAGE = replace(NEWS, id=3, title="Нет воды на улице Ленина, 1–40", urgent=True, topics=(Topic.HOUSING_UTILITIES,))
LINES = (Listed(ANNOUNCED, FORUM), Listed(NEWS, None), Listed(OUTAGE, None))
SEARCH = Listing(View.LIST, Feed.SEARCH)
FOUND = Results(
    SEARCH, Query("форум тос", "форум тос", (Word("форум", ("форум",)), Word("тос", ("тос",)))), LINES, 12, more=False
)
CARD = Card(
    ANNOUNCED,
    FORUM,
    (
        Origin(7, "Администрация", "https://www.sayan.example/forum", NOW - timedelta(days=3)),
        Origin(8, "ТОС «Заречный»", "https://t.me/zarechny/5", NOW - timedelta(days=2)),
    ),
    (Evidence("place", "Саяногорск", "в Саяногорске", 12),),
)


def test_lists(golden: Golden) -> None:
    query = FOUND.query
    window = Window(date(2026, 12, 12), date(2026, 12, 13))
    understood = replace(query, typed="что в саяногорске", words=(), territories=(SAYANOGORSK,), window=window)
    home = replace(query, typed="", words=(), concerning=tuple(HOME), kind=Kind.NEWS)
    ahead = replace(home, kind=Kind.EVENT, window=Window(NOW.date(), None))
    deadlines = replace(home, kind=None, deadlines=True, window=Window(NOW.date(), date(2027, 1, 5)))
    repaired = replace(query, typed="ajhev njc", corrections=(("ajhev njc", "форум тос"),))
    off = replace(FORUM, status=EventStatus.CANCELLED)

    def screens(words: Words) -> Screens:
        def shown(found: Results) -> object:
            return results.results(words, GAZETTEER, found, NOW, ZONE)

        nothing = replace(FOUND, lines=(), total=0)
        made = {
            "search": FOUND,
            "second page": replace(FOUND, listing=replace(SEARCH, page=1)),
            "many": replace(FOUND, total=100, more=True),
            "repaired": replace(FOUND, query=repaired, total=3),
            "understood": replace(FOUND, query=understood, total=3),
            "without its time": replace(FOUND, dropped=("window",), total=3),
            "without its place": replace(FOUND, dropped=("territories",), total=3),
            "without both": replace(FOUND, dropped=("window", "territories"), total=3),
            "cancelled": replace(FOUND, lines=(Listed(ANNOUNCED, off),), total=1),
            "nothing": nothing,
            "news": replace(FOUND, listing=Listing(View.LIST, Feed.NEWS), query=home, total=3),
            "events": replace(FOUND, listing=Listing(View.LIST, Feed.EVENTS), query=ahead, total=1, lines=LINES[:1]),
            "deadlines": replace(
                FOUND, listing=Listing(View.LIST, Feed.DEADLINES), query=deadlines, total=1, lines=LINES[:1]
            ),
            "no events": replace(nothing, listing=Listing(View.LIST, Feed.EVENTS), query=ahead, wider=(KHAKASSIA, "0")),
        }
        return {name: shown(found) for name, found in made.items()}  # type: ignore[misc]

    golden.check("lists", screens)


def test_filters(golden: Golden) -> None:
    def screens(words: Words) -> Screens:
        head = results.plain_headline(words, Feed.SEARCH, "форум <тос>")
        feed = results.plain_headline(words, Feed.NEWS, "")
        news = Listing(View.LIST, Feed.NEWS, topic=Topic.TOS, place=SAYANOGORSK, span=Span.PAST_WEEK)
        towns = [one.code for one in GAZETTEER.lookup("Железногорск")]
        return {
            "all": filters.filters(words, head, SEARCH),
            "place": filters.place(words, GAZETTEER, feed, news, FOUND.query, HOME),
            "several of a name": filters.which(words, GAZETTEER, head, SEARCH, towns),
            "name": filters.ask_name(words),
            "unknown": filters.unknown_place(words, "<Нигде>"),
            "topic": filters.topic(words, feed, news),
            "time of a search": filters.time(words, head, SEARCH),
            "time of news": filters.time(words, feed, news),
            "time of events": filters.time(
                words,
                results.plain_headline(words, Feed.EVENTS, ""),
                Listing(View.LIST, Feed.EVENTS, span=Span.WEEKEND),
            ),
            "kind": filters.kind(words, head, SEARCH),
            "follow": following.how_often_to_tell(words, GAZETTEER, head, SEARCH, SAYANOGORSK, Topic.TOS),
            "followed": following.followed(words, GAZETTEER, "форум <тос>", SAYANOGORSK, None, Frequency.WEEKLY),
            "how to search": asking.how_to_search(words),
            "nothing inline": asking.ask_in_private(words),
        }

    golden.check("filters", screens)


def test_cards(golden: Golden) -> None:
    def screens(words: Words) -> Screens:
        def shown(card: Card, look: Look) -> object:
            return cards.card(words, GAZETTEER, card, look)

        long = replace(NEWS, text=NEWS.title + "\n" + "Очень подробный рассказ. " * 40)
        many = replace(FORUM, capacity=None, end_date=date(2026, 12, 17), programme="")
        contest = replace(FORUM, kind=EventKind.CONTEST, start_date=None, starts_at=None, ends_at=None, capacity=None)
        made = {
            "event": (CARD, Look(NOW, Attendance(42, 3, 1, Answer.YES))),
            "event of several days": (replace(CARD, event=many), Look(NOW, Attendance(5))),
            "contest": (replace(CARD, event=replace(contest, programme="")), Look(NOW)),
            "cancelled": (replace(CARD, event=replace(FORUM, status=EventStatus.CANCELLED)), Look(NOW)),
            "postponed": (replace(CARD, event=replace(FORUM, status=EventStatus.POSTPONED)), Look(NOW)),
            "over": (CARD, Look(NOW + timedelta(days=20))),
            "in a group": (CARD, Look(NOW, opens="https://t.me/glashatai_bot?start=e_12")),
            "news": (Card(NEWS, None, CARD.origins[:1], ()), Look(NOW)),
            "urgent": (Card(OUTAGE, None, CARD.origins[:1], (Evidence("place", "", "по источнику", -1),)), Look(NOW)),
            "long": (Card(long, None, CARD.origins[:1], ()), Look(NOW)),
            "suggested": (Card(NEWS, None, (Origin(9, "", None, NOW),), ()), Look(NOW)),
        }
        drawn = {name: shown(card, look) for name, (card, look) in made.items()}
        return drawn | {  # type: ignore[return-value]
            "reminders": reminding.reminders(words, FORUM, 1, {(None, 1440), (5, 3 * 1440)}, NOW),
            "too late": reminding.too_late(words),
            "calendar file": cards.calendar_caption(words, None),
            "calendar file and page": cards.calendar_caption(words, "https://glashatai.example/event/12"),
            "not there": cards.not_there(words),
            "full": cards.full(words),
            "closed": cards.closed(words),
            "comes": cards.thanks(words, Answer.YES),
            "maybe": cards.thanks(words, Answer.MAYBE),
            "does not come": cards.thanks(words, Answer.NO),
            "in a list of inline results": cards.inline_description(words, GAZETTEER, CARD, NOW),
        }

    golden.check("cards", screens)


TWO_HOURS_BEFORE = datetime(2026, 12, 15, 5, tzinfo=UTC)


def _offered(wanted: set[reminding.Wish]) -> list[str | None]:
    screen = reminding.reminders(words_for("en"), FORUM, 1, wanted, TWO_HOURS_BEFORE)
    return [button.action for row in screen.buttons for button in row]


def test_reminders_offer_only_moments_that_lie_ahead() -> None:
    assert pack(ToggleReminder(FORUM.id, 0, 60)) in _offered(set())
    assert pack(ToggleReminder(FORUM.id, 0, 24 * 60)) not in _offered(set())


def test_reminder_that_is_set_may_be_given_up_though_its_moment_is_past() -> None:
    assert pack(ToggleReminder(FORUM.id, 0, 24 * 60)) in _offered({(None, 24 * 60)})
