"""A mailing under way and what came of it: the bar that moves, the buttons that hold it, the result."""

from datetime import datetime

from markupsafe import Markup

from domain.announcements import Announcement, AnnouncementState
from domain.events import EventDraft, EventStatus
from domain.mailings import Mailing, MailingState, Progress, Reactions
from domain.messages import Button, Message, Rows
from presenters.actions import action, pack
from presenters.admin.cards import heading
from presenters.admin.composing import ShowAnnouncement
from presenters.admin.durations import duration
from presenters.admin.happenings import happening_in_words
from presenters.admin.menu import ListMailings
from presenters.language.words import Words, number

CELLS = 5
ENDED = (MailingState.FINISHED, MailingState.CANCELLED)


@action("lpa")
class PauseMailing:
    announcement: int


@action("lre")
class ResumeMailing:
    announcement: int


@action("lst")
class StopMailing:
    announcement: int
    sure: bool


@action("lco")
class Correct:
    announcement: int


@action("lcs")
class SendCorrection:
    announcement: int


@action("lrc")
class Recall:
    announcement: int
    sure: bool


@action("lch")
class ShowChart:
    announcement: int


@action("lcv")
class ShowCsv:
    announcement: int


@action("lrt")
class Retry:
    announcement: int


def live(
    words: Words,
    one: Announcement,
    mailing: Mailing,
    progress: Progress,
    *,
    per_second: float,
    blocked: int,
    may_send: bool,
) -> Message:
    """``per_second``: measured of late; ``blocked``: people who turned out not to take messages any more."""
    total = max(mailing.size, progress.audience) if mailing.frozen_at else None
    parts = [heading(words, one), _bar(words, progress, total, per_second, blocked, mailing)]
    return Message(Markup("\n\n").join(parts), _buttons(words, one, mailing, may_send=may_send))


def _bar(
    words: Words, progress: Progress, total: int | None, per_second: float, blocked: int, mailing: Mailing
) -> Markup:
    if total is None:
        return words("Counting whom it reaches: {count} so far", count=number(progress.audience))
    full = CELLS if total == 0 else progress.settled * CELLS // total
    facts = [words("{done} of {total}", done=number(progress.settled), total=number(total))]
    if mailing.state is MailingState.PAUSED:
        facts.append(words("paused"))
    elif per_second > 0:
        facts.append(words("{rate}/s", rate=round(per_second) or "<1"))
        facts.append(words("{duration} left", duration=duration(words, (total - progress.settled) / per_second)))
    if blocked:
        facts.append(words.plural("{count} has blocked the bot", "{count} have blocked the bot", blocked))
    return Markup("{} {}").format("▓" * full + "░" * (CELLS - full), Markup(" · ").join(facts))


def _buttons(words: Words, one: Announcement, mailing: Mailing, *, may_send: bool) -> Rows:
    refresh = Button(words.label("🔄 Refresh"), action=pack(ShowAnnouncement(one.id)))
    back = Button(words.label("‹ Mailings"), action=pack(ListMailings("running", 0)))
    if not may_send:
        return ((refresh, back),)
    hold = Button(words.label("⏸ Pause"), action=pack(PauseMailing(one.id)))
    if mailing.state is MailingState.PAUSED:
        hold = Button(words.label("▶ Go on"), action=pack(ResumeMailing(one.id)))
    stop = Button(words.label("⏹ Stop"), action=pack(StopMailing(one.id, False)))
    return ((hold, stop), _afterwards(words, one), (refresh, back))


def _afterwards(words: Words, one: Announcement) -> tuple[Button, ...]:
    correct = Button(words.label("✏ Correct"), action=pack(Correct(one.id)))
    recall = Button(words.label("↩ Recall"), action=pack(Recall(one.id, False)))
    return (correct, recall)


def result(
    words: Words, one: Announcement, progress: Progress, reactions: Reactions, details: Markup, *, may_send: bool
) -> Message:
    """What came of a mailing that is over; ``details``: reasons and regions, HTML."""
    lost = progress.failed + progress.unknown
    facts = [words("delivered {count}", count=number(progress.sent)), words("not reached {count}", count=number(lost))]
    if progress.skipped:
        facts.append(words("not sent {count}", count=number(progress.skipped)))
    if reactions.coming is not None:
        facts.append(words("coming {count}", count=number(reactions.coming)))
    facts.append(words("unsubscribed {count}", count=number(reactions.left)))
    parts = [heading(words, one), words("<b>{title}</b>", title=one.headline), Markup(" · ").join(facts), details]
    return Message(
        Markup("\n\n").join(part for part in parts if part), _result_buttons(words, one, lost, may_send=may_send)
    )


