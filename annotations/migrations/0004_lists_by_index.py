"""Lists that read by index what they are sorted and filtered by, and a folded copy of the articles' words."""

import datetime

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import OuterRef, Subquery

from annotations.anchoring.fold import fold

TRIGRAMS = "article_words_trigrams"


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    using = schema_editor.connection.alias
    articles = apps.get_model("annotations", "Article").objects.using(using)
    words = apps.get_model("annotations", "ArticleWords").objects.using(using)
    statements = apps.get_model("annotations", "Statement").objects.using(using)
    dated = articles.filter(pk=OuterRef("article"), published_on__isnull=False)
    statements.filter(article__published_on__isnull=False).update(
        article_day=Subquery(dated.values("published_on"))
    )
    for article in articles.select_related("current_revision").iterator(chunk_size=100):
        text = article.current_revision.text
        words.create(article=article, folded=fold(" ".join([article.headline, article.url, text])))


def add_trigrams(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        table = "annotations_articlewords"
        schema_editor.execute(
            f"CREATE INDEX {TRIGRAMS} ON {table} USING gin (folded gin_trgm_ops)"
        )


def drop_trigrams(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {TRIGRAMS}")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0003_search_indexes")]
    # On PostgreSQL a table with rows just changed cannot be indexed in the same transaction.
    atomic = False

    operations = [
        migrations.CreateModel(
            name="ArticleWords",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="annotations.article",
                    ),
                ),
                ("folded", models.TextField(editable=False)),
            ],
        ),
        migrations.AddField(
            model_name="historicalstatement",
            name="article_day",
            field=models.DateField(default=datetime.date(1, 1, 1), editable=False),
        ),
        migrations.AddField(
            model_name="statement",
            name="article_day",
            field=models.DateField(default=datetime.date(1, 1, 1), editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(add_trigrams, drop_trigrams),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["article_day", "id"], name="statement_by_article_day"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["said_on", "id"], name="statement_by_day"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["form", "id"], name="statement_by_form"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["act", "id"], name="statement_by_act"),
        ),
        *(
            migrations.AddIndex(
                model_name=model, index=models.Index(fields=["state", "id"], name=name)
            )
            for model, name in (
                ("response", "response_by_state"),
                ("restatement", "restatement_by_state"),
                ("replyrecord", "reply_record_by_state"),
            )
        ),
    ]
