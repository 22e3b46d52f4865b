"""What a brat file would make, as frozen dataclasses: statements, links between them, and what is left out."""

from dataclasses import dataclass, field

from annotations.editing.highlight import StatementDetails
from annotations.editing.place import Selection
from annotations.imports.brat_file import Problem
from annotations.models import LinkBasis


@dataclass(frozen=True)
class PartFound:
    """An actor's part as the file has it; without a name, whoever the printed words name."""

    part: str
    as_printed: str
    name: str = ""
    kind: str = ""
    title: str = ""
    basis: str = ""


@dataclass(frozen=True)
class StatementFound:
    """A statement as the file has it; `key` is its event's id, `line` where that stands."""

    key: str
    line: int
    selections: tuple[Selection, ...]
    details: StatementDetails
    parts: tuple[PartFound, ...]
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinkFound:
    """A response (`relation`) or a restatement (`scope`) between two statements of the file, by their keys."""

    line: int
    first: str  # the claim, or the fullest wording
    second: str
    relation: str = ""
    scope: str = ""
    basis: str = LinkBasis.SAME_ARTICLE.value
    parties: tuple[
        str, ...
    ] = ()  # names of those accused in the claim whom the response answers for
    answers: tuple[int, ...] = ()  # ordinals of the claim's points
    note: str = ""


@dataclass
class Found:
    """All that would be recorded, and what would not."""

    statements: list[StatementFound] = field(default_factory=list)
    links: list[LinkFound] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
