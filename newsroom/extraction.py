"""The words in the code that are marked for translation, without gettext's own tools.

Python is read as Python, templates as Django compiles them; of scripts it is enough to find the calls,
since their arguments are literals.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template import Template
from django.template.base import Node
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import dates

from newsroom import borrowed_words
from newsroom.bootstrap import ROOT

CODE = ("annotations", "newsroom")
NOT_READ = ("tests", "migrations")
CONTEXT_FIRST = ("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy")
SEVERAL = ("ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy")
MARKS = ("gettext", "gettext_lazy", "pgettext", "pgettext_lazy", *SEVERAL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")
IN_A_TAG = re.compile(r"\b_\((?P<words>\"[^\"]*\"|'[^']*')\)")
IN_A_SCRIPT = re.compile(r"(?<![\w.])n?gettext(?=\()")
LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"')


class NotLiteral(ValueError):
    """Something is marked for translation that is no literal: nobody could translate it."""


@dataclass(frozen=True, order=True)
class Marked:
    """Words marked for translation; `several` where there is a count, `context` where they would be ambiguous."""

    words: str
    context: str = ""
    several: str = ""
    place: str = ""


def in_pages() -> Iterator[Marked]:
    """What Python and the templates say, and what Django itself lacks."""
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not any(part in NOT_READ for part in path.parts):
                yield from in_python(path.read_text(), _name(path))
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield from in_template(path.read_text(), _name(path))
    yield from _borrowed()


def in_scripts() -> Iterator[Marked]:
    """What the pages' scripts say."""
    for path in sorted((ROOT / "static").rglob("*.js")):
        yield from in_script(path.read_text(), _name(path))


def in_python(source: str, place: str) -> Iterator[Marked]:
    """The marked words of a module; `NotLiteral` for what is not one."""
    tree = ast.parse(source)
    called = {name: name for name in MARKS} | dict(_imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else _id(node.func)
            if name in called:
                yield _marked(called[name], node, place)


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            yield from ((each.asname or each.name, each.name) for each in node.names)


def _id(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _marked(name: str, call: ast.Call, place: str) -> Marked:
    count = 1 + (name in CONTEXT_FIRST) + (name in SEVERAL)
    given = [node.value for node in call.args[:count] if isinstance(node, ast.Constant)]
    if len(given) < count:
        raise NotLiteral(f"{place}:{call.lineno}: {ast.unparse(call)}")
    words = [str(one) for one in given]
    context = words.pop(0) if name in CONTEXT_FIRST else ""
    return Marked(words[0], context, words[1] if name in SEVERAL else "", place)


def in_template(source: str, place: str) -> Iterator[Marked]:
    """The marked words of a template, in tags and blocks of their own and in the arguments of others."""
    nodes = Template(source).nodelist
    for node in nodes.get_nodes_by_type(TranslateNode):
        yield _of_tag(node, place)
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        yield _of_block(node, place)
    for tag in TAG.findall(source):
        for found in IN_A_TAG.finditer(tag):
            yield Marked(found["words"][1:-1], place=place)


def _of_tag(node: Node, place: str) -> Marked:
    assert isinstance(node, TranslateNode)
    words = node.filter_expression.var.literal
    if words is None:
        raise NotLiteral(f"{place}: {node.token}")
    context = node.message_context.var if node.message_context else ""
    return Marked(str(words), str(context), place=place)


def _of_block(node: Node, place: str) -> Marked:
    assert isinstance(node, BlockTranslateNode)
    one, _names = node.render_token_list(node.singular)
    several, _names = node.render_token_list(node.plural) if node.plural else ("", [])
    context = node.message_context.var if node.message_context else ""
    return Marked(one, str(context), several, place)


def in_script(source: str, place: str) -> Iterator[Marked]:
    """The marked words of a script; `NotLiteral` where an argument is no string in double quotes."""
    for start in IN_A_SCRIPT.finditer(source):
        if "export const" in source[max(0, start.start() - 20) : start.start()]:
            continue
        arguments = _literals(source[start.end() + 1 :], 2 if start[0] == "ngettext" else 1)
        if arguments is None:
            raise NotLiteral(f"{place}: {source[start.start() :][:60]}")
        yield Marked(arguments[0], several="".join(arguments[1:]), place=place)


def _literals(source: str, count: int) -> list[str] | None:
    found, at = [], 0
    for _number in range(count):
        blank = re.compile(r"[\s,]*").match(source, at)
        literal = LITERAL.match(source, blank.end() if blank else at)
        if literal is None:
            return None
        found.append(str(json.loads(literal[0])))
        at = literal.end()
    return found


def _borrowed() -> Iterator[Marked]:
    yield from (Marked(words, place="newsroom/borrowed_words.py") for words in borrowed_words.ONE)
    for one, several in borrowed_words.SEVERAL:
        yield Marked(one, several=several, place="newsroom/borrowed_words.py")
    place = "django/utils/dates.py"
    for number in range(1, 13):
        yield Marked(_raw(dates.MONTHS[number]), place=place)
        yield Marked(_raw(dates.MONTHS_ALT[number]), "alt. month", place=place)
        yield Marked(_raw(dates.MONTHS_AP[number]), "abbrev. month", place=place)


def _raw(words: object) -> str:
    return str(words)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def merged(found: Iterable[Marked]) -> dict[tuple[str, str], list[Marked]]:
    """By context and words, every place where they stand; a count goes with words that also stand without."""
    by_words: dict[tuple[str, str], list[Marked]] = {}
    for one in found:
        by_words.setdefault((one.context, one.words), []).append(one)
    return by_words
