"""How each record of our own JSON Lines is brought in: by the functions that the pages use, as its user's draft.

What it refers to is looked up by uid in the database, where it stood before or came in just now.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from annotations.editing.attribute import PartInput, PointInput
from annotations.editing.correct import correct
from annotations.editing.highlight import StatementDetails, highlight
from annotations.editing.merge import merge
from annotations.editing.name import PostDetails, give_post, name_actor
from annotations.editing.place import Selection
from annotations.editing.receive import ArticleDetails, mark_zones, receive
from annotations.editing.record_reply import ReplyDetails, attempt_contact, record_reply
from annotations.editing.respond import respond, restate
from annotations.imports.lines_records import Lines, Told, Values, texts_of
from annotations.imports.plan import Fate, Made, Row
from annotations.models import Actor, Article, Point, Revision, Statement
from annotations.models.record import Record
from annotations.permissions import User

M = TypeVar("M", bound=Model)


def bring_in(row: Row, user: User) -> Row:
    """The row's record, stored; ValidationError where it refers to what is not here."""
    told, lines = row.payload
    made = ACTS[told.kind](told, lines, user)
    get_url = getattr(made, "get_absolute_url", None)
    links = (Made(str(made), get_url()),) if get_url else ()
    return replace(row, fate=Fate.MADE, made=links)


def known(model: Any, uid: UUID | None, user: User) -> Any:
    """The row of this uid that the user sees; ValidationError where there is none."""
    row = model.objects.visible_to(user).filter(uid=uid).first()
    if row is None:
        said = _("The %(what)s %(uid)s is not here: bring it in first.")
        raise ValidationError(said % {"what": model._meta.verbose_name, "uid": uid})
    return row


def _actor(told: Told, lines: Lines, user: User) -> Actor:
    values = told.values
    merged = values["merged_into"]
    actor = name_actor(
        user=user,
        name=values["name"],
        kind=values["kind"],
        aliases=[alias["name"] for alias in told.live("actor_alias")],
        wikidata="" if merged else values["wikidata"],
        note=values["note"],
        although_near=True,
        uid=told.uid,
    )
    if merged:
        into = known(Actor, merged, user)
        return merge(user=user, actor=actor, version=actor.version, into=into.resolved)
    return actor


def _post(told: Told, lines: Lines, user: User) -> Record:
    values = told.values
    holder = known(Actor, values["holder"], user)
    details = PostDetails(
        title=values["title"],
        organisation=known(Actor, values["organisation"], user),
        since=values["since"],
        until=values["until"],
    )
    return give_post(user=user, holder=holder, details=details, uid=told.uid)


def _article(told: Told, lines: Lines, user: User) -> Article:
    values, texts = told.values, list(texts_of(told))
    if not texts or texts[0]["number"] != 1:
        raise ValidationError(_("The file has no text of this article."))
    details = ArticleDetails(
        headline=values["headline"],
        outlet=known(Actor, values["outlet"], user) if values["outlet"] else None,
        url=values["url"],
        byline=values["byline"],
        dateline=values["dateline"],
        published_on=values["published_on"],
        language=values["language"],
    )
    article = receive(user=user, text=texts[0]["text"], details=details, uid=told.uid)
    for text in texts[1:]:
        article = Article.objects.get(pk=article.pk)
        correct(
            user=user,
            article=article,
            version=article.version,
            text=text["text"],
            reason=text["reason"],
            note=text["note"],
        )
    return _zoned(told, article, texts[-1]["uid"], user)


def _zoned(told: Told, article: Article, newest: UUID, user: User) -> Article:
    """The article with the zones that its newest text has in the file."""
    article = Article.objects.get(pk=article.pk)
    zones = [
        (zone["kind"], zone["start"], zone["end"])
        for zone in told.live("zone")
        if zone["revision"] == newest
    ]
    return mark_zones(user=user, article=article, version=article.version, zones=zones)


def _statement(told: Told, lines: Lines, user: User) -> Statement:
    values = told.values
    article = known(Article, values["article"], user)
    revision, selections = _words(told, lines, article)
    fields = ("form", "act", "gist", "said_on", "said_on_precision", "said_on_as_printed", "venue")
    parts = sorted(told.live("attribution"), key=lambda part: part["ordinal"])
    points = sorted(told.live("point"), key=lambda point: point["ordinal"])
    return highlight(
        user=user,
        article=article,
        revision_number=revision.number,
        selections=selections,
        details=StatementDetails(**{f: values[f] for f in fields}, note=values["note"]),
        parts=[_part(part, user) for part in parts],
        points=[PointInput(point["text"]) for point in points],
        uid=told.uid,
    )


