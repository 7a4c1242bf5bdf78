"""Roles are given and taken back: by a forwarded message, a contact or an id; only inside one's own territory."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, MessageOriginUser

from domain.roles import Act, Grant, Role
from domain.territories import RUSSIA
from handlers.admin.office import Desk, GoneError, NotAllowedError, Office
from handlers.admin.telling import tell
from handlers.menu import publish_for
from handlers.pressed import Pressed
from handlers.screens import send, show, toast
from presenters.admin import people as screens
from presenters.admin.audiences import not_yours, unknown_territory
from presenters.admin.menu import ListRoles
from presenters.admin.people import AddRole, GrantRole, PickRole, RevokeRole
from storage.people import roles, subscribers


class Granting(StatesGroup):
    person = State()
    territory = State()


def router() -> Router:
    router = Router(name="admin.people")
    router.callback_query.register(open_list, Pressed(ListRoles))
    router.callback_query.register(ask_person, Pressed(AddRole))
    router.callback_query.register(pick_role, Pressed(PickRole))
    router.callback_query.register(grant, Pressed(GrantRole))
    router.callback_query.register(revoke, Pressed(RevokeRole))
    router.message.register(take_person, Granting.person)
    router.message.register(take_territory, Granting.territory, F.text)
    return router


async def open_list(query: CallbackQuery, act: ListRoles, state: FSMContext, office: Office) -> None:
    await state.clear()
    await _show_list(query, office, act.page)


async def _show_list(query: CallbackQuery, office: Office, page: int = 0) -> None:
    if page < 0:
        raise GoneError
    async with office.looking() as desk:
        desk.demand_anywhere(Act.MANAGE_ROLES)
        given = await roles.everyone(desk.connection, within=desk.where(Act.MANAGE_ROLES))
    await show(query, screens.listing(office.words, office.gazetteer, given, page))


async def ask_person(query: CallbackQuery, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        desk.demand_anywhere(Act.MANAGE_ROLES)
    await state.set_state(Granting.person)
    await show(query, screens.ask_person(office.words))


async def take_person(message: Message, office: Office) -> None:
    async with office.looking() as desk:
        desk.demand_anywhere(Act.MANAGE_ROLES)
        offered = _offered(desk)
    user = _person(message)
    if user is not None:
        await send(message, screens.ask_role(office.words, user, offered))
    elif message.forward_origin or message.contact:
        await send(message, screens.hidden_person(office.words))
    else:
        await send(message, screens.not_a_person(office.words))


def _person(message: Message) -> int | None:
    if isinstance(message.forward_origin, MessageOriginUser):
        sender = message.forward_origin.sender_user
        return None if sender.is_bot else sender.id
    if message.contact:
        return message.contact.user_id
    typed = (message.text or "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < int(typed[:20]) < 2**52 else None


def _offered(desk: Desk) -> list[Role]:
    """Owners are made by owners alone."""
    return [role for role in Role if role is not Role.OWNER or _is_owner(desk)]


def _is_owner(desk: Desk) -> bool:
    return any(one.role is Role.OWNER and one.territory == RUSSIA for one in desk.grants)


async def pick_role(query: CallbackQuery, act: PickRole, state: FSMContext, office: Office) -> None:
    async with office.looking() as desk:
        desk.demand_anywhere(Act.MANAGE_ROLES)
        own = desk.where(Act.MANAGE_ROLES)
        if act.role not in _offered(desk):
            raise NotAllowedError
    if act.role is Role.OWNER:
        own = [RUSSIA]
    await state.set_state(Granting.territory)
    await state.set_data({"user": act.user, "role": act.role})
    await show(query, screens.ask_territory(office.words, office.gazetteer, act.user, act.role, own))


async def take_territory(message: Message, state: FSMContext, office: Office) -> None:
    data = await state.get_data()
    user, role, typed = int(data["user"]), Role(data["role"]), message.text or ""
    found = [territory.code for territory in office.gazetteer.lookup(typed)]
    async with office.looking() as desk:
        allowed = [code for code in found if desk.may(Act.MANAGE_ROLES, [code])]
        own = desk.where(Act.MANAGE_ROLES)
    if not found:
        await send(message, unknown_territory(office.words, typed))
    elif not allowed:
        await send(message, not_yours(office.words, office.gazetteer, found, own))
    else:
        await send(message, screens.which_territory(office.words, office.gazetteer, user, role, allowed))


def _demand(desk: Desk, one: Grant) -> None:
    """Who may give a role may take it back: owners' by owners, others' by those who manage roles there."""
    desk.demand(Act.MANAGE_ROLES, [one.territory])
    if one.role is Role.OWNER and not (_is_owner(desk) and one.territory == RUSSIA):
        raise NotAllowedError


async def grant(query: CallbackQuery, act: GrantRole, state: FSMContext, office: Office) -> None:
    one = _grant(act, office)
    async with office.acting() as desk:
        _demand(desk, one)
        await roles.grant(
            desk.connection, one.user_id, one.role, one.territory, now=office.now, granted_by=desk.user_id
        )
        key = f"role:{one.user_id}:{one.role}:{one.territory}:{office.now.timestamp()}"
        await tell(office, desk, [one.user_id], lambda words: screens.told_granted(words, office.gazetteer, one), key)
    await state.clear()
    await _renew_menu(query, office, one.user_id)
    await show(query, screens.granted(office.words, office.gazetteer, one))


def _grant(act: GrantRole | RevokeRole, office: Office) -> Grant:
    if act.territory not in office.gazetteer.by_code or not 0 < act.user < 2**52:
        raise GoneError
    return Grant(act.user, act.role, act.territory)


async def _renew_menu(query: CallbackQuery, office: Office, user: int) -> None:
    async with office.database.read() as connection:
        grants = await roles.of_user(connection, user)
        known = await subscribers.by_chat(connection, user)
    if query.bot and known:
        await publish_for(query.bot, user, grants, known.language)


async def revoke(query: CallbackQuery, act: RevokeRole, office: Office) -> None:
    one = _grant(act, office)
    if not act.sure:
        async with office.looking() as desk:
            _demand(desk, one)
        await show(query, screens.sure_to_revoke(office.words, office.gazetteer, one))
        return
    async with office.acting() as desk:
        _demand(desk, one)
        if one.role is Role.OWNER and await _is_last_owner(desk):
            last = True
        else:
            last = False
            await roles.revoke(desk.connection, one.user_id, one.role, one.territory)
    if last:
        await toast(query, screens.last_owner(office.words), alert=True)
        return
    await _renew_menu(query, office, one.user_id)
    await _show_list(query, office)


async def _is_last_owner(desk: Desk) -> bool:
    everyone = await roles.everyone(desk.connection)
    return sum(one.role is Role.OWNER and one.territory == RUSSIA for one in everyone) <= 1
