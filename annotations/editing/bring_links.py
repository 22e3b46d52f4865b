"""What stands at one statement stands at another from now on."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from annotations.editing.bring_words import bring_words
from annotations.editing.change import send_back_to_review, store, take_as_it_is, take_out
from annotations.editing.differ import ALIKE, Unlike, differences
from annotations.editing.respond import refuse_circle
from annotations.models import (
    Actor,
    ContactAttempt,
    Point,
    ReplyRecord,
    Response,
    ResponseParty,
    ResponsePoint,
    Restatement,
    ReviewState,
    Statement,
)
from annotations.models.record import LIVE
from annotations.models.review import Reviewed

Points = Mapping[int, Point]


def bring_links(gone: Statement, kept: Statement, points: Points) -> None:
    """Links and reply records of `gone` stand at `kept`; `points` are its points by the key of the other's.

    What would be there twice (rule 5) is deleted and what it says goes into the one that is there; a link
    of the two with each other is deleted. ValidationError where a restatement would close a circle, and
    where what would be there twice is not said alike.
    """
    for link in _at(Response, gone, "claim", "response"):
        _bring_response(link, gone, kept, points)
    for row in _at(Restatement, gone, "of", "by"):
        _bring_restatement(row, gone, kept)
    for record in _at(ReplyRecord, gone, "claim"):
        _bring_record(record, kept)


def _at(model: type[Any], statement: Statement, *ends: str) -> list[Any]:
    at = Q(*((end, statement) for end in ends), _connector=Q.OR)
    return list(_standing(model).filter(at).order_by("pk"))


def _standing(model: type[Any]) -> Any:
    return model._default_manager.undeleted()


def _bring_response(link: Response, gone: Statement, kept: Statement, points: Points) -> None:
    taken = take_as_it_is(link)
    was_claim = taken.claim_id == gone.pk
    answers = list(taken.answers.filter(LIVE).select_related("point"))
    answered = [points.get(row.point_id, row.point) for row in answers]
    claim, response = (kept if end == gone else end for end in (taken.claim, taken.response))
    twins = _standing(Response).filter(claim=claim, response=response, relation=taken.relation)
    twin = twins.exclude(pk=taken.pk).first()
    if claim == response or twin:
        _delete(taken)
        if twin:
            _fold_response(taken, twin, answered, kept)
        return
    taken.claim, taken.response = claim, response
    if was_claim:
        for row in answers:
            take_out(row)
        _answer(taken, answered)
    _store(taken)


def _fold_response(link: Response, twin: Response, answered: list[Point], kept: Statement) -> None:
    """What the link says goes into its twin: parties, points, marker, note."""
    taken = take_as_it_is(twin)
    there = {row.party.resolved_id for row in taken.parties.filter(LIVE)}
    for row in link.parties.filter(LIVE):
        if row.party.resolved_id not in there:
            there.add(row.party.resolved_id)
            store(ResponseParty(response=taken, party=row.party))
    _answer(taken, answered)
    bring_words(link, taken)
    _fill(taken, link, taken.response if taken.claim_id == kept.pk else taken.claim)
    taken.note = both(taken.note, link.note)
    _store(taken)


def _answer(link: Response, points: list[Point]) -> None:
    there = set(link.answers.filter(LIVE).values_list("point", flat=True))
    for point in points:
        if point.pk not in there and point.withdrawn_at is None:
            there.add(point.pk)
            store(ResponsePoint(response=link, point=point))


def _bring_restatement(row: Restatement, gone: Statement, kept: Statement) -> None:
    taken = take_as_it_is(row)
    of, by = (kept if end == gone else end for end in (taken.of, taken.by))
    twin = _standing(Restatement).filter(of=of, by=by).exclude(pk=taken.pk).first()
    if of == by or twin:
        _delete(taken)
        if twin:
            there = take_as_it_is(twin)
            _fill(there, taken, by if of == kept else of)
            there.note = both(there.note, taken.note)
            _store(there)
        return
    taken.of, taken.by = of, by
    _store(taken)
    refuse_circle(of, by)


def _bring_record(record: ReplyRecord, kept: Statement) -> None:
    taken = take_as_it_is(record)
    of_kept = _standing(ReplyRecord).filter(claim=kept).select_related("party")
    same = [row for row in of_kept if row.party.resolved_id == taken.party.resolved_id]
    if not same:
        taken.claim = kept
        _store(taken)
        return
    _delete(taken)
    there = take_as_it_is(same[0])
    for tried in taken.attempts.filter(LIVE).order_by("pk"):
        copy = ContactAttempt(reply_record=there, attempted_by=tried.attempted_by)
        copy.attempted_at, copy.means, copy.outcome = tried.attempted_at, tried.means, tried.outcome
        store(copy)
    bring_words(taken, there)
    _fill(there, taken, there.party)
    there.note = both(there.note, taken.note)
    _store(there)


def _fill(there: Reviewed, gone: Reviewed, at: Statement | Actor) -> None:
    """Fill what the record that is there leaves empty; ValidationError names what the two say differently.

    `at` is what both have beside the two statements: the other end, or the party.
    """
    names = ALIKE[type(there)]
    if differing := differences(there, gone, names):
        raise ValidationError(refusal(Unlike(there, gone, at, differing)))
    for name in names:
        setattr(there, name, getattr(there, name) or getattr(gone, name))


def refusal(unlike: Unlike) -> str:
    """Why the two records are not made one, in a sentence."""
    return _(
        "Both have a %(what)s with %(at)s, and the two differ (%(differing)s). "
        "Make them alike or delete one of them first."
    ) % {
        "what": unlike.stays._meta.verbose_name,
        "at": unlike.at_words,
        "differing": "; ".join(map(str, unlike.differences)),
    }


def _store(record: Reviewed) -> None:
    send_back_to_review(record)
    store(record)


def _delete(record: Reviewed) -> None:
    record.state = ReviewState.WITHDRAWN
    store(record)


def both(*notes: str) -> str:
    """The notes one after the other, each once."""
    return "\n".join(dict.fromkeys(note for note in notes if note))
