"""What the form for a new statement is filled with, from the words selected in an article."""

from dataclasses import dataclass

from annotations.suggestions import cues
from annotations.suggestions.marks import Quote, mask, quotations
from annotations.suggestions.names import Name, take_apart
from annotations.suggestions.sentences import boundaries, words
from annotations.suggestions.setting import find_said_on, find_venue
from annotations.suggestions.source import Span, find_source
from annotations.suggestions.speech import Cue, find_cues, nearest

WINDOW = 600  # code points looked at on either side of each end of a selection
_CLAUSE_WORDS = 7  # a quotation of fewer words without a stop of its own is a fragment
_MOSTLY = 0.8  # of the selected words in quotation marks: “…,” he said. “…” is direct


@dataclass(frozen=True)
class Piece:
    """A place in the article: text[start:end] == exact, in code points."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True)
class Suggestion:
    """Values for the form; "" or None where the text does not say."""

    form: str
    act: str
    cue: Piece | None
    source: Piece | None
    as_printed: str
    title_as_printed: str
    speaker_basis: str
    said_on_as_printed: str
    venue: str


@dataclass(frozen=True)
class _View:
    """The window around a selection, and the way back to the article's offsets.

    Of a long selection only its two ends are in `text`; `gap` code points are left out at `cut`.
    """

    text: str
    start: int
    end: int
    shift: int
    cut: int
    gap: int

    def piece(self, start: int, end: int) -> Piece | None:
        """The same place in the article; None for no place, or one that the cut goes through."""
        if start >= end or (self.gap and start < self.cut < end):
            return None
        shift = self.shift + (self.gap if start >= self.cut else 0)
        return Piece(start + shift, end + shift, self.text[start:end])


@dataclass(frozen=True)
class _Content:
    """The selection in its sentence: `start` and `end` reach over a quotation it stands in."""

    start: int
    end: int
    sentence: Span
    form: str


def suggest(text: str, start: int, end: int) -> Suggestion:
    """What the words around text[start:end] say about it; never raises for a place in the text.

    Looks at WINDOW code points around each end, so the length of the text does not matter.
    """
    view = _view(text, start, end)
    opens = view.text.rfind("\n", 0, view.start) + 1
    closes = view.text.find("\n", view.end)
    closes = len(view.text) if closes < 0 else closes
    paragraph = view.text[opens:closes]
    quotes = quotations(paragraph, begins_inside=opens == 0 and view.shift > 0)
    masked = mask(paragraph, quotes)
    bounds = [*boundaries(paragraph, masked, quotes), len(paragraph)]
    content = _content(paragraph, quotes, bounds, view.start - opens, view.end - opens)
    cue, found, scope = _find_cue(masked, quotes, bounds, content)
    span = _source(masked, cue, found, scope, content)
    source = view.piece(span[0] + opens, span[1] + opens)
    follows = view.shift > 0 or bool(view.text[:opens].strip())
    name = take_apart(source.exact) if source else _unnamed(masked, content, cue, follows)
    outside = masked[scope[0] : content.start] + "\n" + masked[content.end : scope[1]]
    return Suggestion(
        form=_form(content, cue, paragraph),
        act=_act(paragraph[content.start : content.end], cue, source),
        cue=view.piece(cue.start + opens, cue.end + opens) if cue else None,
        source=source,
        as_printed=name.as_printed,
        title_as_printed=name.title,
        speaker_basis=name.basis,
        said_on_as_printed=find_said_on(outside),
        venue=find_venue(outside, _sentence_before(view.text[:opens], masked, bounds, scope)),
    )


def _view(text: str, start: int, end: int) -> _View:
    first, last = max(0, start - WINDOW), end + WINDOW
    gap = max(0, end - start - 2 * WINDOW)
    head = text[first : start + WINDOW] if gap else text[first:last]
    tail = text[end - WINDOW : last] if gap else ""
    begin, finish = start - first, end - first - gap
    seen = head + tail
    while begin < finish - 1 and seen[begin].isspace():
        begin += 1
    while finish - 1 > begin and seen[finish - 1].isspace():
        finish -= 1
    return _View(seen, begin, finish, first, len(head), gap)


def _content(text: str, quotes: list[Quote], bounds: list[int], start: int, end: int) -> _Content:
    bare = words(text, start, end)
    inner = (bare[0].start, bare[-1].end) if bare else (start, end)
    around = next((q for q in quotes if q.start <= inner[0] and inner[1] <= q.end), None)
    if around:
        start, end = min(start, around.start), max(end, around.end)
    quoted = sum(any(q.start <= word.start < q.end for q in quotes) for word in bare)
    if around:
        form = "direct" if _has_clauses(text[around.start : around.end]) else "fragment"
    elif bare and quoted >= _MOSTLY * len(bare):
        form = "direct"
    else:
        form = "mixed" if quoted else "indirect"
    # A stop at the very end of the selection is its own; the next sentence is not.
    first = max(at for at in bounds if at <= start)
    last = min((at for at in bounds if at >= end and at > start), default=len(text))
    return _Content(start, end, (first, last), form)


def _has_clauses(quotation: str) -> bool:
    run, inside = words(quotation), quotation.rstrip("”\"’'» ")
    return len(run) >= _CLAUSE_WORDS or (
        len(run) > 1 and inside.endswith((",", ".", "!", "?", "…")) and run[0].exact[0].isupper()
    )


def _find_cue(
    masked: str, quotes: list[Quote], bounds: list[int], content: _Content
) -> tuple[Cue | None, list[Cue], Span]:
    """The cue, all cues beside it, and the sentence they stand in.

    The sentence itself comes first; then, for a quotation, the sentence before that quotes the
    same speaker (“…,” he said. “…”); then what is selected, for a whole sentence was selected.
    """
    scope = content.sentence
    found = find_cues(masked, *scope)
    cue = nearest(masked, found, content.start, content.end)
    if cue is None and content.form == "direct":
        before = [at for at in bounds if at < scope[0]][-1:]
        earlier = (before[0], scope[0]) if before else (0, 0)
        if any(earlier[0] <= quote.start < earlier[1] for quote in quotes):
            scope, found = earlier, find_cues(masked, *earlier)
            cue = found[-1] if found else None
    elif cue is None and found:
        cue = found[0]
    return cue, found, scope


def _source(masked: str, cue: Cue | None, found: list[Cue], scope: Span, content: _Content) -> Span:
    if cue is None:
        return 0, 0
    start, end = scope
    if content.end <= cue.start:
        start = max(start, content.end)
    if cue.end <= content.start:
        end = min(end, content.start)
    return find_source(masked, cue, found, start, end)


def _unnamed(masked: str, content: _Content, cue: Cue | None, follows: bool) -> Name:
    """Nobody; carried over where a paragraph that follows another is nothing but the quotation."""
    rest = masked[: content.start] + masked[content.end :]
    alone = follows and content.form == "direct" and cue is None and not words(rest)
    return Name("", "", "carried_over" if alone else "")


def _form(content: _Content, cue: Cue | None, paragraph: str) -> str:
    if content.form in {"direct", "fragment"}:
        return content.form
    said = f"_{'_'.join(w.folded for w in words(paragraph, content.start, content.end))}_"
    if any(f"_{stance}_" in said for stance in cues.STANCES):
        return "attitude"
    return (cue.form if cue else "") or content.form


def _act(said: str, cue: Cue | None, source: Piece | None) -> str:
    if cue and cue.act != cues.ASSERTION:
        return cue.act
    phrase = f"_{'_'.join(word.folded for word in words(said))}_"
    told = (
        act
        for act, signs in cues.CONTENT_ACTS.items()
        if any(f"_{sign}_" in phrase for sign in signs)
    )
    critic = source and any(word.folded in cues.CRITICS for word in words(source.exact))
    question = "question" if said.rstrip("”\"’'» ").endswith("?") else ""
    return question or next(told, "opinion" if critic else cues.ASSERTION)


def _sentence_before(earlier: str, masked: str, bounds: list[int], scope: Span) -> str:
    """The sentence before this one, in the paragraph before where this one is the first."""
    before = [at for at in bounds if at < scope[0]][-1:]
    if before:
        return masked[before[0] : scope[0]]
    paragraph = earlier.rstrip()
    paragraph = paragraph[paragraph.rfind("\n") + 1 :]
    quotes = quotations(paragraph)
    blotted = mask(paragraph, quotes)
    return blotted[max(boundaries(paragraph, blotted, quotes), default=0) :]
