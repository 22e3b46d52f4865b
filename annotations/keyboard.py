"""The keys of the pages: every command with its default key, and which keys an editor may choose.

A chord is written as it is shown: “n”, “Shift+U”, “Alt+N”, “g h” (first g, then h), or the character
itself (“?”). Pages, the overlay, the preferences and the documents all print this one list; the scripts
get it with the page (`static/annotations/js/text/bindings.js` reads chords from keys pressed).
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise


@dataclass(frozen=True)
class Command:
    """What a key does; `name` is the data-command of the button or link that does it by mouse."""

    name: str
    key: str
    words: Words
    group: str


@dataclass(frozen=True)
class Fixed:
    """Keys that stay as they are, because browsers and screen readers have taught them."""

    keys: str
    words: Words
    group: str


GROUPS: dict[str, Words] = {
    "moving": _("Moving in the text"),
    "selecting": _("Selecting"),
    "statement": _("Statements"),
    "linking": _("Links"),
    "forms": _("Forms and lists"),
    "everywhere": _("On every page"),
}
COMMANDS = (
    Command("sentence-next", ".", _("Next sentence"), "moving"),
    Command("sentence-previous", ",", _("Sentence before"), "moving"),
    Command("paragraph-next", "p", _("Next paragraph"), "moving"),
    Command("paragraph-previous", "Shift+P", _("Paragraph before"), "moving"),
    Command("statement-next", "j", _("Next statement"), "moving"),
    Command("statement-previous", "k", _("Statement before"), "moving"),
    Command("open-next", "o", _("Next open claim"), "moving"),
    Command("open-previous", "Shift+O", _("Open claim before"), "moving"),
    Command("show-all", "v", _("Show all statements, whatever the filter"), "moving"),
    Command("card", "c", _("To the open statement, and back to the text"), "moving"),
    Command("beside", "b", _("Open another article beside this one"), "moving"),
    Command(
        "sentence-select", "x", _("Select this sentence; again, the next one too"), "selecting"
    ),
    Command("sentence-less", "Shift+X", _("Without the last sentence"), "selecting"),
    Command("grow", "+", _("Grow: word, sentence, paragraph"), "selecting"),
    Command("shrink", "-", _("Shrink, the way it grew"), "selecting"),
    Command("other-end", "Shift+W", _("Go on selecting at the other end"), "selecting"),
    Command("new", "n", _("New statement of the selection"), "statement"),
    Command("add", "a", _("Add the selection as content, source, cue …"), "statement"),
    Command(
        "words", "w", _("Move where its words begin and end; again, its next words"), "statement"
    ),
    Command(
        "recast",
        "q",
        _("Change what its words carry: content, source, cue; remove them"),
        "statement",
    ),
    Command("edit", "e", _("Edit the open statement"), "statement"),
    Command("merge", "m", _("Merge it with another statement of the article"), "statement"),
    Command("split", "Shift+M", _("Split it: the selected words become a statement"), "statement"),
    Command("submit", "s", _("Submit it for review"), "statement"),
    Command("submit-all", "Shift+S", _("Submit all drafts in the article"), "statement"),
    Command("delete", "d", _("Delete it"), "statement"),
    Command("undo", "u", pgettext_lazy("key", "Undo"), "statement"),
    Command("redo", "Shift+U", pgettext_lazy("key", "Redo"), "statement"),
    Command("link", "l", _("Link a response to it"), "linking"),
    Command("answers", "t", _("This answers…"), "linking"),
    Command("restates", "r", _("It restates…"), "linking"),
    Command("restated", "Shift+R", _("It is said again by…"), "linking"),
    Command("silence", "h", _("Somebody has not responded"), "linking"),
    Command("keys", "?", _("These keys"), "everywhere"),
    Command("search", "/", _("Search statements"), "everywhere"),
    Command("go-home", "g h", _("Go to the desk"), "everywhere"),
    Command("go-articles", "g a", _("Go to the articles"), "everywhere"),
    Command("go-statements", "g s", _("Go to the statements"), "everywhere"),
    Command("go-unanswered", "g u", _("Go to what is unanswered"), "everywhere"),
)
FIXED = (
    Fixed("← → ↑ ↓", _("Word by word, line by line; with Ctrl by character"), "moving"),
    Fixed("Home End", _("To the start or end of the line"), "moving"),
    Fixed("Tab", _("To the next highlight; from a selection, to its toolbar"), "moving"),
    Fixed("F6", _("From the text to the panel, to what stands beside; and back"), "moving"),
    Fixed("Enter", _("Open the highlighted statement; of several, choose one"), "moving"),
    Fixed("Shift+← → ↑ ↓", _("Select by word or line; with Ctrl by character"), "selecting"),
    Fixed("Enter", _("New statement of the selection"), "selecting"),
    Fixed("1 – 9 a – y", _("How it answers: the key beside it, in the form for a link"), "linking"),
    Fixed(
        "Alt+P Alt+I Alt+O", _("Speaker, title, venue as last time, in a new statement"), "forms"
    ),
    Fixed("Ctrl+Enter", _("Save, from any field or the text (on a Mac also ⌘ Enter)"), "forms"),
    Fixed("Esc", _("Cancel, close"), "forms"),
    Fixed("↑ ↓ Enter Esc", _("Choose from a list; also its number or first letter"), "forms"),
)
OF_EDITORS = frozenset({"selecting", "statement", "linking", "forms"})  # groups
BY_NAME = {command.name: command for command in COMMANDS}

# Alt with these opens menus or the address bar in one browser or the other.
ALT_OF_BROWSERS = frozenset("bdefhstv")


def commands_for(*, annotates: bool) -> list[Command]:
    """The commands of somebody who annotates, or only those for reading."""
    return [command for command in COMMANDS if annotates or command.group not in OF_EDITORS]


def fixed_for(*, annotates: bool) -> list[Fixed]:
    """The same of the keys that stay as they are."""
    return [row for row in FIXED if annotates or row.group not in OF_EDITORS]


class Refused(ValueError):
    """The chord cannot be a command's; the message says why."""


