"""Runs the migrations on the connection given by ``munibots.stores.database``; that connection's transaction commits them."""

from __future__ import annotations

from typing import Any

from alembic import context

from munibots.stores.schema import VERSION_TABLE, metadata


def include_name(name: str | None, type_: str, _parents: Any) -> bool:
    """Only our tables: another program's in the same database must never be proposed for dropping."""
    return type_ != "table" or (name is not None and name.startswith("mb_"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    include_name=include_name,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
