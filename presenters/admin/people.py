"""Roles: who has which where, and the granting of one: a person, a role, a territory."""

from collections.abc import Sequence

from markupsafe import Markup

from analysis.geography.gazetteer import Gazetteer
from domain.messages import Button, Message, Rows
from domain.roles import Grant, Role
from presenters.actions import action, pack
from presenters.admin.menu import ListRoles, pages, to_menu
from presenters.language.places import place_name, place_title
from presenters.language.words import Words

PAGE = 8
MOST_CANDIDATES = 8


@action("rga")
class AddRole:
    pass


@action("rgr")
class PickRole:
    user: int
    role: Role


@action("rgt")
class GrantRole:
    user: int
    role: Role
    territory: str


@action("rgx")
class RevokeRole:
    user: int
    role: Role
    territory: str
    sure: bool


def listing(words: Words, gazetteer: Gazetteer, grants: Sequence[Grant], page: int) -> Message:
    """Each with a button that takes it back."""
    shown = grants[page * PAGE : (page + 1) * PAGE]
    lines = [_line(words, gazetteer, one) for one in shown] or [words("Nobody has a role here yet.")]
    rows: Rows = tuple((_revoke(words, gazetteer, one),) for one in shown)
    add = Button(words.label("➕ Give a role"), action=pack(AddRole()))
    turning = pages(page, len(grants), PAGE, ListRoles)
    text = Markup("\n").join([words("<b>Roles</b>"), Markup(""), *lines])
    return Message(text, (*rows, *turning, (add, to_menu(words))))


def _line(words: Words, gazetteer: Gazetteer, one: Grant) -> Markup:
    person = Markup('<a href="tg://user?id={}">{}</a>').format(one.user_id, one.user_id)
    return Markup("{} — {}, {}").format(
        person, role_in_words(words, one.role), place_name(words, gazetteer, one.territory)
    )


def _revoke(words: Words, gazetteer: Gazetteer, one: Grant) -> Button:
    label = f"✖ {one.user_id} · {role_in_words(words, one.role)} · {place_name(words, gazetteer, one.territory)}"
    return Button(label, action=pack(RevokeRole(one.user_id, one.role, one.territory, False)))


def role_in_words(words: Words, role: Role) -> str:
    return {
        Role.OWNER: words.label("owner"),
        Role.ADMIN: words.label("administrator"),
        Role.EDITOR: words.label("editor"),
        Role.MODERATOR: words.label("moderator"),
        Role.ORGANISER: words.label("organiser"),
    }[role]


def ask_person(words: Words) -> Message:
    return Message(
        words(
            "Whose role is it? Forward me a message of that person, send their contact, or write their Telegram id "
            "(they see it in /privacy)."
        )
    )


def hidden_person(words: Words) -> Message:
    """The forwarded message or contact does not say whose it is."""
    return Message(
        words("That does not tell me who it is: the person hides their account. Ask them for their id, it is a number.")
    )


def not_a_person(words: Words) -> Message:
    return Message(words("That is no id. It is a number, for example 123456789."))


def ask_role(words: Words, user: int, roles: Sequence[Role]) -> Message:
    rows: Rows = tuple((Button(_explained(words, role), action=pack(PickRole(user, role))),) for role in roles)
    back = Button(words.label("‹ Roles"), action=pack(ListRoles(0)))
    return Message(words("Which role shall {user} have?", user=str(user)), (*rows, (back,)))


def _explained(words: Words, role: Role) -> str:
    return {
        Role.OWNER: words.label("Owner: everything, everywhere"),
        Role.ADMIN: words.label("Administrator: sends, approves, grants roles"),
        Role.EDITOR: words.label("Editor: composes, somebody else approves"),
        Role.MODERATOR: words.label("Moderator: decides on suggestions"),
        Role.ORGANISER: words.label("Organiser: proposes own events"),
    }[role]


def ask_territory(words: Words, gazetteer: Gazetteer, user: int, role: Role, own: Sequence[str]) -> Message:
    rows: Rows = tuple(
        (Button(place_title(words, gazetteer, code), action=pack(GrantRole(user, role, code))),)
        for code in own[:MOST_CANDIDATES]
    )
    back = Button(words.label("‹ Roles"), action=pack(ListRoles(0)))
    return Message(words("In which territory? Write its name or choose:"), (*rows, (back,)))


def which_territory(words: Words, gazetteer: Gazetteer, user: int, role: Role, found: Sequence[str]) -> Message:
    rows: Rows = tuple(
        (Button(place_title(words, gazetteer, code), action=pack(GrantRole(user, role, code))),)
        for code in found[:MOST_CANDIDATES]
    )
    back = Button(words.label("‹ Roles"), action=pack(ListRoles(0)))
    return Message(words("Several territories have that name. Which one?"), (*rows, (back,)))


def granted(words: Words, gazetteer: Gazetteer, one: Grant) -> Message:
    text = words(
        "✅ {user}: {role}, {place}.",
        user=str(one.user_id),
        role=role_in_words(words, one.role),
        place=place_title(words, gazetteer, one.territory),
    )
    return Message(text, ((Button(words.label("‹ Roles"), action=pack(ListRoles(0))),),))


def told_granted(words: Words, gazetteer: Gazetteer, one: Grant) -> Message:
    """To the person."""
    text = words(
        "You are now {role}: {place}. What you can do here: /help",
        role=role_in_words(words, one.role),
        place=place_title(words, gazetteer, one.territory),
    )
    return Message(text)


def sure_to_revoke(words: Words, gazetteer: Gazetteer, one: Grant) -> Message:
    text = words(
        "Take the role back? {user}: {role}, {place}.",
        user=str(one.user_id),
        role=role_in_words(words, one.role),
        place=place_title(words, gazetteer, one.territory),
    )
    yes = Button(words.label("Yes"), action=pack(RevokeRole(one.user_id, one.role, one.territory, True)))
    back = Button(words.label("‹ Back"), action=pack(ListRoles(0)))
    return Message(text, ((yes, back),))


def last_owner(words: Words) -> str:
    return words.label("This is the last owner: make somebody else an owner first.")
