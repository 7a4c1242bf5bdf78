"""What is said where nothing else fits: errors, old buttons, what we do not understand."""

from domain.messages import Message
from presenters.language.words import Words


def something_broke(words: Words) -> str:
    return words.label("Sorry, something broke on my side. It has been noted; please try again in a minute.")


def old_button(words: Words) -> str:
    return words.label("This button no longer works. Please open the screen again.")


def unknown_command(words: Words) -> Message:
    return Message(words("I do not know this command. Everything I can do: /help"))


def only_text(words: Words) -> Message:
    """Answer to stickers, voice messages and the like."""
    return Message(
        words(
            "I only understand text so far. Ask in your own words, for example «what is on at the weekend», "
            "or see /help."
        )
    )


def text_expected(words: Words) -> Message:
    """Answer to the same in the middle of a question."""
    return Message(words("I am waiting for an answer in words here: please write it as text. To stop: /cancel"))


def for_administrators(words: Words) -> str:
    return words.label("Only administrators of this group can set me up here.")


def cancelled(words: Words) -> Message:
    return Message(words("Cancelled. Nothing was saved."))


def nothing_to_cancel(words: Words) -> Message:
    return Message(words("There is nothing to cancel."))
