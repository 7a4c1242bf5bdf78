"""The texts of the screens of those with a role, as they are read."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from markupsafe import Markup

from analysis.geography.gazetteer import builtin
from domain.announcements import Announcement, AnnouncementKind, AnnouncementState, Audience, Priority
from domain.campaigns import Campaign, plan
from domain.events import Deadline, Event, EventDraft, EventStatus
from domain.items import Item, ItemState
from domain.mailings import Lane, Mailing, MailingKind, MailingState, Progress, Promise, Reactions, Size
from domain.queries import Kind
from domain.readings import EventKind
from domain.roles import Act, Grant, Role
from domain.suggestions import Suggestion, SuggestionState
from domain.topics import Topic
from presenters.admin import (
    approvals,
    audiences,
    cards,
    composing,
    desk,
    editing,
    happenings,
    live,
    menu,
    people,
    proposals,
    review,
    shelves,
    times,
    waves,
)
from presenters.admin.cards import Outlook
from presenters.admin.review import Asked
from presenters.admin.shelves import Shelf
from presenters.language.words import Words
from tests.presenters.goldens import Golden, Screens

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
SAYANOGORSK, KHAKASSIA = "95708000", "95000000"
GAZETTEER = builtin()
DRAFT = Announcement(
    id=120,
    author_id=1001,
    kind=AnnouncementKind.EVENT,
    state=AnnouncementState.DRAFT,
    priority=Priority.ORDINARY,
    title="V форум ТОС",
    text="Приглашаем <b>всех</b> председателей.",
    photo=None,
    version=1,
    audience=Audience((SAYANOGORSK,), (Topic.TOS,)),
    scheduled_at=None,
    at_most_once=False,
    approved_by=None,
    event_id=7,
    item_id=None,
    campaign_id=None,
)
EVENT = Event(
    id=7,
    kind=EventKind.FORUM,
    status=EventStatus.TENTATIVE,
    title="V форум ТОС",
    start_date=date(2026, 12, 15),
    end_date=None,
    start_time=time(14),
    end_time=None,
    time_zone="Asia/Krasnoyarsk",
    starts_at=datetime(2026, 12, 15, 7, tzinfo=UTC),
    ends_at=None,
    territory=SAYANOGORSK,
    venue="ДК «Энергетик»",
    link=None,
    programme="",
    capacity=None,
    sequence=0,
    deadlines=(Deadline(1, 7, "", datetime(2026, 12, 10, 16, 59, 59, tzinfo=UTC)),),
)
PROPOSED = EventDraft(
    kind=EventKind.GATHERING,
    status=EventStatus.CONFIRMED,
    title="Собрание ТОС",
    time_zone="Asia/Krasnoyarsk",
    start_date=date(2026, 12, 20),
    start_time=time(18, 30),
    territory=SAYANOGORSK,
    venue="школа 5",
)
OUTLOOK = Outlook(Size(1240, 310), 41.5, alike=(118, 0.82), alike_item=("Форум ТОС пройдёт", 0.5), may_send=True)
MAILING = Mailing(
    id=5,
    kind=MailingKind.ANNOUNCEMENT,
    state=MailingState.SENDING,
    lane=Lane.ORDINARY,
    promise=Promise.AT_LEAST_ONCE,
    announcement_id=120,
    item_id=None,
    event_id=7,
    corrects=None,
    version=1,
    paid=False,
    created_at=NOW,
    started_at=NOW,
    finished_at=None,
    frozen_at=NOW,
    size=1240,
)
SUGGESTION = Suggestion(
    id=57,
    author_chat_id=1002,
    state=SuggestionState.WAITING,
    text="На Ленина, 12 открыли детскую площадку",
    photos=("a", "b"),
    territory=SAYANOGORSK,
    is_event=False,
    reason="",
    similar_to=49,
    similarity=0.82,
    item_id=None,
    created_at=NOW,
)
ITEM = Item(
    id=31,
    kind=Kind.EVENT,
    state=ItemState.REVIEW,
    title="Форум ТОС",
    summary="",
    text="Форум ТОС пройдёт 15 декабря.",
    url="https://sayan.example/forum",
    published_at=NOW,
    territories=(SAYANOGORSK,),
    regions=(KHAKASSIA,),
    place="Саяногорск",
    topics=(Topic.TOS,),
    event_id=7,
    urgent=False,
    version=1,
)


def test_menu(golden: Golden) -> None:
    def screens(words: Words) -> Screens:
        return {
            "everything": menu.menu(words, list(Act), menu.Waiting(3, 2, 1), sources="sources:0"),
            "a moderator": menu.menu(words, [Act.MODERATE, Act.SEE_REPORTS], menu.Waiting()),
            "no role": menu.no_role(words),
            "refused": menu.refused(words),
            "gone": menu.gone(words),
        }

    golden.check("admin_menu", screens)


def test_composing(golden: Golden) -> None:
    empty = replace(DRAFT, title="", text="", audience=Audience(()), event_id=None, kind=AnnouncementKind.NEWS)
    huge = Outlook(Size(1_000_000, 0), 1_000_000 / 29.9, may_send=True)
    urgent = replace(DRAFT, kind=AnnouncementKind.NEWS, priority=Priority.URGENT)
    waiting = replace(DRAFT, state=AnnouncementState.AWAITING_APPROVAL)
    at = datetime(2026, 11, 27, 3, tzinfo=UTC)

    def screens(words: Words) -> Screens:
        return {
            "kinds": composing.kinds(words, urgent=True),
            "kinds of an editor": composing.kinds(words, urgent=False),
            "text": composing.ask_text(words, AnnouncementKind.EVENT),
            "too long": composing.too_long(words, 5000, with_photo=True),
            "draft": cards.card(words, GAZETTEER, replace(DRAFT, scheduled_at=at), EVENT, OUTLOOK, NOW),
            "draft with a photo": cards.card(words, GAZETTEER, replace(DRAFT, photo="key"), None, OUTLOOK, NOW),
            "empty draft": cards.card(words, GAZETTEER, empty, None, Outlook(Size(0, 0), 0), NOW),
            "a million": cards.card(words, GAZETTEER, urgent, None, huge, NOW),
            "to approve": cards.card(words, GAZETTEER, waiting, EVENT, replace(OUTLOOK, may_approve=True), NOW),
            "surely send": composing.sure_to_send(words, DRAFT, 1_000_000, 1_000_000 / 29.9),
            "surely discard": composing.sure_to_discard(words, DRAFT),
            "scheduled": composing.scheduled(words, GAZETTEER, replace(DRAFT, scheduled_at=at), NOW),
            "handed in": composing.handed_in(words, DRAFT),
            "told to approve": approvals.told_waiting(words, GAZETTEER, DRAFT),
            "told to approve, paid": approvals.told_waiting(words, GAZETTEER, replace(DRAFT, paid=True)),
            "told approved": approvals.told_approved(words, DRAFT),
            "told returned": approvals.told_returned(words, DRAFT, "Укажите кабинет"),
        }

    golden.check("admin_composing", screens)


def test_audience_time_and_details(golden: Golden) -> None:
    def screens(words: Words) -> Screens:
        return {
            "audience": audiences.audience(words, GAZETTEER, DRAFT),
            "territory": audiences.ask_territory(words, GAZETTEER, 120, [SAYANOGORSK]),
            "outside": audiences.not_yours(words, GAZETTEER, [KHAKASSIA], [SAYANOGORSK]),
            "when": times.ask_time(words, GAZETTEER, DRAFT, composing.to_card(words, DRAFT.id)),
            "then": times.is_it_then(words, GAZETTEER, DRAFT, datetime(2026, 11, 27, 3, tzinfo=UTC), NOW),
            "understood": happenings.understood(words, 120, EVENT, NOW),
            "no date": happenings.no_date(words, 120),
        }

    golden.check("admin_details", screens)


def test_running(golden: Golden) -> None:
    sending = replace(DRAFT, state=AnnouncementState.SENDING)
    half = Progress(1240, 420, 8, 803, 9, 0, 0)
    done = Progress(1240, 0, 0, 1221, 17, 2, 0)
    paused = replace(MAILING, state=MailingState.PAUSED)
    freezing = replace(MAILING, frozen_at=None, size=400)
    shown = Reactions(coming=42, left=3)

    def screens(words: Words) -> Screens:
        draw = live.live
        return {
            "live": draw(words, sending, MAILING, half, per_second=24, blocked=9, may_send=True),
            "paused": draw(words, sending, paused, half, per_second=0, blocked=1, may_send=True),
            "counting": draw(
                words, sending, freezing, Progress(400, 400, 0, 0, 0, 0, 0), per_second=0, blocked=0, may_send=False
            ),
            "result": live.result(
                words, replace(DRAFT, state=AnnouncementState.SENT), done, shown, Markup(), may_send=True
            ),
            "surely stop": live.sure_to_stop(words, DRAFT),
            "surely recall": live.sure_to_recall(words, DRAFT),
            "correction": live.ask_correction(words, DRAFT),
            "surely correct": live.sure_to_correct(words, DRAFT, PROPOSED, NOW),
            "cancels": live.sure_to_correct(words, DRAFT, replace(PROPOSED, status=EventStatus.CANCELLED), NOW),
            "correcting": live.correcting(words, replace(DRAFT, version=2)),
            "retried": live.retried(words, 2),
            "shelf": shelves.shelf(words, GAZETTEER, Shelf.RUNNING, [sending, DRAFT], 0, NOW),
            "empty shelf": shelves.shelf(words, GAZETTEER, Shelf.DRAFTS, [], 0, NOW),
            "found": shelves.found(words, GAZETTEER, "форум", [sending], NOW),
        }

    golden.check("admin_running", screens)


def test_desk(golden: Golden) -> None:
    accepted = replace(SUGGESTION, state=SuggestionState.ACCEPTED)
    asked = replace(SUGGESTION, state=SuggestionState.ASKED, reason="Какой подъезд?")
    rejected = replace(SUGGESTION, state=SuggestionState.REJECTED, reason="Это реклама")
    event = replace(SUGGESTION, is_event=True, text="Собрание ТОС 20 декабря в 18:30, школа 5", similar_to=None)

    def screens(words: Words) -> Screens:
        return {
            "list": desk.listing(words, GAZETTEER, [SUGGESTION, event], 0),
            "nothing": desk.listing(words, GAZETTEER, [], 0),
            "suggestion": desk.card(words, GAZETTEER, SUGGESTION, None, "Площадка на Ленина", NOW),
            "asked": desk.card(words, GAZETTEER, asked, None, "Площадка на Ленина", NOW),
            "organiser's event": desk.card(words, GAZETTEER, event, PROPOSED, None, NOW),
            "decided": desk.decided(words, accepted),
            "decided by another": desk.already_decided(words, rejected),
            "author: accepted": desk.told_accepted(words, accepted),
            "author: rejected": desk.told_rejected(words, rejected),
            "author: question": desk.told_question(words, asked),
            "moderators: new": desk.told_new(words, GAZETTEER, SUGGESTION),
            "moderator: answered": desk.told_answer(words, SUGGESTION),
            "proposal": proposals.understood(words, PROPOSED, NOW),
            "proposal handed over": proposals.handed_over(words, 57),
        }

    golden.check("admin_desk", screens)


def test_review(golden: Golden) -> None:
    vanished = Asked(3, "vanished", SAYANOGORSK, {"title": "Форум ТОС"})
    corrected = Asked(4, "correction", SAYANOGORSK, {"title": "Форум", "before": "в школе", "after": "в ДК"})

    def screens(words: Words) -> Screens:
        return {
            "list": review.listing(words, GAZETTEER, [ITEM], [vanished], 0),
            "item": review.item(words, GAZETTEER, ITEM, EVENT, ["start_date", "venue"], NOW),
            "item with a photo": review.item(words, GAZETTEER, replace(ITEM, photo="key"), None, [], NOW),
            "edit": editing.menu(words, ITEM),
            "title": editing.ask(words, ITEM, editing.Field.TITLE),
            "place": editing.ask(words, ITEM, editing.Field.PLACE),
            "when": editing.ask(words, ITEM, editing.Field.DATE),
            "no day": editing.no_day(words),
            "another day": editing.offer_date(words, ITEM, PROPOSED, "0123456789abcdef", NOW),
            "topics": editing.topics(words, ITEM),
            "vanished": review.question(words, vanished),
            "correction": review.question(words, corrected),
        }

    golden.check("admin_review", screens)


def test_roles_and_campaigns(golden: Golden) -> None:
    grant = Grant(1001, Role.EDITOR, SAYANOGORSK)
    campaign = Campaign(1, "10 000 шагов", 7, date(2026, 12, 20), 1001, NOW)
    wave = replace(DRAFT, scheduled_at=datetime(2026, 12, 6, 3, tzinfo=UTC), state=AnnouncementState.SCHEDULED)
    planned = plan(date(2026, 12, 20), "Asia/Krasnoyarsk", NOW)

    def screens(words: Words) -> Screens:
        return {
            "roles": people.listing(words, GAZETTEER, [grant], 0),
            "person": people.ask_person(words),
            "role": people.ask_role(words, 1001, list(Role)),
            "given": people.granted(words, GAZETTEER, grant),
            "told": people.told_granted(words, GAZETTEER, grant),
            "surely": people.sure_to_revoke(words, GAZETTEER, grant),
            "campaigns": waves.listing(words, [campaign], 0),
            "campaign": waves.card(words, GAZETTEER, campaign, [wave], NOW),
            "waves": waves.plan(words, GAZETTEER, replace(DRAFT, kind=AnnouncementKind.CAMPAIGN), planned, NOW),
        }

    golden.check("admin_people", screens)
