"""The texts of a resident's screens, as they are read."""

from datetime import UTC, date, datetime, time, timedelta

from analysis.geography.gazetteer import builtin
from domain.privacy import Erased
from domain.roles import Grant, Role
from domain.subscribers import UNTIL_RESUMED, ChatKind, Frequency, QuietHours, Subscriber, Subscription
from domain.suggestions import Draft, Suggestion, SuggestionState
from domain.territories import RUSSIA
from domain.topics import Topic
from presenters import apologies, help  # noqa: A004  room's name
from presenters.language.topics import to_mask
from presenters.language.words import Words
from presenters.menu import group_menu, private_menu
from presenters.navigation import Origin
from presenters.people import my, onboarding, preferences, privacy
from presenters.people.settling import Purpose
from presenters.suggestions import suggested, suggesting
from tests.presenters.goldens import Golden, Screens

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SAYANOGORSK, KHAKASSIA = "95708000", "95000000"
GAZETTEER = builtin()
ANNA = Subscriber(
    id=1,
    chat_id=1001,
    thread_id=0,
    kind=ChatKind.PRIVATE,
    language="ru",
    time_zone="Asia/Krasnoyarsk",
    home=SAYANOGORSK,
    quiet=QuietHours(time(22), time(8)),
    digest_hour=19,
    paused_until=None,
    blocked_at=None,
)
FOLLOWED = (
    Subscription(1, 1, SAYANOGORSK, Topic.HOUSING_UTILITIES, "", Frequency.AT_ONCE),
    Subscription(2, 1, SAYANOGORSK, Topic.TOS, "", Frequency.DAILY),
    Subscription(3, 1, KHAKASSIA, Topic.CONTESTS_GRANTS, "", Frequency.WEEKLY),
    Subscription(4, 1, KHAKASSIA, None, "форум тос", Frequency.AT_ONCE),
)


def paused(until: datetime) -> Subscriber:
    values = {name: getattr(ANNA, name) for name in Subscriber.__slots__}
    return Subscriber(**{**values, "paused_until": until, "quiet": None})


def test_onboarding(golden: Golden) -> None:
    chosen = to_mask([Topic.HOUSING_UTILITIES, Topic.TOS])
    railway_towns = [one.code for one in GAZETTEER.lookup("Железногорск")]

    def screens(words: Words) -> Screens:
        return {
            "where": onboarding.where(words, Purpose.HOME),
            "one more place": onboarding.where(words, Purpose.ADD),
            "moved": onboarding.where(words, Purpose.MOVE),
            "in a group": onboarding.greet_group(words),
            "name": onboarding.ask_name(words, Purpose.HOME),
            "name, in a group": onboarding.ask_name_in_group(words),
            "location": onboarding.ask_location(words),
            "located": onboarding.located(words),
            "one found": onboarding.is_it(words, GAZETTEER, SAYANOGORSK, Purpose.HOME),
            "several found": onboarding.which(words, GAZETTEER, railway_towns, Purpose.HOME),
            "none found": onboarding.unknown_place(words, "<Нарния>", Purpose.HOME),
            "topics": onboarding.what_matters(words, GAZETTEER, SAYANOGORSK, chosen, Purpose.HOME),
            "frequency": onboarding.how_frequently(words, GAZETTEER, SAYANOGORSK, chosen, Purpose.HOME),
            "welcome, consent to come": onboarding.welcome(
                words, GAZETTEER, SAYANOGORSK, [Topic.TOS], Frequency.DAILY, 19, consent_to=1
            ),
            "welcome": onboarding.welcome(words, GAZETTEER, RUSSIA, [], Frequency.AT_ONCE, 19, consent_to=None),
            "thanks": onboarding.thanks_for_consent(words),
        }

    golden.check("onboarding", screens)


def test_my(golden: Golden) -> None:
    def screens(words: Words) -> Screens:
        return {
            "two places": my.overview(words, GAZETTEER, ANNA, FOLLOWED, NOW),
            "paused for a week": my.overview(words, GAZETTEER, paused(NOW + timedelta(days=7)), FOLLOWED[:1], NOW),
            "paused": my.overview(words, GAZETTEER, paused(UNTIL_RESUMED), FOLLOWED[:1], NOW),
            "nothing yet": my.overview(words, GAZETTEER, ANNA, (), NOW),
            "which place": my.which_place(words, GAZETTEER, FOLLOWED),
            "frequencies": my.frequencies(words, GAZETTEER, FOLLOWED),
            "frequency of one": my.pick_frequency(words, GAZETTEER, FOLLOWED[0]),
            "frequency of all": my.pick_frequency(words, GAZETTEER, None),
            "pause": my.pause(words),
            "removal": my.removal(words, GAZETTEER, FOLLOWED),
            "removed": my.removal(words, GAZETTEER, FOLLOWED[:1], undo=1),
            "too many": my.too_many(words),
        }

    golden.check("my", screens)


