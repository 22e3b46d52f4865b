"""Which chord a key press is, on any keyboard."""

from typing import Any

from annotations.keyboard import COMMANDS, keys_of
from annotations.tests.scripts.node import call

NOTHING = {"ctrlKey": False, "metaKey": False, "altKey": False, "shiftKey": False}


PRESSES: list[tuple[tuple[str, ...], list[str]]] = [
    (("n", "KeyN"), ["n"]),
    (("U", "KeyU", "shift"), ["Shift+U"]),
    (("N", "KeyN"), ["n"]),  # Caps Lock
    (("?", "Slash", "shift"), ["?"]),
    (("+", "BracketRight"), ["+"]),  # a German keyboard
    (("د", "KeyN"), ["د", "n"]),
    (("؟", "Slash", "shift"), ["؟", "?"]),
    (("۱", "Digit1"), ["۱", "1"]),
    (("˜", "KeyN", "alt"), ["Alt+˜", "Alt+N"]),  # a Mac
    (("n", "KeyN", "ctrl"), []),
    (("n", "KeyN", "meta"), []),
    (("ArrowDown", "ArrowDown"), []),
    ((" ", "Space"), []),
    (("Enter", "Enter"), []),
]


def event(key: str, code: str, *held: str) -> dict[str, Any]:
    return NOTHING | {"key": key, "code": code} | {f"{name}Key": True for name in held}


def test_a_key_press_is_these_chords() -> None:
    answers = call("bindings.js", "chordsOf", *([event(*press)] for press, _ in PRESSES))

    assert answers == [chords for _, chords in PRESSES]


def test_in_a_list_a_key_of_another_script_is_its_english_one() -> None:
    pressed = [("ت", "KeyJ"), ("۲", "Digit2"), ("j", "KeyJ"), ("ArrowDown", "ArrowDown"), ("é", "")]

    answers = call("bindings.js", "keyOf", *([event(*press)] for press in pressed))

    assert answers == ["j", "2", "j", "ArrowDown", "é"]


def listed(**more: Any) -> dict[str, Any]:
    keys = keys_of({}) | more.pop("keys", {})
    commands = [{"name": command.name, "key": keys[command.name]} for command in COMMANDS]
    return {"commands": commands, "single": True} | more


def test_the_page_obeys_every_key_that_the_server_lists() -> None:
    [table] = call("bindings.js", "tableOf", [listed()])

    assert {command["name"]: key for key, command in table} == keys_of({})


def test_without_single_keys_only_those_with_alt_act() -> None:
    [table] = call("bindings.js", "tableOf", [listed(single=False, keys={"new": "Alt+N"})])

    assert [(key, command["name"]) for key, command in table] == [("Alt+N", "new")]
