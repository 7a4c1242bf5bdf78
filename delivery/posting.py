"""One message to the messenger, and what its answer means for the delivery, its chat, and everything else."""

from dataclasses import dataclass
from datetime import datetime

from delivery import contents, wire
from delivery.bot_api import Telegram
from delivery.outbox import Job
from delivery.outcomes import Outcome, Verdict
from delivery.pacer import Pacer, Pacers
from delivery.spacing import Spacing
from delivery.wire import Wire
from domain.mailings import DeliveryState, Ending, MailingKind, Promise
from storage.outbox.deliveries import MOST_ATTEMPTS, Settlement

GENTLE = 0.5
"""Seconds added to what a refusal asks for."""
PATIENCE = 3
"""Faults in a row before everything pauses."""
LONGEST_PAUSE = 60.0
OF_ANOTHER_FORM = ("there is no text in the message", "there is no caption in the message")
"""Of a copy that left with a photo, or without one: what is refused to its own form is the reason."""


@dataclass(frozen=True, slots=True)
class Decision:
    """``settlement``: it is over. ``again_in``: owed as before, in so many seconds. Neither: nobody can say."""

    settlement: Settlement | None = None
    again_in: float | None = None
    unreachable: str | None = None
    out_of_stars: bool = False
    """The mailing cannot be paid for any more."""


class Post:
    """Sends jobs, and keeps the pace that the answers ask for."""

    def __init__(self, telegram: Telegram, pacers: Pacers, spacing: Spacing) -> None:
        self._telegram = telegram
        self.pacers = pacers
        self.spacing = spacing
        self._faults = 0

    @property
    def is_careful(self) -> bool:
        """Whether the last answers were faults: few calls at once until one is answered properly."""
        return self._faults > 0

    async def send(self, job: Job, now: datetime) -> Outcome:
        """Carries the job out; never raises for the network."""
        owed, mailing = job.owed, job.contents.mailing
        written = job.contents.wire(owed)
        if written is None:
            return Outcome(Verdict.REFUSED, error=Ending.STALE)
        if contents.wants_deletion(mailing, owed, now):
            outcome = await self._telegram.call("deleteMessage", wire.DELETION.body(job.chat_id, 0, owed.copy_id))
            if not _is_refused(outcome):
                return outcome
            await self._pacer(job).take(job.turn)
        outcome = await self._call(job, written)
        if not _is_refused(outcome) or written.instead is None:
            return outcome
        return await self._send_instead(job, written.instead, outcome)

    async def _send_instead(self, job: Job, written: Wire, refusal: Outcome) -> Outcome:
        """What is called where the first form was refused. It costs a token of its own."""
        await self._pacer(job).take(job.turn)
        outcome = await self._call(job, written)
        if _is_refused(outcome):
            return outcome if any(words in (refusal.error or "") for words in OF_ANOTHER_FORM) else refusal
        is_new = job.contents.mailing.corrects is None
        if outcome.verdict is Verdict.SENT and is_new and job.chat_id > 0:  # a group may refuse all photos for itself
            job.contents.do_without_photo(job.owed)
        return outcome

    async def _call(self, job: Job, written: Wire) -> Outcome:
        owed, is_edit = job.owed, job.contents.mailing.corrects is not None
        body = written.body(job.chat_id, 0 if is_edit else owed.thread_id, owed.copy_id if is_edit else None)
        return await self._telegram.call(written.method, body)

    def decide(self, job: Job, outcome: Outcome) -> Decision:
        """What becomes of the delivery. Slows, pauses or frees the pace on the way."""
        if outcome.verdict in (Verdict.AMBIGUOUS, Verdict.NOT_SENT):
            self._note_fault(self._pacer(job))
        else:
            self._faults = 0
        match outcome.verdict:
            case Verdict.SENT:
                return Decision(Settlement(job.id, DeliveryState.SENT, outcome.message_id or job.owed.copy_id))
            case Verdict.REFUSED:
                return Decision(self._refused(job, outcome))
            case Verdict.UNREACHABLE:
                failed = Settlement(job.id, DeliveryState.FAILED, error=outcome.error)
                return Decision(failed, unreachable=outcome.error)
            case Verdict.MOVED:
                return Decision(again_in=0.0)
            case Verdict.FLOOD:
                return Decision(again_in=self._rest(job, outcome.retry_after))
            case Verdict.NOT_SENT:
                return Decision(again_in=GENTLE)
            case Verdict.OUT_OF_STARS:
                return Decision(again_in=GENTLE, out_of_stars=True)
            case Verdict.AMBIGUOUS:
                return Decision(self._unknown(job, outcome))

    def _refused(self, job: Job, outcome: Outcome) -> Settlement:
        gone = outcome.error == Ending.GONE and job.contents.mailing.kind is MailingKind.RECALL
        # Who deleted the message does not have it any more: that is what a recall wants.
        return Settlement(job.id, DeliveryState.SENT if gone else DeliveryState.FAILED, error=outcome.error)

    def _unknown(self, job: Job, outcome: Outcome) -> Settlement | None:
        tried = job.owed.attempts + 1
        if tried < MOST_ATTEMPTS and job.contents.mailing.promise is not Promise.AT_MOST_ONCE:
            return None
        return Settlement(job.id, DeliveryState.UNKNOWN, error=outcome.error)

    def _rest(self, job: Job, retry_after: float) -> float:
        """A group, or a chat that was written to a moment ago, is refused for itself; any other for everybody."""
        if job.chat_id < 0 or job.after_another:
            self.spacing.pause(job.chat_id, retry_after)
            return retry_after
        pacer = self._pacer(job)
        if pacer.pausing == 0:
            pacer.slow_down()
        pacer.pause(retry_after + GENTLE)
        return retry_after + GENTLE

    def _pacer(self, job: Job) -> Pacer:
        return self.pacers.of(paid=job.is_paid)

    def _note_fault(self, pacer: Pacer) -> None:
        if pacer.pausing > 0:
            return  # what was under way when the pause began says nothing new
        self._faults += 1
        if self._faults >= PATIENCE:
            pacer.pause(min(LONGEST_PAUSE, GENTLE * 2.0 ** (self._faults - PATIENCE)))


def _is_refused(outcome: Outcome) -> bool:
    """Whether another way may be tried: the copy is there, and is not taken like this."""
    return outcome.verdict is Verdict.REFUSED and outcome.error != Ending.GONE
