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


@dataclass(frozen=True)
class _Word:
    """A word or sign that stands in one of two texts only; whether a sentence begins with it."""

    token: str
    is_first: bool
    is_no_one: bool

    @property
    def plain(self) -> str:
        return _plain(self.token)


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
_COMMON = _listed(  # begin sentences, and are no names; without may and will, which are some
    """a an the he she it they we i you his her its their our my me him them us your hers theirs ours
    mine yours myself himself herself itself themselves ourselves this that these those there here
    in on at by for from to of with into over under about against between through during within
    until till since before after above below near as than like via per despite amid among
    and but or if when while so yet though although because unless whereas whether however moreover
    meanwhile instead also then thus therefore still only even just again now soon later once perhaps
    maybe both all some any many much most more several each every either few fewer less least other
    others another such same own enough something anything everything someone somebody anyone
    anybody everyone everybody somewhere anywhere everywhere sometimes often always ever
    is are was were be been being am do does did has have had can could shall should would must
    might not what which who whom whose why how where yes well let please"""
)
_AFFIRMED = _listed(  # what takes a negation's place when it goes: part of the same change
    """something anything everything someone somebody anyone anybody everyone everybody somewhere
    anywhere everywhere some any all every both either or ever always with"""
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
    plain = {word.plain for word in removed}, {word.plain for word in added}
    negated = _negated(*plain)
    capitals = _capitals(old) | _capitals(new)
    kinds = [
        {
            word: Change.NEGATION if word.plain in negated else _kind(word, capitals)
            for word in words
        }
        for words in (removed, added)
    ]
    found = _told(kinds[0], kinds[1]) | _told(kinds[1], kinds[0])
    if not found and old != new:
        found.add(Change.OTHER)
    return frozenset(found)


def _told(words: dict[_Word, Change], others: dict[_Word, Change]) -> set[Change]:
    """The kinds of one side; without what only takes the place of a negation of the other side."""
    is_denied = Change.NEGATION in others.values()
    return {kind for word, kind in words.items() if not (is_denied and word.plain in _AFFIRMED)}


def _meant(before: list[str], found: list[Block]) -> Iterable[Block]:
    """Without blanks and signs alone between two changes: an editor reads those as one."""
    for index, block in enumerate(found):
        inner = 0 < index < len(found) - 1
        words = before[block.old_start : block.old_start + block.size]
        if not inner or block.size > 1 or is_word(words[0]):
            yield block


def _changed_words(old: str, new: str) -> tuple[list[_Word], list[_Word]]:
    """The removed and the added words and signs."""
    removed: list[_Word] = []
    added: list[_Word] = []
    before, after = tokens(old), tokens(new)
    old_at = new_at = 0
    for block in [*blocks(before, after), Block(len(before), len(after), 0)]:
        removed += _words(before, old_at, block.old_start)
        added += _words(after, new_at, block.new_start)
        old_at, new_at = block.old_start + block.size, block.new_start + block.size
    return removed, added


def _words(found: list[str], start: int, end: int) -> list[_Word]:
    return [
        _Word(found[at], _begins(found, at), _is_no_one(found, at))
        for at in range(start, end)
        if not found[at].isspace()
    ]


def _is_no_one(found: list[str], at: int) -> bool:
    """Whether the token is the “one” of “no one” and “no-one”."""
    return _plain(found[at]) == "one" and at > 1 and _plain(found[at - 2]) == "no"


def _capitals(text: str) -> set[str]:
    """The words that stand with a capital where no sentence begins."""
    found = tokens(text)
    return {
        _plain(token)
        for at, token in enumerate(found)
        if token[:1].isupper() and not _begins(found, at)
    }


def _begins(found: list[str], at: int) -> bool:
    while at > 0:
        at -= 1
        if is_word(found[at]):
            return False
        if _STOP.match(found[at]) or found[at] in _MARKS:
            return True
    return True


def _kind(word: _Word, capitals: set[str]) -> Change:
    token, plain = word.token, word.plain
    if token in _MARKS:
        return Change.QUOTATION_MARKS
    if plain in _NEGATIONS or plain.endswith("n't") or word.is_no_one:
        return Change.NEGATION
    if any(char.isnumeric() for char in token) or plain in _NUMBERS:
        return Change.NUMBER
    return Change.NAME if _is_name(word, capitals) else Change.OTHER


def _is_name(word: _Word, capitals: set[str]) -> bool:
    """Whether it's capitalised for another reason than that a sentence begins there."""
    if not word.token[:1].isupper() or word.plain.partition("'")[0] == "i":
        return False
    return not word.is_first or word.plain not in _COMMON or word.plain in capitals


def _negated(removed: set[str], added: set[str]) -> set[str]:
    """Words of one side that stand on the other with a negating prefix or ending, and those."""
    found: set[str] = set()
    for plain, other in ((removed, added), (added, removed)):
        for word in plain:
            prefixes = _PERSIAN_PREFIXES if _ARABIC.match(word) else _LATIN_PREFIXES
            opposites = {*(prefix + word for prefix in prefixes), word + "n't"} & other
            found |= {word, *opposites} if opposites and len(word) > 1 else set()
    return found
