"""What Alembic runs: on the connection it is handed, inside the transaction that is already open."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage.tables import Moment, metadata


def render_type(kind: str, value: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """Writes our own type as Moment() into new migrations."""
    if kind != "type" or not isinstance(value, Moment):
        return False
    autogenerate.imports.add("from storage.tables import Moment")
    return "Moment()"


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,  # the caller's transaction holds the whole upgrade
    compare_type=True,
    render_item=render_type,
)
context.run_migrations()
