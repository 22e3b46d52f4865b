"""The database itself refuses each defect: rows are written past the models' own checks."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from annotations.editing.assign import give
from annotations.editing.issue import issue
from annotations.editing.name import PostDetails, give_post
from annotations.models import (
    Actor,
    ActorAlias,
    Article,
    Assignment,
    Attribution,
    Notice,
    Placement,
    Point,
    Post,
    Presence,
    ReplyRecord,
    Response,
    ResponseParty,
    ResponsePoint,
    Restatement,
    Revision,
    SavedExport,
    Span,
    Statement,
    Token,
    Zone,
)
from annotations.models.idempotency import IdempotencyKey
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db


def _set(row: models.Model, **values: Any) -> None:
    """The row's columns, past every check but the database's."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def _copy(row: models.Model, **values: Any) -> None:
    """A second row like this one, past every check but the database's."""
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "uid"}
    }
    type(row)._default_manager.bulk_create([type(row)(**(fields | values))])


def _zone() -> Zone:
    make_article(text="Head\nBody", headline="Head")
    return Zone.objects.get()


def _post() -> Post:
    details = PostDetails("head", make_actor())
    return give_post(user=usual(EDITOR), holder=make_actor(), details=details)


def _assignment() -> Assignment:
    return give(user=usual(EDITOR), article=make_article(), editor=usual(EDITOR))


def _notice() -> Notice:
    make_response(make_statement(user=make_user()))
    return Notice.objects.get()


def _presence() -> Presence:
    article, user, now = make_article(), usual(EDITOR), timezone.now()
    return Presence.objects.create(article=article, user=user, seen_at=now)


def _token() -> Token:
    return issue(user=usual(EDITOR), name="x", scope="read", lasts=timedelta(days=1)).token


def _key() -> IdempotencyKey:
    return IdempotencyKey.objects.claim(usual(EDITOR).pk, "key", "", timezone.now())


def _saved_export() -> SavedExport:
    now = timezone.now()
    return SavedExport.objects.create(owner=usual(EDITOR), created_at=now, expires_at=now)


def _placement() -> Placement:
    make_statement()
    return Placement.objects.get()


def _span(role: str = "content") -> Span:
    accused = make_actor()
    claim = make_statement(about=[accused], source="The ministry")
    make_response(claim, marker="denied the claim")
    make_reply_record(claim, evidence="Nothing of the kind happened")
    return Span.objects.filter(role=role).order_by("id")[0]


def _attribution(part: str) -> Attribution:
    make_statement(about=[make_actor()])
    return Attribution.objects.get(part=part)


def _link_with_party_and_point() -> Response:
    claim = make_statement(about=[make_actor()], points=["It crossed"])
    return make_response(claim, parties=claim.accused(), answers=claim.live_points())


DEFECTS: dict[str, Callable[[], None]] = {
    "actor_has_a_name": lambda: _set(make_actor(), name=""),
    "actor_is_not_merged_into_itself": lambda: _set(make_actor(), merged_into=models.F("id")),
    "wikidata_item_names_one_actor": lambda: _copy(make_actor(wikidata="Q1")),
    "alias_has_a_name": lambda: _set(make_actor(aliases=["x"]).aliases.get(), name=""),
    "alias_is_recorded_once_for_an_actor": lambda: _copy(make_actor(aliases=["x"]).aliases.get()),
    "post_begins_before_it_ends": lambda: _set(
        _post(), since=date(2026, 1, 2), until=date(2026, 1, 1)
    ),
    "post_is_held_in_another_actor": lambda: _set(_post(), organisation=models.F("holder")),
    "article_url_is_unique_where_given": lambda: _copy(make_article(url="https://example.org/")),
    "article_is_with_one_editor_at_a_time": lambda: _copy(_assignment()),
    "assignment_ends_at_a_time_and_by_somebody": lambda: _set(
        _assignment(), released_at="2026-01-01T00:00Z"
    ),
    "link_has_one_unseen_notice_for_each_recipient": lambda: _copy(_notice()),
    "presence_is_noted_once": lambda: _copy(_presence()),
    "token_ends_after_it_begins": lambda: _set(_token(), expires_at=models.F("created_at")),
    "key_is_one_persons_once": lambda: _copy(_key()),
    "ready_export_has_a_size": lambda: _set(_saved_export(), state="ready"),
    "nobody_is_told_of_their_own_act": lambda: _set(_notice(), by=models.F("recipient")),
    "revision_number_is_unique_in_its_article": lambda: _copy(make_article().revision),
    "revision_numbers_start_at_one": lambda: _set(make_article().revision, number=0),
    "revision_says_why_it_came_unless_it_is_the_first": lambda: _set(
        make_article().revision, reason="update"
    ),
    "revision_has_text": lambda: _set(make_article().revision, text=""),
    "zone_starts_before_it_ends": lambda: _set(_zone(), end=models.F("start")),
    "zone_is_recorded_once": lambda: _copy(_zone()),
    "said_on_has_a_precision": lambda: _set(make_statement(), said_on=date(2026, 1, 1)),
    "statement_goes_back_with_a_reason": lambda: _set(make_statement(), state="rejected"),
    "response_goes_back_with_a_reason": lambda: _set(make_response(), state="changes_requested"),
    "restatement_goes_back_with_a_reason": lambda: _set(make_restatement(), state="rejected"),
    "reply_record_goes_back_with_a_reason": lambda: _set(make_reply_record(), state="rejected"),
    "response_is_not_to_itself": lambda: _set(make_response(), response=models.F("claim")),
    "response_is_linked_once_for_a_relation": lambda: _copy(make_response()),
    "response_names_a_party_once": lambda: _copy(_link_with_party_and_point().parties.get()),
    "response_names_a_point_once": lambda: _copy(_link_with_party_and_point().answers.get()),
    "restatement_is_not_of_itself": lambda: _set(make_restatement(), by=models.F("of")),
    "restatement_is_recorded_once": lambda: _copy(make_restatement()),
    "reply_record_is_kept_once_for_a_claim_and_party": lambda: _copy(make_reply_record()),
    "span_has_one_owner_that_fits_its_role": lambda: _set(_span(), role="marker"),
    "statement_span_has_its_own_ordinal": lambda: _copy(_span()),
    "marker_has_its_own_ordinal": lambda: _copy(_span("marker")),
    "evidence_has_its_own_ordinal": lambda: _copy(_span("evidence")),
    "span_is_placed_once_in_a_revision": lambda: _copy(_placement()),
    "placement_has_a_place_unless_it_needs_one": lambda: _set(_placement(), state="needs_placing"),
    "placement_starts_before_it_ends": lambda: _set(_placement(), start=5, end=4, exact="x"),
    "placement_is_as_long_as_its_words": lambda: _set(_placement(), exact="other words"),
    "placement_has_words": lambda: _set(_placement(), exact="", start=None, end=None),
    "speaker_and_nobody_else_has_a_basis": lambda: _set(_attribution("speaker"), speaker_basis=""),
    "actor_has_a_part_once": lambda: _copy(_attribution("about"), ordinal=9),
    "attribution_has_its_own_ordinal": lambda: _copy(
        _attribution("about"), actor_id=make_actor().pk
    ),
    "point_has_its_own_ordinal": lambda: _copy(make_statement(points=["x"]).points.get()),
    "point_has_text": lambda: _set(make_statement(points=["x"]).points.get(), text=""),
}