def _part(part: Values, user: User) -> PartInput:
    return PartInput(
        part=part["part"],
        actor=known(Actor, part["actor"], user),
        as_printed=part["as_printed"],
        title_as_printed=part["title_as_printed"],
        speaker_basis=part["speaker_basis"],
    )


def _words(told: Told, lines: Lines, article: Article) -> tuple[Revision, list[Selection]]:
    """The newest text of the article in which all words of the record stand, and where they stand in it.

    ValidationError where the file and the database have no such text in common.
    """
    spans = {span["uid"]: span for span in told.live("span")}
    places: dict[Any, list[Values]] = {}
    for place in told.parts["placement"]:
        if place["span"] in spans and place["start"] is not None:
            places.setdefault(place["revision"], []).append(place)
    whole = [
        lines.revisions[uid]
        for uid, found in places.items()
        if uid in lines.revisions and len(found) == len(spans)
    ]
    for text in sorted(whole, key=lambda text: text["number"], reverse=True):
        here = Revision.objects.filter(article=article, sha256=Revision.digest(text["text"]))
        revision = here.order_by("-number").first()
        if revision is not None:
            found = sorted(places[text["uid"]], key=lambda p: spans[p["span"]]["ordinal"])
            return revision, [_selection(spans[place["span"]], place) for place in found]
    raise ValidationError(_("Its words stand in no text that the article has here."))


def _selection(span: Values, place: Values) -> Selection:
    return Selection(span["role"], place["start"], place["end"], place["exact"])


def _marked(
    told: Told, lines: Lines, user: User, otherwise: Article
) -> tuple[Article, int | None, Sequence[Selection]]:
    """In which article, and in which text of it, the words of a link or reply record stand."""
    homes = [lines.article_of(place["revision"]) for place in told.parts["placement"]]
    if not told.live("span") or not any(homes):
        return otherwise, None, ()
    article = known(Article, next(home for home in homes if home), user)
    revision, selections = _words(told, lines, article)
    return article, revision.number, selections


def _response(told: Told, lines: Lines, user: User) -> Record:
    values = told.values
    claim = known(Statement, values["claim"], user)
    response = known(Statement, values["response"], user)
    article, revision, marker = _marked(told, lines, user, response.article)
    return respond(
        user=user,
        claim=claim,
        response=response,
        relation=values["relation"],
        link_basis=values["link_basis"],
        parties=[known(Actor, row["party"], user) for row in told.live("response_party")],
        answers=_answers(told, lines, claim),
        marker=marker,
        marker_in=article,
        marker_revision=revision,
        note=values["note"],
        uid=told.uid,
    )


def _answers(told: Told, lines: Lines, claim: Statement) -> list[Point]:
    """The claim's points of the same words."""
    wanted = {
        lines.points[row["point"]]["text"]
        for row in told.live("response_point")
        if row["point"] in lines.points
    }
    return [point for point in claim.live_points() if point.text in wanted]


def _restatement(told: Told, lines: Lines, user: User) -> Record:
    values = told.values
    return restate(
        user=user,
        of=known(Statement, values["of"], user),
        by=known(Statement, values["by"], user),
        scope=values["scope"],
        note=values["note"],
        uid=told.uid,
    )


def _reply_record(told: Told, lines: Lines, user: User) -> Record:
    values = told.values
    claim = known(Statement, values["claim"], user)
    article, revision, evidence = _marked(told, lines, user, claim.article)
    fields = ("status", "as_of", "due_on", "claimant_as_printed", "title_as_printed", "note")
    claimant = known(Actor, values["claimant"], user) if values["claimant"] else None
    record = record_reply(
        user=user,
        claim=claim,
        party=known(Actor, values["party"], user),
        details=ReplyDetails(**{f: values[f] for f in fields}, claimant=claimant),
        evidence=evidence,
        evidence_in=article,
        evidence_revision=revision,
        uid=told.uid,
    )
    for attempt in told.live("contact_attempt"):
        record = attempt_contact(
            user=user,
            record=record,
            version=record.version,
            attempted_at=attempt["attempted_at"],
            means=attempt["means"],
            outcome=attempt["outcome"],
        )
    return record


ACTS: dict[str, Callable[[Told, Lines, User], Any]] = {
    "actor": _actor,
    "post": _post,
    "article": _article,
    "statement": _statement,
    "response": _response,
    "restatement": _restatement,
    "reply_record": _reply_record,
}
