"""Statements, responses, restatements and reply records as annotations."""

from collections.abc import Iterator

from annotations.exports.closed_sets import ACT, FORM, LINK_BASIS, RELATION, REPLY_STATUS, SCOPE
from annotations.exports.statement_columns import said_on
from annotations.exports.w3c.bodies import (
    Json,
    Names,
    actor,
    attributed,
    link_to,
    noted,
    nr,
    record,
    tag,
    targets,
    words,
)
from annotations.exports.w3c.vocabulary import LINK, POINT, SPAN, term
from annotations.models import ReplyRecord, Response, Restatement, Span, Statement
from annotations.models.review import Reviewed


def of_statement(row: Statement, names: Names) -> Iterator[Json]:
    """The quote with who said it and what it is; then the words for the speaker, and the cue."""
    yield {
        **record(row, "identifying", names),
        **_dated(row),
        "body": list(_bodies(row, names)),
        "target": targets(row.live_spans(Span.Role.CONTENT), names),
    }
    for role in (Span.Role.SOURCE, Span.Role.CUE):
        yield from _of_spans(row, role, row.live_spans(role), names)


def _dated(row: Statement) -> Json:
    found = {
        nr("saidOn"): said_on(row),
        nr("saidOnAsPrinted"): row.said_on_as_printed,
        nr("venue"): row.venue,
    }
    return {name: value for name, value in found.items() if value}


def _bodies(row: Statement, names: Names) -> Iterator[Json]:
    for attribution in row.live_attributions():
        yield attributed(attribution, names)
    yield tag(FORM, row.form)
    yield tag(ACT, row.act)
    if row.gist:
        yield words(row.gist, "describing")
    for point in row.live_points():
        of_point = {"term": {"id": nr(term(POINT, "alleged"))}, "ordinal": point.ordinal}
        yield words(point.text, "describing", **of_point)
    yield from noted(row.note)


def _of_spans(of: Reviewed, role: str, spans: list[Span], names: Names) -> Iterator[Json]:
    """Words that are not the quote itself, as an annotation of their own that is linked to the record's."""
    found = targets(spans, names)
    if found:
        yield {
            **record(of, "linking", names, role),
            "canonical": f"urn:uuid:{spans[0].uid}",
            "body": [tag(SPAN, role), link_to(names.annotation(of))],
            "target": found,
        }


def of_response(row: Response, names: Names) -> Iterator[Json]:
    """The claim's annotation is the target, the response's a body; how it answers is another."""
    yield {
        **record(row, "linking", names),
        "body": [
            link_to(names.annotation(row.response)),
            tag(LINK, "response"),
            tag(RELATION, row.relation),
            tag(LINK_BASIS, row.link_basis),
            *(actor(party, "for_party", names) for party in row.live_parties()),
            *noted(row.note),
        ],
        **_answered(row),
        "target": names.annotation(row.claim),
    }
    spans = [span for span in row.spans.all() if span.withdrawn_at is None]
    yield from _of_spans(row, Span.Role.MARKER, spans, names)


def _answered(row: Response) -> Json:
    points = [point.ordinal for point in row.live_answers()]
    return {nr("answersPoint"): points} if points else {}


def of_restatement(row: Restatement, names: Names) -> Iterator[Json]:
    """The fuller wording's annotation is the target, that of the words that say it again a body."""
    yield {
        **record(row, "linking", names),
        "body": [
            link_to(names.annotation(row.by)),
            tag(LINK, "restatement"),
            tag(SCOPE, row.scope),
            *noted(row.note),
        ],
        "target": names.annotation(row.of),
    }


def of_reply(row: ReplyRecord, names: Names) -> Iterator[Json]:
    """What is known of one party's reply; the claim's annotation is the target."""
    as_of = {nr("asOf"): row.as_of.isoformat()} if row.as_of else {}
    yield {
        **record(row, "describing", names),
        **as_of,
        "body": [
            actor(row.party, "for_party", names),
            tag(REPLY_STATUS, row.status),
            *noted(row.note),
        ],
        "target": names.annotation(row.claim),
    }
    spans = [span for span in row.spans.all() if span.withdrawn_at is None]
    yield from _of_spans(row, Span.Role.EVIDENCE, spans, names)
