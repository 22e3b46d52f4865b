"""What an edit did to words: a word diff, and what kinds of things changed in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from annotations.anchoring.blocks import Block, blocks
from annotations.anchoring.tokens import is_word, tokens

Kind = Literal["same", "removed", "added"]


class Change(StrEnum):
    """What an editor looks at first when a quotation's words have changed."""

    NEGATION = "negation"
    NUMBER = "number"
    NAME = "name"
    QUOTATION_MARKS = "quotation_marks"
    OTHER = "other"


@dataclass(frozen=True)
class Piece:
    """A run of words that is the same in both, or stands in one of them only."""

    kind: Kind
    text: str


_JOINERS = str.maketrans({"\u200c": None, "\u200d": None, "ي": "ی", "ك": "ک", "’": "'"})


def _plain(token: str) -> str:
    return token.casefold().translate(_JOINERS)


def _listed(words: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in words.split())


_MARKS = frozenset('"“”„‟‘‚‛«»‹›「」『』〝〞＂')
_NEGATIONS = _listed(
    """not no never none nobody nothing nowhere neither nor without cannot hardly scarcely barely
    نه نا نی هیچ هرگز بدون بی نیست نیستند نیستم نبود نبودند ندارد ندارند نداشت نداشتند نکرد نکردند
    لا لم لن ليس ليست ليسوا غير بلا دون أبدا
    نشته نشو نلري نلرله هېڅ هیڅ مه پرته نۀ"""
)
_LATIN_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "non-")
_PERSIAN_PREFIXES = ("ن", "نمی", "نا", "نه")
_ARABIC = re.compile("[\u0600-\u06ff]")
_NUMBERS = _listed(  # without نه, nine in Dari: it is also no, the worse mistake
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
    eighty ninety hundred hundreds thousand thousands million millions billion billions
    trillion dozen dozens half twice first second third fourth fifth once صفر یک دو سه چهار
    پنج شش هفت هشت ده یازده دوازده بیست سی چهل پنجاه شصت هفتاد هشتاد نود صد هزار میلیون
    ملیون میلیارد واحد اثنان اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشرون مئة مائة
    ألف مليون مليار یو دوه درې څلور پنځه شپږ اووه اته لس شل سل زر"""
)
_COMMON = _listed(
    """a an the he she it they we i you his her its their our my this that these those there
    here in on at by for from to of as but and or if when while after before since both all
    some many most several other another no not what who why how where yes"""
)
_STOP = re.compile(r"[.!?…\n؟۔:]")


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """The edit from old to new in whole words.

    Same and removed pieces joined are the old text, same and added ones the new.
    """
    before, after = tokens(old), tokens(new)
    pieces: list[Piece] = []
    at = (0, 0)
    for block in [*_meant(before, blocks(before, after)), Block(len(before), len(after), 0)]:
        end = block.old_start + block.size
        pieces.append(Piece("removed", "".join(before[at[0] : block.old_start])))
        pieces.append(Piece("added", "".join(after[at[1] : block.new_start])))
        pieces.append(Piece("same", "".join(before[block.old_start : end])))
        at = (end, block.new_start + block.size)
    return tuple(piece for piece in pieces if piece.text)


def what_changed(old: str, new: str) -> frozenset[Change]:
    """The kinds of things that an edit changed; empty when the texts are the same.

    Told from words alone: a new verb that says the opposite, or a name in a script without capitals, is
    OTHER.
    """
    removed, added = _changed_words(old, new)
    negated = _negated({_plain(word) for word, _ in removed}, {_plain(word) for word, _ in added})
    found = {
        Change.NEGATION if _plain(token) in negated else _kind(token, is_first)
        for token, is_first in removed + added
    }
    if not found and old != new:
        found.add(Change.OTHER)
    return frozenset(found)


def _meant(before: list[str], found: list[Block]) -> Iterable[Block]:
    """Without blanks and signs alone between two changes: an editor reads those as one."""
    for index, block in enumerate(found):
        inner = 0 < index < len(found) - 1
        words = before[block.old_start : block.old_start + block.size]
        if not inner or block.size > 1 or is_word(words[0]):
            yield block


def _changed_words(old: str, new: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """The removed and the added words and signs, each with whether a sentence begins there."""
    removed: list[tuple[str, bool]] = []
    added: list[tuple[str, bool]] = []
    before, after = tokens(old), tokens(new)
    old_at = new_at = 0
    for block in [*blocks(before, after), Block(len(before), len(after), 0)]:
        removed += [(before[at], _begins(before, at)) for at in range(old_at, block.old_start)]
        added += [(after[at], _begins(after, at)) for at in range(new_at, block.new_start)]
        old_at, new_at = block.old_start + block.size, block.new_start + block.size
    return (
        [one for one in removed if not one[0].isspace()],
        [one for one in added if not one[0].isspace()],
    )


def _begins(found: list[str], at: int) -> bool:
    while at > 0:
        at -= 1
        if is_word(found[at]):
            return False
        if _STOP.match(found[at]) or found[at] in _MARKS:
            return True
    return True


def _kind(token: str, is_first: bool) -> Change:
    plain = _plain(token)
    if token in _MARKS:
        return Change.QUOTATION_MARKS
    if plain in _NEGATIONS or plain.endswith("n't"):
        return Change.NEGATION
    if any(char.isnumeric() for char in token) or plain in _NUMBERS:
        return Change.NUMBER
    if token[:1].isupper() and not (is_first and plain in _COMMON):
        return Change.NAME
    return Change.OTHER


def _negated(removed: set[str], added: set[str]) -> set[str]:
    """Words of one side that stand on the other with a negating prefix or ending, and those."""
    found: set[str] = set()
    for plain, other in ((removed, added), (added, removed)):
        for word in plain:
            prefixes = _PERSIAN_PREFIXES if _ARABIC.match(word) else _LATIN_PREFIXES
            opposites = {*(prefix + word for prefix in prefixes), word + "n't"} & other
            found |= {word, *opposites} if opposites and len(word) > 1 else set()
    return found