@pytest.mark.parametrize("defect", DEFECTS.values(), ids=DEFECTS)
def test_the_database_refuses_the_defect(defect: Callable[[], None]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        defect()


def test_every_constraint_has_its_defect() -> None:
    declared = {
        constraint.name
        for model in apps.get_app_config("annotations").get_models()
        if not model.__name__.startswith("Historical")
        for constraint in model._meta.constraints
    }

    assert declared == set(DEFECTS)


@pytest.mark.parametrize(
    "owners",
    [
        {"statement": None},
        {"response": Response},
        {"reply_record": ReplyRecord},
        {"statement": None, "response": Response},
    ],
    ids=["none", "two", "two others", "one that does not fit"],
)
def test_a_content_span_belongs_to_one_statement(owners: dict[str, Any]) -> None:
    span = _span()
    values = {name: model.objects.get() if model else None for name, model in owners.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        _set(span, **values)


def test_a_placement_as_long_as_its_words_counts_code_points() -> None:
    article = make_article(text="a😀b")

    make_statement(article, "😀b")

    assert Placement.objects.filter(exact="😀b", start=1, end=3).exists()


def test_what_was_taken_out_makes_room() -> None:
    alias = make_actor(aliases=["x"]).aliases.get()
    _set(alias, withdrawn_at="2026-01-01T00:00Z")

    _copy(alias)

    assert ActorAlias.objects.filter(name="x").count() == 2


PROTECTED: dict[type[models.Model], Callable[[], models.Model]] = {
    Actor: lambda: make_statement().speakers()[0].actor,
    Article: lambda: make_statement().article,
    Revision: lambda: make_statement().article.revision,
    Statement: make_statement,
    Span: _span,
    Point: lambda: _link_with_party_and_point().answers.get().point,
    Response: _link_with_party_and_point,
}


@pytest.mark.parametrize("make", PROTECTED.values(), ids=[model.__name__ for model in PROTECTED])
def test_what_others_stand_on_is_not_removed(make: Callable[[], models.Model]) -> None:
    row = make()

    with pytest.raises(models.ProtectedError):
        row.delete()


def test_every_key_between_records_protects() -> None:
    unprotected = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("annotations").get_models()
        if not model.__name__.startswith("Historical")
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is not models.PROTECT
    }

    assert unprotected == set()


def test_each_row_of_a_link_is_counted_once() -> None:
    _link_with_party_and_point()

    assert (ResponseParty.objects.count(), ResponsePoint.objects.count()) == (1, 1)


def test_addresses_may_be_missing_more_than_once() -> None:
    make_article()

    make_article()

    assert Article.objects.filter(url="").count() == 2


def test_a_restatement_that_was_deleted_makes_room() -> None:
    link = make_restatement()
    _set(link, state="withdrawn")

    _copy(link, state="draft")

    assert Restatement.objects.count() == 2
