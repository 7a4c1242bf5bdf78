"""How often, as people read and choose it."""

from domain.subscribers import Frequency
from presenters.language.words import Words


def frequency_label(words: Words, frequency: Frequency) -> str:
    """For a button: «Каждый вечер»."""
    return {
        Frequency.AT_ONCE: words.label("At once"),
        Frequency.DAILY: words.label("Every evening"),
        Frequency.WEEKLY: words.label("On Fridays"),
    }[frequency]


def how_often(words: Words, frequency: Frequency) -> str:
    """Inside a sentence: «каждый вечер»."""
    label = frequency_label(words, frequency)
    return label[0].lower() + label[1:]
