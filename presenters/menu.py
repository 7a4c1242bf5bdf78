"""The menu of commands, by scope and role."""

from collections.abc import Sequence

from domain.roles import Act, Grant, may_somewhere
from presenters.help import has_desk
from presenters.language.words import Words

Entry = tuple[str, str]


def private_menu(words: Words, grants: Sequence[Grant] = ()) -> list[Entry]:
    """Pairs of command and description."""
    entries = [
        ("news", words.label("News of my place")),
        ("events", words.label("What is coming up")),
        ("deadlines", words.label("By when to apply")),
        ("search", words.label("Search")),
        ("my", words.label("What I get")),
        ("suggest", words.label("Suggest a piece of news")),
        ("settings", words.label("Language, time, quiet hours")),
        ("help", words.label("What I can do")),
        ("privacy", words.label("What is kept about me")),
        ("delete_me", words.label("Delete my data")),
        ("start", words.label("To the beginning")),
    ]
    if may_somewhere(grants, Act.PROPOSE):
        entries.insert(0, ("announce", words.label("Propose an event")))
    if has_desk(grants):
        entries.insert(0, ("admin", words.label("Administration")))
    return entries


def group_menu(words: Words) -> list[Entry]:
    return [
        ("news", words.label("News of our place")),
        ("events", words.label("What is coming up")),
        ("deadlines", words.label("By when to apply")),
        ("search", words.label("Search")),
        ("my", words.label("What this group gets")),
        ("help", words.label("What I can do")),
    ]
