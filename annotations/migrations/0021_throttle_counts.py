"""The table that the processes of a server count the API's requests in; SQLite, where one serves, needs none."""

from django.core.management import call_command
from django.db import migrations

TABLE = "throttle_counts"  # as in the settings (newsroom/caches.py)


def make(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        call_command("createcachetable", TABLE, database=connection.alias, verbosity=0)
        # Counts of a minute need not outlive a crash, and so wait for no disk.
        schema_editor.execute(f"ALTER TABLE {TABLE} SET UNLOGGED")


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}")


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0020_saved_export_shows'),
    ]

    operations = [migrations.RunPython(make, drop)]
