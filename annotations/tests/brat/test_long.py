"""Annotations and texts spoiled anywhere are refused, or come in whole with every word where it is said to be."""

import random

import pytest
from django.db import transaction

from annotations.doctor import examine
from annotations.imports.brat import Fate, Importing, read_texts
from annotations.imports.brat_folder import About
from annotations.imports.brat_types import Types
from annotations.models import Actor, Article
from annotations.permissions import EDITOR
from annotations.tests.brat.corpus import ANN, TEXT
from annotations.tests.factories import usual
from annotations.tests.lines.spoiling import FILES, Undone, spoiled

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def test_two_thousand_spoiled_files_are_refused_or_come_in_whole() -> None:
    chance, user = random.Random(7), usual(EDITOR)
    fates = []

    for number in range(FILES):
        ann, text = ANN.encode(), TEXT.encode()
        if number % 4:
            ann = spoiled(ann, chance)
        else:
            text = spoiled(text, chance)
        files = [("x.ann", ann.decode(errors="replace"))]
        pair = read_texts("x", text.decode(errors="surrogateescape"), files, About(), Types())
        try:
            with transaction.atomic():
                outcome = Importing(user).carry_out(pair)
                fates.append(outcome.fate)
                there = Article.objects.exists() or Actor.objects.exists()
                assert there == (outcome.fate == Fate.MADE)
                if number % 100 == 1:
                    assert [each.invariant.name for each in examine("default") if each.number] == []
                raise Undone
        except Undone:
            pass

    assert {Fate.MADE, Fate.REFUSED} == set(fates)
