"""What the buttons of settling in do: of /start, and of adding a place or topics later.

They carry what was chosen so far, so that a screen works after a restart, and however old it is.
"""

from enum import StrEnum

from domain.subscribers import Frequency
from domain.topics import Topic
from presenters.actions import action


class Purpose(StrEnum):
    """What a place is asked for."""

    HOME = "h"
    """Onboarding: the place becomes home, topics and frequency follow."""
    ADD = "a"
    """One more place to follow."""
    MOVE = "m"
    """Another home; subscriptions stay."""
    TOPICS = "t"
    """Other topics for a place that is followed: those that stay keep their frequency."""


@action("wh")
class AskPlace:
    purpose: Purpose


@action("lo")
class AskLocation:
    purpose: Purpose


@action("nm")
class AskName:
    purpose: Purpose


@action("pl")
class ChoosePlace:
    place: str
    purpose: Purpose


@action("tp")
class ChooseTopics:
    """Opens the screen of topics with those of ``chosen`` (presenters.language.topics.to_mask) ticked."""

    place: str
    chosen: int
    purpose: Purpose


@action("tt")
class TickTopic:
    """Ticks or unticks one; ``chosen`` is what the screen showed."""

    place: str
    topic: Topic
    chosen: int
    purpose: Purpose


@action("td")
class TopicsDone:
    place: str
    chosen: int
    purpose: Purpose


@action("of")
class ChooseFrequency:
    place: str
    chosen: int
    frequency: Frequency
    purpose: Purpose


@action("cn")
class Consent:
    version: int