def test_settings(golden: Golden) -> None:
    def screens(words: Words) -> Screens:
        return {
            "settings": preferences.settings(words, GAZETTEER, ANNA, NOW),
            "language": preferences.languages(words),
            "time zone": preferences.zones(words, NOW),
            "quiet hours": preferences.quiet_hours(words, Origin.MY),
            "quiet from": preferences.quiet_start(words, Origin.MY),
            "quiet until": preferences.quiet_end(words, 22, Origin.MY),
            "digest": preferences.digest_hours(words),
        }

    golden.check("settings", screens)


def test_help_and_menus(golden: Golden) -> None:
    def screens(words: Words) -> Screens:
        organiser, admin = Grant(1, Role.ORGANISER, KHAKASSIA), Grant(1, Role.ADMIN, KHAKASSIA)
        menus = {"resident": private_menu(words), "admin": private_menu(words, [admin]), "group": group_menu(words)}
        return {
            "help, resident": help.help_for(words, []),
            "help, organiser": help.help_for(words, [organiser]),
            "help, admin": help.help_for(words, [admin]),
            "help, group": help.help_for_group(words, "glashatai_bot"),
            "group, private": help.in_private_only(words, "glashatai_bot"),
            **{f"menu, {who}": "\n".join(f"/{name} {told}" for name, told in menu) for who, menu in menus.items()},
        }

    golden.check("help", screens)


def test_privacy(golden: Golden) -> None:
    def screens(words: Words) -> Screens:
        return {
            "not agreed": privacy.privacy(words, 1001, None, None),
            "agreed": privacy.privacy(words, 1001, 1, TODAY),
            "agreed to earlier terms": privacy.privacy(words, 1001, 0, TODAY),
            "delete?": privacy.ask_deletion(words),
            "deleted": privacy.deleted(words, Erased(3, 2, 1, 40, 0)),
            "own data": privacy.own_data_caption(words),
        }

    golden.check("privacy", screens)


def suggestion(number: int, state: SuggestionState, reason: str = "") -> Suggestion:
    text = "Собираемся на субботник во дворе Ленина 12 в субботу, грабли дадим, чай и пироги будут"
    return Suggestion(number, 1001, state, text, (), SAYANOGORSK, False, reason, None, 0.0, None, NOW)


def test_suggesting(golden: Golden) -> None:
    draft = Draft("Субботник <во дворе>", ("a", "b"), SAYANOGORSK, date(2026, 12, 5), time(11))
    mine = [suggestion(5 - at, state) for at, state in enumerate(SuggestionState)]
    answered = [suggestion(7, SuggestionState.REJECTED, "Субботник уже прошёл")]

    def screens(words: Words) -> Screens:
        return {
            "begin": suggesting.ask_text(words, has_earlier=True),
            "photo alone": suggesting.ask_words_too(words),
            "too long": suggesting.too_long(words),
            "review": suggesting.review(words, GAZETTEER, draft, TODAY),
            "review of little": suggesting.review(words, GAZETTEER, Draft("Ярмарка"), TODAY),
            "place": suggesting.ask_where(words, GAZETTEER, [SAYANOGORSK, KHAKASSIA]),
            "date": suggesting.ask_when(words),
            "date not understood": suggesting.unclear_when(words),
            "known": suggesting.known_already(words, "Субботник на Ленина"),
            "receipt": suggested.sent(words, 57),
            "sent before": suggesting.sent_before(words, 57),
            "too many": suggesting.too_many(words, 10),
            "mine": suggested.mine(words, mine, NOW),
            "mine, answered": suggested.mine(words, answered, NOW),
            "mine, none": suggested.mine(words, [], NOW),
        }

    golden.check("suggesting", screens)


def test_apologies(golden: Golden) -> None:
    def screens(words: Words) -> Screens:
        return {
            "broken": apologies.something_broke(words),
            "old button": apologies.old_button(words),
            "unknown command": apologies.unknown_command(words),
            "only text": apologies.only_text(words),
            "text expected": apologies.text_expected(words),
            "for administrators": apologies.for_administrators(words),
            "cancelled": apologies.cancelled(words),
            "nothing to cancel": apologies.nothing_to_cancel(words),
        }

    golden.check("apologies", screens)