def parse(typed: str) -> str:
    """The chord as it is written and compared, “” for no key; `Refused` where it is no chord or not free."""
    pressed = [_one(part) for part in typed.split()]
    if len(pressed) > 2:
        raise Refused(_now("Write one key, or two with a space between them: n, or g h."))
    return " ".join(pressed)


def _one(typed: str) -> str:
    *modifiers, key = typed.split("+") if typed != "+" else ["+"]
    if key == "" and modifiers:  # “Alt++”
        modifiers, key = modifiers[:-1], "+"
    held = {modifier.casefold() for modifier in modifiers}
    if held & {"ctrl", "control", "cmd", "command", "meta", "⌘"}:
        raise Refused(_now("Ctrl and ⌘ belong to the browser: choose a key without them."))
    if not held <= {"shift", "alt"} or len(held) != len(modifiers) or len(held) > 1:
        raise Refused(_now("Write a key by itself, or with Shift+ or Alt+ before it."))
    return _character(key, *held)


def _character(key: str, held: str = "") -> str:
    if len(key) != 1 or unicodedata.category(key)[0] in "MCZ":
        raise Refused(
            _now("Write one character. Enter, Tab, arrows and the like have their own work.")
        )
    if key.isdigit():
        raise Refused(_now("Digits choose how a response answers."))
    if key == "'" and not held:
        raise Refused(_now("' opens a search in some browsers."))
    return _letter(key, held) if _has_cases(key) else _sign(key, held)


def _has_cases(key: str) -> bool:
    return key.lower() != key.upper() and len(key.lower()) == len(key.upper()) == 1


def _letter(key: str, held: str) -> str:
    if held == "alt":
        if key.lower() in ALT_OF_BROWSERS:
            raise Refused(_now("Alt with this letter belongs to the browser."))
        return f"Alt+{key.upper()}"
    if held == "shift" or key == key.upper():
        return f"Shift+{key.upper()}"
    return key


def _sign(key: str, held: str) -> str:
    if held == "shift":
        raise Refused(_now("Write the character that Shift gives."))
    return f"Alt+{key}" if held else key


def keys_of(chosen: Mapping[str, str]) -> dict[str, str]:
    """The chord of every command: the chosen ones over the defaults; “” where it has none."""
    return {command.name: chosen.get(command.name, command.key) for command in COMMANDS}


def conflicts(keys: Mapping[str, str]) -> dict[str, str]:
    """By command, the name of another one whose chord is the same or the beginning of it."""
    held = [(name, chord) for name, chord in keys.items() if chord]
    return {
        name: next(other for other, theirs in held if _clash(other, theirs, name, chord))
        for name, chord in held
        if any(_clash(other, theirs, name, chord) for other, theirs in held)
    }


def _clash(other: str, theirs: str, name: str, chord: str) -> bool:
    if other == name:
        return False
    return f"{theirs} ".startswith(f"{chord} ") or f"{chord} ".startswith(f"{theirs} ")
