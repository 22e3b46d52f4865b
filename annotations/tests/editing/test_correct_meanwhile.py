"""Editors annotate while the text is corrected under their hands: nothing is lost, nothing is elsewhere."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from annotations.anchoring.quotation import find
from annotations.editing.change import Stale
from annotations.editing.correct import correct
from annotations.editing.place import Selection
from annotations.models import Article, Placement, Span, Statement
from annotations.permissions import EDITOR
from annotations.tests.factories import make_actor, make_article, make_statement, usual

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.long,
]
EDITORS, EACH, CORRECTIONS = 4, 5, 4
TEXT = "\n\n".join(
    f"The speaker of district number {n} told reporters at noon that nothing had happened in street {n}."
    for n in range(EDITORS * EACH)
)


def in_threads(acts: list[Callable[[], None]]) -> None:
    """All acts at once, each with a connection of its own; the first failure is raised."""

    def run(act: Callable[[], None]) -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(run, act) for act in acts]:
            done.result()


def test_what_is_saved_while_a_text_is_corrected_stands_right_or_waits() -> None:
    article, speaker, editor = make_article(text=TEXT), make_actor(), usual(EDITOR)

    def annotate(first: int) -> None:
        for n in range(first, first + EACH):
            words = find(TEXT, f"nothing had happened in street {n}.")
            chosen = Selection("content", words.start, words.end, words.exact)
            make_statement(article, selections=[chosen], chosen_in=1, speaker=speaker, user=editor)

    def correct_often() -> None:
        for number in range(CORRECTIONS):
            now = Article.objects.select_related("current_revision").get(pk=article.pk)
            text = f"Line {number}.\n\n" + now.revision.text.replace(
                f"street {number}.", f"road {number}."
            )
            try:
                correct(
                    user=editor, article=now, version=now.version, text=text, reason="correction"
                )
            except Stale:
                continue

    in_threads([correct_often, *(lambda n=n: annotate(n * EACH) for n in range(EDITORS))])

    article = Article.objects.select_related("current_revision").get(pk=article.pk)
    rows = Placement.objects.filter(revision=article.revision).select_related("span")
    assert Statement.objects.count() == EDITORS * EACH
    assert {row.span_id for row in rows} == set(Span.objects.values_list("pk", flat=True))
    for row in rows:
        if row.start is not None:
            assert article.revision.text[row.start : row.end] == row.exact
    waiting = {row.exact for row in rows if row.start is None}
    assert waiting >= {f"nothing had happened in street {n}." for n in range(CORRECTIONS)}
