import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring.fold import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ma’arij", "Maarij"),
        ("Ma'arij", "MAʼARIJ"),
        ("Café", "cafe\u0301"),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("Tehrik-i-Taliban", "tehrik i taliban"),
        ("Khyber–Pakhtunkhwa", "khyber pakhtunkhwa"),
        ("علي", "علی"),
        ("كابل", "کابل"),
        ("می\u200cروم", "میروم"),
        ("two   words\n", "two words"),
        ("أحمد", "احمد"),
        ("إيران", "ایران"),
        ("آمریکا", "امریکا"),
        ("مؤمن", "مومن"),
        ("رئیس", "رییس"),
        ("خانۀ", "خانهٔ"),
        ("خانۀ", "خانه"),
        ("مدرسة", "مدرسه"),
        ("پاکستان ہے", "پاکستان هے"),
        ("مُحَمَّد", "محمد"),
        ("رحمٰن", "رحمن"),
        ("ٱلله", "الله"),
        ("هــــا", "ها"),
        ("ګل", "گل"),
        ("۱۲۰ مکتب", "120 مکتب"),
        ("٠١٢", "۰۱۲"),
        ("۱۲۰٬۰۰۰", "120,000"),
        ("ﻻ", "لا"),
        ("«نه»\u200f گفت", "«نه» گفت"),
        ("\u2067سلام\u2069", "سلام"),
        ("❤\ufe0f", "❤"),
        ("inter\u00adnational", "international"),
    ],
)
def test_what_writers_vary_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Munir", "Munira"),
        ("is", "is not"),
        ("15", "16"),
        ("ې", "ی"),
        ("ۍ", "ی"),
        ("ځ", "ح"),
        ("څ", "ح"),
        ("ځ", "څ"),
        ("ښ", "س"),
        ("ړ", "ر"),
        ("۱۲", "۲۱"),
    ],
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    once = fold(text)

    assert fold(once) == once


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert fold(composed) == fold(decomposed)


@given(st.text())
def test_nothing_is_left_around_or_doubled(text: str) -> None:
    folded = fold(text)

    assert folded == " ".join(folded.split())
