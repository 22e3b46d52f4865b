"""The Dari catalogues say everything that the code does, and the code is read whole."""

import pytest

from newsroom.catalogues import problems
from newsroom.extraction import Marked, NotLiteral, in_python, in_script, in_template


def test_every_word_in_the_code_is_translated() -> None:
    assert problems() == []


def test_python_is_read_by_the_names_it_imports() -> None:
    source = (
        "from django.utils.translation import gettext as _now, ngettext, pgettext_lazy\n"
        "_now('one'); ngettext('a', 'b', 2); pgettext_lazy('key', 'Undo'); other('no')\n"
    )

    assert set(in_python(source, "x")) == {
        Marked("one", place="x"),
        Marked("a", several="b", place="x"),
        Marked("Undo", "key", place="x"),
    }


def test_templates_are_read_as_django_compiles_them() -> None:
    source = (
        "{% load i18n %}{% translate 'one' %}{% include 'x.html' with label=_(\"two\") %}"
        "{% blocktranslate count number=n trimmed %}\n  {{ number }} post\n"
        "{% plural %}{{ number }} posts{% endblocktranslate %}"
    )

    assert set(in_template(source, "x")) == {
        Marked("one", place="x"),
        Marked("two", place="x"),
        Marked("%(number)s post", several="%(number)s posts", place="x"),
    }


def test_scripts_are_read_by_their_literals() -> None:
    source = 'say(gettext("a “b” {c}"), ngettext(\n  "one",\n  "more", n))'

    assert set(in_script(source, "x")) == {
        Marked("a “b” {c}", place="x"),
        Marked("one", several="more", place="x"),
    }


def test_what_is_no_literal_is_refused() -> None:
    with pytest.raises(NotLiteral):
        list(in_python("from django.utils.translation import gettext\ngettext(words)", "x"))
    with pytest.raises(NotLiteral):
        list(in_script("gettext(words)", "x"))
