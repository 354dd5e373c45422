"""The steps of the schema: each change of a table is one dated file in `versions/`, applied by Alembic in order."""
