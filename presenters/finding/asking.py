"""How to ask."""

from domain.messages import Message
from presenters.language.words import Words


def how_to_search(words: Words) -> Message:
    return Message(
        words(
            "Write what you are looking for, in your own words. For example:\n"
            "• what is on in Sayanogorsk at the weekend\n"
            "• contests for TOS until the end of the month\n"
            "• water outage\n\n"
            "In a private chat you need no command for it; in a group write /search and your words."
        )
    )


def ask_in_private(words: Words) -> str:
    """Above an empty list of inline results; opens the private chat."""
    return words.label("Nothing found. Ask me in private")
