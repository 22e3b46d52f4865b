"""The folded copies that searches read, made anew: digits, more letter variants and unseen characters fold too."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from annotations.anchoring.fold import fold

FOLDED = ("Actor", "ActorAlias", "ArticleWords", "Statement")


def fold_anew(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What folded before folds further: folding a copy gives the same as folding its words again."""
    for name in FOLDED:
        model = apps.get_model("annotations", name)
        rows = model.objects.using(schema_editor.connection.alias).order_by("pk")
        for pk, folded in rows.values_list("pk", "folded").iterator(chunk_size=100):
            anew = fold(folded)
            if anew != folded:
                rows.filter(pk=pk).update(folded=anew)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0005_corrections")]
    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop, elidable=True)]
