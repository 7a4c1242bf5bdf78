"""Topics as people read and choose them."""

from collections.abc import Iterable

from domain.topics import Topic
from presenters.language.words import Words

IN_ORDER = (
    Topic.HOUSING_UTILITIES,
    Topic.TOS,
    Topic.CONTESTS_GRANTS,
    Topic.FORUMS_MEETINGS,
    Topic.SAFETY_EMERGENCY,
    Topic.ROADS_TRANSPORT,
    Topic.IMPROVEMENT_ECOLOGY,
    Topic.CULTURE_LEISURE,
    Topic.SPORT,
    Topic.HEALTH,
    Topic.EDUCATION_YOUTH,
    Topic.SOCIAL_SUPPORT,
    Topic.ECONOMY_BUSINESS,
    Topic.GOVERNANCE,
    Topic.LAW_DOCUMENTS,
)
"""What most people ask for first."""


def topic_label(words: Words, topic: Topic) -> str:
    """Plain text: «Отключения и ЖКХ»."""
    return _labels(words)[topic]


def _labels(words: Words) -> dict[Topic, str]:
    return {
        Topic.HOUSING_UTILITIES: words.label("Outages and utilities"),
        Topic.TOS: words.label("TOS"),
        Topic.CONTESTS_GRANTS: words.label("Contests and grants"),
        Topic.FORUMS_MEETINGS: words.label("Forums and meetings"),
        Topic.SAFETY_EMERGENCY: words.label("Safety and emergencies"),
        Topic.ROADS_TRANSPORT: words.label("Roads and transport"),
        Topic.IMPROVEMENT_ECOLOGY: words.label("Improvement and ecology"),
        Topic.CULTURE_LEISURE: words.label("Culture and leisure"),
        Topic.SPORT: words.label("Sport"),
        Topic.HEALTH: words.label("Health"),
        Topic.EDUCATION_YOUTH: words.label("Education and youth"),
        Topic.SOCIAL_SUPPORT: words.label("Social support"),
        Topic.ECONOMY_BUSINESS: words.label("Business and economy"),
        Topic.GOVERNANCE: words.label("Local government"),
        Topic.LAW_DOCUMENTS: words.label("Laws and documents"),
    }


def to_mask(topics: Iterable[Topic]) -> int:
    """A set of topics as one number, small enough to travel with every button of a screen."""
    chosen = set(topics)
    return sum(1 << place for place, topic in enumerate(Topic) if topic in chosen)


def from_mask(mask: int) -> tuple[Topic, ...]:
    """Unknown bits are dropped: the number may be forged or of another version."""
    return tuple(topic for place, topic in enumerate(Topic) if mask >> place & 1)
