"""`glashatai role`: who may do what, and where."""

from typing import Annotated

import typer

from analysis.geography import gazetteer
from bot import settings
from bot.cli import console, existing
from domain.roles import Grant, Role
from domain.territories import RUSSIA
from storage.people import roles

app = typer.Typer(help="Roles: who may announce, moderate and grant, in which territory.", no_args_is_help=True)
UserId = Annotated[int, typer.Argument(metavar="USER_ID", min=1, help="Telegram id of the person; /privacy shows it.")]
RoleName = Annotated[Role, typer.Argument(metavar="ROLE", help="owner, admin, editor, moderator or organiser.")]


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="role")


@app.command(help="Give a role, in a territory and everything inside it; without one, everywhere.")
def grant(user_id: UserId, role: RoleName, territory: console.TerritoryOption = None) -> None:
    code = _code(role, territory)

    async def command() -> bool:
        async with console.opened(settings.load()) as database, database.begin() as connection:
            return await roles.grant(connection, user_id, role, code, now=console.utc_now())

    known = "" if console.run(command()) else " (was so already)"
    console.words.print(f"{user_id} is {role} in {_title(code)}{known}.", markup=False)


@app.command(help="Take a role back. The next thing the person does with it is refused.")
def revoke(user_id: UserId, role: RoleName, territory: console.TerritoryOption = None) -> None:
    code = _code(role, territory)

    async def command() -> bool:
        async with console.opened(settings.load()) as database, database.begin() as connection:
            return await roles.revoke(connection, user_id, role, code)

    if not console.run(command()):
        settings.refuse(f"{user_id} is not {role} in {_title(code)}")
    console.words.print(f"{user_id} is no longer {role} in {_title(code)}.", markup=False)


@app.command("list", help="Who has which role, and where.")
def show(territory: console.TerritoryOption = None, as_json: console.AsJson = False) -> None:
    within = [console.territory_code(gazetteer.builtin(), territory)] if territory else None

    async def command() -> list[Grant]:
        async with existing.reading(settings.load()) as connection:
            return await roles.everyone(connection, within=within)

    rows: list[list[object]] = [
        [one.user_id, one.role.value, one.territory, _title(one.territory)] for one in console.run(command())
    ]
    console.print_table(["user_id", "role", "territory", "name"], rows, as_json=as_json)


def _code(role: Role, territory: str | None) -> str:
    code = console.territory_code(gazetteer.builtin(), territory) if territory else RUSSIA
    if role is Role.OWNER and code != RUSSIA:
        settings.refuse("an owner owns everything: leave --territory out, or make them an admin there")
    return code


def _title(code: str) -> str:
    return gazetteer.builtin().title(code)
