"""What became of a mailing."""

from dataclasses import dataclass
from datetime import datetime

from domain.mailings import DeliveryState, Mailing, Progress


@dataclass(frozen=True, slots=True)
class Reason:
    """``ending``: an Ending of domain.mailings, without the messenger's words."""

    state: DeliveryState
    ending: str
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """A region, or "" for people whose home is not known."""

    region: str
    audience: int
    sent: int
    failed: int


@dataclass(frozen=True, slots=True)
class Report:
    mailing: Mailing
    progress: Progress
    reasons: tuple[Reason, ...]
    """Most frequent first."""
    places: tuple[Place, ...]
    """Largest first."""
    seconds: float
    """From the first message to the last; 0 while none has left."""

    @property
    def speed(self) -> float:
        """Messages a second."""
        return self.progress.sent / self.seconds if self.seconds > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One delivery, for a table; who has the bot forget them is without chat."""

    chat_id: int | None
    region: str
    state: DeliveryState
    error: str
    attempts: int
    settled_at: datetime | None
