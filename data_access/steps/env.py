"""Runs the steps on the connection that `data_access.schema` hands over. Not a command of its own."""

from alembic import context

from data_access.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