def _result_buttons(words: Words, one: Announcement, lost: int, *, may_send: bool) -> Rows:
    chart = Button(words.label("📈 Chart"), action=pack(ShowChart(one.id)))
    table = Button(words.label("📄 CSV"), action=pack(ShowCsv(one.id)))
    again = Button(words.label("🔁 Retry those not reached"), action=pack(Retry(one.id)))
    back = Button(words.label("‹ Mailings"), action=pack(ListMailings("finished", 0)))
    rows: Rows = ((chart, table),)
    if may_send and lost:
        rows = (*rows, (again,))
    if may_send and one.state is not AnnouncementState.RECALLED:
        rows = (*rows, _afterwards(words, one))
    return (*rows, (back,))


def sure_to_stop(words: Words, one: Announcement) -> Message:
    return Message(
        words("Stop № {number} for good? What has left stays; nobody else gets it.", number=one.id),
        (_yes_back(words, StopMailing(one.id, True), one.id),),
    )


def sure_to_recall(words: Words, one: Announcement) -> Message:
    return Message(
        words(
            "Recall № {number}? Copies of the last two days are deleted, older ones say «recalled», "
            "and whoever has not got it will not.",
            number=one.id,
        ),
        (_yes_back(words, Recall(one.id, True), one.id),),
    )


def ask_correction(words: Words, one: Announcement) -> Message:
    return Message(
        words(
            "Send me the new text of № {number}, all of it. I will show it first; "
            "then every copy that was delivered is edited, and whoever has not got it yet gets the new one. "
            "A photo that comes with it takes the place of the old one.",
            number=one.id,
        ),
        ((Button(words.label("‹ Back"), action=pack(ShowAnnouncement(one.id))),),),
    )


def sure_to_correct(words: Words, one: Announcement, moved: EventDraft | None, now: datetime) -> Message:
    """``moved``: the event as the new words tell it, where they move or cancel it."""
    send = Button(words.label("✅ Send the correction"), action=pack(SendCorrection(one.id)))
    again = Button(words.label("✏ Another text"), action=pack(Correct(one.id)))
    back = Button(words.label("‹ Back"), action=pack(ShowAnnouncement(one.id)))
    text = words("Above is how № {number} will read. Correct it everywhere?", number=one.id)
    if moved and moved.status is EventStatus.CANCELLED:
        text += "\n\n" + words("⚠ The event is cancelled by it: all who said they would come are told.")
    elif moved:
        what = happening_in_words(words, moved, now)
        text += "\n\n" + words("📅 Now: {what}. All who said they would come are told.", what=what)
    return Message(text, ((send,), (again, back)))


def correcting(words: Words, one: Announcement) -> Message:
    return Message(
        words(
            "✏ № {number} is being corrected: version {version} replaces what was delivered.",
            number=one.id,
            version=one.version,
        ),
        (_to_it(words, one),),
    )


def recalling(words: Words, one: Announcement) -> Message:
    return Message(words("↩ № {number} is being recalled.", number=one.id), (_to_it(words, one),))


def _to_it(words: Words, one: Announcement) -> tuple[Button, ...]:
    return (Button(words.label("Open № {number}", number=one.id), action=pack(ShowAnnouncement(one.id))),)


def _yes_back(words: Words, act: object, announcement: int) -> tuple[Button, ...]:
    return (
        Button(words.label("Yes"), action=pack(act)),
        Button(words.label("‹ Back"), action=pack(ShowAnnouncement(announcement))),
    )


def retried(words: Words, count: int) -> str:
    return words.plural_label("{count} message goes out again.", "{count} messages go out again.", count)


def not_now(words: Words) -> str:
    return words.label("This mailing is not in a state for that any more.")


def no_chart(words: Words) -> str:
    return words.label("Nothing has been sent yet that a chart could show.")
