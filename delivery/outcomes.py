"""What an answer of the messenger means for a delivery. Pure: a status and a body in, a verdict out."""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.mailings import Ending


class Verdict(StrEnum):
    SENT = "sent"
    REFUSED = "refused"
    """For good: this message will never be taken."""
    UNREACHABLE = "unreachable"
    """For good, and so will every other message to this chat."""
    MOVED = "moved"
    """The chat has another id now."""
    FLOOD = "flood"
    """Too many; certainly not taken."""
    NOT_SENT = "not_sent"
    """Certainly not taken, through no fault of the message: no connection, a token that is refused."""
    OUT_OF_STARS = "out_of_stars"
    """Certainly not taken: it was to be paid for, and there is nothing to pay with."""
    AMBIGUOUS = "ambiguous"
    """Nobody can say."""


@dataclass(frozen=True, slots=True)
class Outcome:
    verdict: Verdict
    message_id: int | None = None
    error: str | None = None
    """An Ending, with the messenger's words behind a colon where it is not plain by itself."""
    retry_after: float = 0.0
    """Seconds."""
    moved_to: int | None = None


def ambiguous(reason: str) -> Outcome:
    return Outcome(Verdict.AMBIGUOUS, error=f"{Ending.AMBIGUOUS}: {reason}")


def not_sent(reason: str) -> Outcome:
    return Outcome(Verdict.NOT_SENT, error=reason)


_ACCEPTED = re.compile(rb'\{"ok":true,"result":\{"message_id":(\d+),')
"""How an accepted message usually begins: the rest of it is what we sent, and is not worth reading."""


def read_answer(status: int, body: bytes) -> Outcome:
    """The meaning of an answer that came whole. What cannot be read is ambiguous, never a refusal."""
    accepted = _ACCEPTED.match(body) if status == 200 else None
    if accepted:
        return Outcome(Verdict.SENT, message_id=int(accepted[1]))
    try:
        answer = json.loads(body)
    except ValueError:
        return ambiguous(f"{status} without JSON")
    if not isinstance(answer, dict) or status >= 500:
        return ambiguous(f"{status} {_words(answer)}")
    if answer.get("ok") is True:
        return Outcome(Verdict.SENT, message_id=_message_id(answer.get("result")))
    return _refusal(status, answer)


def _refusal(status: int, answer: dict[str, Any]) -> Outcome:
    words = _words(answer)
    parameters = answer.get("parameters") or {}
    if status == 429:
        return Outcome(Verdict.FLOOD, error=words, retry_after=float(parameters.get("retry_after", 1)))
    if "migrate_to_chat_id" in parameters:
        return Outcome(Verdict.MOVED, error=words, moved_to=int(parameters["migrate_to_chat_id"]))
    if status in (401, 404):
        return not_sent(f"{status} {words}")
    if status == 403:
        return Outcome(Verdict.UNREACHABLE, error=_forbidden(words))
    return _bad_request(words)


def _forbidden(words: str) -> Ending:
    if "deactivated" in words:
        return Ending.DEACTIVATED
    return Ending.KICKED if "kicked" in words or "not a member" in words else Ending.BLOCKED


OUT_OF_STARS = ("balance_too_low", "not enough stars")
GONE = ("message to edit not found", "message to delete not found", "message_id_invalid")


def _bad_request(words: str) -> Outcome:
    said = words.lower()
    if "message is not modified" in said:
        return Outcome(Verdict.SENT)
    if "chat not found" in said or "peer_id_invalid" in said:
        return Outcome(Verdict.UNREACHABLE, error=Ending.CHAT_NOT_FOUND)
    if any(poor in said for poor in OUT_OF_STARS):
        return Outcome(Verdict.OUT_OF_STARS, error=words)
    if any(gone in said for gone in GONE):
        return Outcome(Verdict.REFUSED, error=Ending.GONE)
    return Outcome(Verdict.REFUSED, error=f"{Ending.REFUSED}: {words}")


def _message_id(result: object) -> int | None:
    return result.get("message_id") if isinstance(result, dict) else None


def _words(answer: object) -> str:
    words = answer.get("description", "") if isinstance(answer, dict) else ""
    return str(words).removeprefix("Bad Request: ")[:200]
