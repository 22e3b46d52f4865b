"""Links between statements are made and changed: responses and restatements."""

import uuid
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from annotations.editing.accuse import hold_claim, hold_ends
from annotations.editing.change import (
    change,
    send_back_to_review,
    store,
    take_editable,
    take_out,
)
from annotations.editing.notify import tell_linked
from annotations.editing.place import Selection, hold, place
from annotations.models import (
    Actor,
    Article,
    LinkBasis,
    Point,
    Response,
    ResponseParty,
    ResponsePoint,
    Restatement,
    Statement,
)
from annotations.models.history import Verb
from annotations.permissions import User

RESTATEMENT_LOCK = (
    7_203_911  # any number of ours: the key of PostgreSQL's advisory lock on the restatement graph
)


def respond(
    *,
    user: User,
    claim: Statement,
    response: Statement,
    relation: str,
    link_basis: str,
    parties: Sequence[Actor] = (),
    answers: Sequence[Point] = (),
    marker: Sequence[Selection] = (),
    marker_in: Article | None = None,
    marker_revision: int | None = None,
    note: str = "",
    uid: uuid.UUID | None = None,
) -> Response:
    """The new link, a draft; ValidationError for self-links, duplicates, and what does not fit the claim.

    `marker_in` is the article that the marker's words stand in, the response's where none is given, and
    `marker_revision` the number of the text they were chosen in.
    """
    with change(Verb.LINKED, user) as act:
        hold(marker_in or response.article)
        claim, response = hold_ends(claim, response)
        _refuse_deleted(claim, response)
        link = Response(
            uid=uid or uuid.uuid4(), claim=claim, response=response, created_by=act.user
        )
        link.relation, link.link_basis, link.note = relation, link_basis, note
        _check_basis(link)
        store(link)
        _answer_for(link, parties)
        _answer(link, answers)
        place(link, marker_in or response.article, marker, chosen_in=marker_revision)
        tell_linked(link, act.user)
        return link


def revise_response(
    *,
    user: User,
    link: Response,
    version: int,
    relation: str,
    link_basis: str,
    parties: Sequence[Actor],
    answers: Sequence[Point],
    marker: Sequence[Selection],
    marker_in: Article | None = None,
    marker_revision: int | None = None,
    note: str = "",
) -> Response:
    """The link as it is now to be; approved work goes back to submitted. Stale, ValidationError."""
    with change(Verb.REVISED, user):
        hold(marker_in or link.response.article)
        hold_claim(link.claim)
        link = take_editable(link, version, user)
        before = (link.relation, link.link_basis, link.note)
        link.relation, link.link_basis, link.note = relation, link_basis, note
        _check_basis(link)
        changed = [
            before != (relation, link_basis, note),
            _answer_for(link, parties),
            _answer(link, answers),
            place(link, marker_in or link.response.article, marker, chosen_in=marker_revision),
        ]
        if any(changed):
            send_back_to_review(link)
        return store(link)


def restate(
    *,
    user: User,
    of: Statement,
    by: Statement,
    scope: str,
    note: str = "",
    uid: uuid.UUID | None = None,
) -> Restatement:
    """The new restatement, a draft; ValidationError for one of itself, a second one, or a circle of them."""
    with change(Verb.RESTATED, user) as act:
        of, by = hold_ends(of, by)
        _refuse_deleted(of, by)
        refuse_circle(of, by)
        return store(
            Restatement(
                uid=uid or uuid.uuid4(),
                of=of,
                by=by,
                scope=scope,
                note=note,
                created_by=act.user,
            )
        )


def revise_restatement(
    *, user: User, link: Restatement, version: int, scope: str, note: str
) -> Restatement:
    """The restatement as it is now to be; approved work goes back to submitted. Stale, ValidationError."""
    with change(Verb.REVISED, user):
        link = take_editable(link, version, user)
        if (link.scope, link.note) != (scope, note):
            send_back_to_review(link)
        link.scope, link.note = scope, note
        return store(link)


def _refuse_deleted(*statements: Statement) -> None:
    if any(statement.is_withdrawn for statement in statements):
        raise ValidationError(_("A deleted statement is not linked; bring it back first."))


def _check_basis(link: Response) -> None:
    if (
        link.link_basis == LinkBasis.SAME_ARTICLE
        and link.claim.article_id != link.response.article_id
    ):
        raise ValidationError({"link_basis": _("The two statements stand in different articles.")})


def _answer_for(link: Response, parties: Iterable[Actor]) -> bool:
    """Make the parties it answers for these; True where anything changed.

    A party that was merged since is the same party: its row stays, and with it whom the editor chose.
    """
    accused = {actor.resolved_id for actor in link.claim.accused()}
    wanted = {party.resolved_id: party for party in parties}
    for key, party in wanted.items():
        if key not in accused:
            raise ValidationError(
                {"parties": _("%(party)s is not accused in this claim.") % {"party": party.name}}
            )
    changed = False
    for row in link.parties.filter(withdrawn_at__isnull=True).select_related("party"):
        if wanted.pop(row.party.resolved_id, None) is None:
            take_out(row)
            changed = True
    for party in wanted.values():
        store(ResponseParty(response=link, party=party))
    return changed or bool(wanted)


def _answer(link: Response, points: Iterable[Point]) -> bool:
    """Make the points it answers these; True where anything changed."""
    wanted = {point.pk: point for point in points}
    for point in wanted.values():
        if point.statement_id != link.claim_id or point.withdrawn_at:
            raise ValidationError(
                {"answers": _("“%(point)s” is not a point of this claim.") % {"point": point.text}}
            )
    changed = False
    for row in link.answers.filter(withdrawn_at__isnull=True):
        if wanted.pop(row.point_id, None) is None:
            take_out(row)
            changed = True
    for point in wanted.values():
        store(ResponsePoint(response=link, point=point))
    return changed or bool(wanted)


def refuse_circle(of: Statement, by: Statement) -> None:
    """ValidationError where `of` already restates `by`, over however many steps."""
    if (
        connection.vendor == "postgresql"
    ):  # SQLite has one writer at a time; PostgreSQL needs the graph held still
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RESTATEMENT_LOCK])
    seen: set[int] = set()
    ahead = {of.pk}
    while ahead:
        seen |= ahead
        rows = Restatement.objects.undeleted().filter(by__in=ahead)
        ahead = set(rows.values_list("of_id", flat=True)) - seen
    if by.pk in seen and by.pk != of.pk:
        raise ValidationError(
            _("That closes a circle: the other statement already restates this one.")
        )
