"""On PostgreSQL, trigram indexes on the folded copies, so that a search costs the same at a million rows.

SQLite reads the folded copy through; a laptop's newsroom is small enough for that.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

INDEXES = {
    "statement_folded_trigrams": "annotations_statement",
    "actor_folded_trigrams": "annotations_actor",
    "alias_folded_trigrams": "annotations_actoralias",
}


def add_indexes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for name, table in INDEXES.items():
        schema_editor.execute(
            f"CREATE INDEX {name} ON {table} USING gin (folded gin_trgm_ops)"
        )


def drop_indexes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in INDEXES:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0002_roles")]

    operations = [migrations.RunPython(add_indexes, drop_indexes)]
