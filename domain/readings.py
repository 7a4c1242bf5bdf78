"""What analysis reads out of one text: the claims, and the words each of them rests on."""

from dataclasses import dataclass
from datetime import date
from datetime import time as time_of_day
from enum import StrEnum

from domain.topics import Topic


class EventKind(StrEnum):
    """What people can go to, apply to or must reckon with."""

    FORUM = "forum"
    CONTEST = "contest"
    HEARING = "hearing"
    GATHERING = "gathering"
    COURSE = "course"
    WEBINAR = "webinar"
    FAIR = "fair"
    CLEANUP = "cleanup"
    OUTAGE = "outage"
    CLOSURE = "closure"
    CAMPAIGN = "campaign"
    DATA_CALL = "data_call"
    CULTURE = "culture"
    SPORT = "sport"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of the text (and where they stand) that a claim rests on."""

    claim: str
    """Field of the reading: "region", "place", "main_topic", "start_date", …"""
    value: str
    words: str
    start: int
    """Offset in the text, in characters; -1 where the claim rests on the source, not on the text."""


@dataclass(frozen=True, slots=True)
class EventReading:
    """Dates and times are local to the territory; what the text does not fix is None."""

    title: str
    kind: EventKind
    start_date: date | None = None
    end_date: date | None = None
    time: time_of_day | None = None
    deadline: date | None = None
    venue: str | None = None
    cancelled: bool = False
    postponed: bool = False
    capacity: int | None = None
    """People it has room for."""


@dataclass(frozen=True, slots=True)
class Reading:
    title: str
    summary: str
    """At most two sentences, chosen from the text."""
    regions: tuple[str, ...]
    """Territory codes of the regions it is about; (RUSSIA,) for federal texts; empty where unknown."""
    place: str | None
    """Municipality or settlement, nominative, as people name it; None for region-wide texts."""
    territories: tuple[str, ...]
    """The smallest known territories it concerns: what subscriptions are matched against."""
    topics: tuple[Topic, ...]
    """Best first; never empty."""
    is_event: bool
    upcoming: bool
    event: EventReading | None = None
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[str, ...] = ()
    """Names of fields that a moderator should look at before anything is pushed."""

    @property
    def main_topic(self) -> Topic:
        return self.topics[0]
