"""What one change did is undone: every row that it wrote is again as it was before."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.editing.accuse import claims_answered_by, refuse_unaccused
from annotations.editing.change import change, send_back_to_review, store, take_as_it_is, take_out
from annotations.editing.highlight import store_folded
from annotations.editing.place import waits
from annotations.editing.receive import store_described
from annotations.editing.trace import (
    PARTS,
    RECORDS,
    Trace,
    called,
    refuse_changed_since,
    standing,
    told,
    traces_of,
)
from annotations.editing.withdraw import AT_A_STATEMENT, refuse_deleted_end, refuse_return
from annotations.models import (
    Article,
    Placement,
    Point,
    ReplyRecord,
    Response,
    ResponsePoint,
    ReviewState,
    Span,
    Statement,
)
from annotations.models.history import Verb
from annotations.models.record import LIVE, Part, Record
from annotations.permissions import User

UNDOING = (Verb.UNDONE, Verb.REDONE)
# What is done on an article's page. Texts, actors and judgements are others' ground, too.
UNDOABLE = frozenset(
    {
        Verb.HIGHLIGHTED, Verb.REVISED, Verb.PLACED, Verb.LINKED, Verb.RESTATED, Verb.REPLY_RECORDED,
        Verb.SUBMITTED, Verb.WITHDRAWN, Verb.BROUGHT_BACK, Verb.DESCRIBED, Verb.RESIZED, Verb.RECAST,
        Verb.SPLIT, Verb.JOINED, *UNDOING,
    }
)  # fmt: skip
# Never put back: who a row is, that it changed, and what is made anew from other rows.
KEPT = {"id", "uid", "version", "created_at", "changed_at", "folded", "article_day"}


@dataclass(frozen=True)
class Undone:
    """What an undo did: the id of its own change (undoing that does it again), what it took back, the records."""

    change_id: uuid.UUID
    verb: Verb
    records: tuple[Record, ...]


def undo(*, user: User, change_id: uuid.UUID) -> Undone:
    """The user's change taken back: what it wrote is as it was before, and versions rise by one.

    A record that the change made is deleted, as the page calls it, with its parts; a part that it added
    is taken out, one that it took out is put back, a changed row has its former values. To undo an undo
    is to do it again. PermissionDenied for somebody else's change; ValidationError for one that is not
    of the article page, where another came on top of it (ChangedSince), where something stands on it,
    or where it would break a rule now.

    The review state is put back with the rest. Work that the user's edit sent from approved to
    submitted is approved again: it is column by column and part by part what the reviewer approved,
    since nobody changed it in between (or the undo is refused), and who approved it stays named. The
    undo approves nothing, so nobody approves what they changed; and whoever changed and undid counts
    as one who changed it until the next approval. Where the text was corrected meanwhile and words
    wait to be placed, it goes to the reviewers instead.
    """
    traces = traces_of(change_id)
    verb = _refuse_others(traces, user)
    doing = Verb.UNDONE if verb != Verb.UNDONE else Verb.REDONE
    with change(doing, user, undoes=change_id) as act:
        _hold(traces)
        refuse_changed_since(traces, user)
        _refuse_corrected(traces)
        _refuse_built_on(traces, user)
        _refuse_deleted_ends(traces, user)
        records = _put_back(traces)
        _check(traces, records)
        return Undone(act.id, _first_verb(traces), tuple(records))


def _refuse_others(traces: Sequence[Trace], user: User) -> Verb:
    """The change's verb; PermissionDenied for another's change, ValidationError for one that is not undone here."""
    if not traces:
        raise ValidationError(_("There is nothing to undo."))
    row = traces[0].left
    if row.history_user_id != user.pk:
        raise PermissionDenied(f"{user} did not make this change")
    if row.verb not in UNDOABLE:
        raise ValidationError(
            _("What was %(did)s is not undone here."), params={"did": row.get_verb_display()}
        )
    return Verb(row.verb)


def _first_verb(traces: Sequence[Trace]) -> Verb:
    """What was done at first, behind however many times it was undone and done again."""
    row = traces[0].left
    while row.undoes:
        row = next(trace.left for trace in traces_of(row.undoes))
    return Verb(row.verb)


def _keys(traces: Iterable[Trace], model: type[Any]) -> list[int]:
    return [trace.pk for trace in traces if trace.model is model]


def _hold(traces: Sequence[Trace]) -> None:
    """Hold what is written and what is asked of, to the end: articles, then claims, then the rest."""
    statements = _keys(traces, Statement)
    of_records = Q(span__statement__in=statements)
    of_records |= Q(span__response__in=_keys(traces, Response))
    of_records |= Q(span__reply_record__in=_keys(traces, ReplyRecord))
    placed = Placement.objects.filter(of_records).order_by()
    held: dict[type[Any], set[int]] = {model: set(_keys(traces, model)) for model in RECORDS}
    held[Article] |= set(placed.values_list("revision__article", flat=True).distinct())
    held[Statement] |= {*_claims(traces), *_ends(traces)}
    for model, keys in held.items():
        rows = model._default_manager.select_for_update(no_key=True, of=("self",))
        list(rows.filter(pk__in=keys).order_by("pk").values_list("pk"))


def _claims(traces: Sequence[Trace]) -> list[int]:
    """The claims whose parties the undo may concern."""
    links = [t.left.claim_id for t in traces if t.model in (Response, ReplyRecord)]
    statements = _keys(traces, Statement)
    return [*statements, *claims_answered_by(statements), *links]


def _ends(traces: Sequence[Trace]) -> set[int]:
    """The statements at which links and reply records stand, as the change left them."""
    return {
        getattr(trace.left, f"{column}_id")
        for trace in traces
        for column in AT_A_STATEMENT.get(trace.model, ())
    }


def _refuse_corrected(traces: Sequence[Trace]) -> None:
    """ValidationError where words would move in a text that is not the newest any more."""
    moved = [t.pk for t in traces if t.model is Placement and t.before is not None]
    newest = F("revision__article__current_revision")
    if Placement.objects.filter(pk__in=moved).exclude(revision=newest).exists():
        raise ValidationError(_("This cannot be undone any more: the text was corrected since."))


def _refuse_built_on(traces: Sequence[Trace], user: User) -> None:
    """ValidationError where what would go carries something that came, or was changed, later."""
    going = [t for t in traces if _goes(t)]
    for trace in going:
        if trace.model is Statement:
            for model, ends in AT_A_STATEMENT.items():
                at = Q(*((end, trace.pk) for end in ends), _connector=Q.OR)
                _refuse_later(trace, model.objects.live().filter(at), traces, user)
        elif trace.model is Point:
            answers = ResponsePoint.objects.filter(LIVE, response__in=Response.objects.live())
            _refuse_later(trace, answers.filter(point=trace.pk), traces, user)


def _goes(trace: Trace) -> bool:
    """Whether the undo takes the row out of use."""
    if trace.before is None:
        return trace.model is not Placement
    if issubclass(trace.model, Part):
        return bool(trace.before.withdrawn_at and not trace.left.withdrawn_at)
    return bool(
        getattr(trace.before, "state", "") == ReviewState.WITHDRAWN
        and trace.left.state != ReviewState.WITHDRAWN
    )


def _refuse_later(trace: Trace, rows: Any, traces: Sequence[Trace], user: User) -> None:
    keys = rows.exclude(pk__in=_keys(traces, rows.model)).order_by().values("pk")
    later = rows.model.history.filter(id__in=keys, history_date__gt=trace.left.history_date)
    for row in standing(later):
        what = {"what": called(trace.model), "with": called(rows.model), **told(row, user)}
        raise ValidationError(
            _(
                "This cannot be undone: a %(with)s stands at the %(what)s since "
                "(%(who)s %(did)s it, %(when)s)."
            ),
            params=what,
        )


def _put_back(traces: Sequence[Trace]) -> list[Record]:
    """Every row as it was before the change: parts first, those that go before those that come."""
    taken = {
        (trace.model, trace.pk): take_as_it_is(trace.model._default_manager.get(pk=trace.pk))
        for trace in traces
        if trace.model in RECORDS
    }
    made = {(trace.model, trace.pk) for trace in traces if trace.before is None}
    parts = [trace for trace in traces if trace.model in PARTS and not _is_kept(trace, made)]
    for trace in sorted(parts, key=lambda trace: not _goes(trace)):
        _put_back_part(trace)
    return [
        _put_back_record(trace, taken[trace.model, trace.pk])
        for trace in traces
        if trace.model in RECORDS
    ]


def _is_kept(trace: Trace, made: set[tuple[type[Any], int]]) -> bool:
    """Whether the part stays as it is: a place of words, or a part of a record that goes as a whole."""
    if trace.before is not None:
        return False
    return trace.model is Placement or bool(made & set(_owners(trace.left)))


def _owners(row: Any) -> Iterable[tuple[type[Any], int]]:
    """The record that the history row of a part names, as model and key."""
    names = {Statement: "statement_id", Response: "response_id", ReplyRecord: "reply_record_id"}
    for model, name in names.items():
        if key := getattr(row, name, None):
            yield model, key


def _put_back_part(trace: Trace) -> None:
    row = trace.model._default_manager.get(pk=trace.pk)
    if trace.before is None:
        take_out(row)
        return
    _assign(row, trace.before)
    if isinstance(row, Part) and row.withdrawn_at:
        row.withdrawn_at = timezone.now()
    store(row)


def _assign(row: Any, before: Any) -> None:
    for field in row._meta.concrete_fields:
        if field.attname not in KEPT:
            setattr(row, field.attname, getattr(before, field.attname))


def _put_back_record(trace: Trace, record: Any) -> Record:
    was_deleted = getattr(record, "is_withdrawn", False)
    if trace.before is None:
        record.state = ReviewState.WITHDRAWN
    else:
        _assign(record, trace.before)
    if isinstance(record, Article):
        return store_described(record)
    if was_deleted and not record.is_withdrawn:
        refuse_return(record)
    if waits(record):
        send_back_to_review(record)
    return store_folded(record) if isinstance(record, Statement) else store(record)


def _refuse_deleted_ends(traces: Sequence[Trace], user: User) -> None:
    """ValidationError where a link or reply record comes back at a statement that was deleted since.

    What a split or merge of statements moved goes back with it, to wherever it stood.
    """
    if _keys(traces, Statement):
        return
    for trace in traces:
        if trace.model in AT_A_STATEMENT and _comes_back(trace):
            record = trace.model._default_manager.get(pk=trace.pk)
            refuse_deleted_end(record, user, since=trace.left.history_date)


def _comes_back(trace: Trace) -> bool:
    """Whether the undo brings a deleted record back."""
    was, now = (getattr(row, "state", "") for row in (trace.before, trace.left))
    return bool(was) and was != ReviewState.WITHDRAWN == now


def _check(traces: Sequence[Trace], records: Iterable[Record]) -> None:
    """The rules that reach beyond one record, asked of what is there now."""
    refuse_unaccused(_claims(traces))
    spans = Span.objects.filter(pk__in=_keys(traces, Span))
    for owner in {span.owner for span in spans}:
        here = Placement.objects.filter(span__in=owner.spans.filter(LIVE), start__isnull=False)
        places = here.order_by().values("span__role", "revision", "start", "end")
        if places.annotate(rows=Count("pk")).filter(rows__gt=1).exists():
            raise ValidationError(gettext("The same words were chosen again meanwhile."))
