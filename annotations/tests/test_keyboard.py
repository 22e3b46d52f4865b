"""Chords: how they are written, which are free, which are in each other's way."""

import re

import pytest
from django.conf import settings

from annotations.keyboard import COMMANDS, FIXED, Refused, conflicts, keys_of, parse


@pytest.mark.parametrize(
    ("typed", "chord"),
    [
        ("n", "n"),
        ("U", "Shift+U"),
        (" shift+u ", "Shift+U"),
        ("alt+n", "Alt+N"),
        ("g  h", "g h"),
        ("?", "?"),
        ("+", "+"),
        ("Alt++", "Alt++"),
        ("ن", "ن"),
        ("", ""),
    ],
)
def test_chords_are_written_in_one_way(typed: str, chord: str) -> None:
    assert parse(typed) == chord


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Ctrl+n", "belong to the browser"),
        ("⌘+s", "belong to the browser"),
        ("Alt+d", "belongs to the browser"),
        ("Alt+Shift+N", "by itself, or with"),
        ("Shift+?", "the character that Shift gives"),
        ("Enter", "Enter, Tab, arrows"),
        ("Tab", "Enter, Tab, arrows"),
        ("Escape", "Enter, Tab, arrows"),
        ("F6", "Enter, Tab, arrows"),
        ("\u0301", "Enter, Tab, arrows"),
        ("\u200c", "Enter, Tab, arrows"),
        ("5", "Digits"),
        ("۵", "Digits"),
        ("'", "some browsers"),
        ("g h n", "two with a space"),
    ],
)
def test_what_browsers_and_screen_readers_need_is_refused(typed: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        parse(typed)


def test_the_defaults_are_chords_and_in_nobodys_way() -> None:
    assert {c.name: parse(c.key) for c in COMMANDS} == {c.name: c.key for c in COMMANDS}
    assert conflicts(keys_of({})) == {}


def test_the_same_key_or_the_beginning_of_another_is_a_conflict() -> None:
    assert conflicts(keys_of({"new": "e"})) == {"new": "edit", "edit": "new"}
    assert conflicts(keys_of({"new": "g"}))["new"] == "go-home"
    assert conflicts(keys_of({"new": "", "add": ""})) == {}


def test_editors_read_of_every_key() -> None:
    text = (settings.BASE_DIR / "docs" / "editors.md").read_text()
    section = text.partition("## By keyboard")[2].partition("\n## ")[0]

    rows = re.findall(r"^\| `(.+?)` \| (.+) \|$", section, re.MULTILINE)

    assert rows == [
        *((c.key, str(c.words)) for c in COMMANDS),
        *((row.keys, str(row.words)) for row in FIXED),
    ]
