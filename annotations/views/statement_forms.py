"""Recording a statement beside its text, and changing it there."""

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotations import permissions
from annotations.editing.change import Stale
from annotations.editing.highlight import add_span, highlight, revise
from annotations.editing.place import Selection
from annotations.forms.errors import show
from annotations.forms.fields import NOT_WHOLE, SpansField
from annotations.forms.statement import StatementForms, initial_of
from annotations.models import Article, Statement
from annotations.models.span import role_words
from annotations.views.again import last_used
from annotations.views.carried import said_of
from annotations.views.chosen import chosen
from annotations.views.desk import (
    card,
    desk,
    open_article,
    panel,
    visible_article,
    visible_statement,
)
from annotations.views.guard import only
from annotations.views.guess import guess, offered_actors
from annotations.views.link_step import PendingLink, pending_link, step_of
from annotations.views.merged import Compared, Merged, settle
from annotations.views.sheets import earlier_statement, stored_statement, typed_statement

FORM = "annotations/partials/_statement_form.html"


@require_GET
def statement_card(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A statement's card in the panel of its article, or of the one named by `on` that it stands beside."""
    statement = visible_statement(request, uid)
    own = visible_article(request, statement.article.uid)
    return card(request, statement, open_article(request, own))


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def statement_new(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The form for words that were selected, filled with what the text suggests; then the statement."""
    article = visible_article(request, uid)
    pending = pending_link(request)
    if request.method == "GET":
        asked = chosen(article, request.GET)
        forms = StatementForms(request.user, initial=guess(article, asked, request.user))
        return _form(request, article, forms, pending=pending, complaint=asked.complaint)
    forms = StatementForms(request.user, request.POST)
    if forms.is_valid():
        made = _made_already(request, article, forms)
        if made:
            return _sent_again(request, article, made, pending)
        try:
            statement = highlight(
                user=request.user,
                article=article,
                revision_number=forms.form.cleaned_data["revision"],
                selections=forms.form.cleaned_data["spans"],
                details=forms.form.details(),
                parts=forms.part_inputs(),
                points=forms.point_inputs(),
                uid=forms.form.cleaned_data["made_as"],
            )
            return _recorded(request, article, statement, pending)
        except ValidationError as error:
            show(forms.form, error)
    return _form(request, article, forms, status=422, pending=pending)


def _made_already(
    request: HttpRequest, article: Article, forms: StatementForms
) -> Statement | None:
    """What this form made when it was sent before, and its answer got lost on the way."""
    own = Statement.objects.visible_to(request.user).for_display().filter(article=article)
    uid = forms.form.cleaned_data["made_as"]
    return own.filter(uid=uid, created_by_id=request.user.pk or 0).first() if uid else None


def _sent_again(
    request: HttpRequest, article: Article, made: Statement, pending: PendingLink | None
) -> HttpResponse:
    """As if it had been made now; what was typed since changes it."""
    data = request.POST.copy()
    data["version"] = "1"
    forms = StatementForms(request.user, data)
    assert forms.is_valid()  # but for the version, it was
    typed, stored = typed_statement(forms), stored_statement(forms, made)
    if all(typed[key].words == stored[key].words for key in typed):
        return _recorded(request, article, made, pending)
    return _settled(request, article, made, forms)


def _recorded(
    request: HttpRequest, article: Article, statement: Statement, pending: PendingLink | None
) -> HttpResponse:
    """Its card; where it was recorded to be linked, the last step of that."""
    said, here = said_of(statement, _("Saved.")), open_article(request, article)
    if pending is None:
        return desk(request, here, statement, said)
    fresh = visible_statement(request, statement.uid)
    step = step_of(pending.kept, fresh, pending.other_is, here, request.user)
    return desk(request, here, pending.kept, said, step=step)


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def statement_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The form for a statement that is there; what others saved meanwhile is merged, or shown beside it."""
    statement = visible_statement(request, uid)
    article = visible_article(request, statement.article.uid)
    if request.method == "GET":
        forms = StatementForms(request.user, initial=initial_of(statement, article.revision.number))
        return _form(request, article, forms, statement)
    forms = StatementForms(request.user, request.POST)
    if not forms.is_valid():
        return _form(request, article, forms, statement, 422)
    return _settled(request, article, statement, forms)


def _settled(
    request: HttpRequest, article: Article, statement: Statement, forms: StatementForms
) -> HttpResponse:
    compared = Compared(
        current=lambda: visible_statement(request, statement.uid),
        stored=stored_statement,
        typed=typed_statement,
        earlier=earlier_statement,
    )
    done = settle(
        request,
        forms,
        compared,
        again=lambda data: StatementForms(request.user, data),
        save=lambda typed: _revise(request, statement, typed),
    )
    if done.saved:
        return desk(request, article, done.saved, said_of(done.saved, done.said))
    return _form(request, article, done.forms, statement, done.status, merged=done.merged)


def _revise(request: HttpRequest, statement: Statement, forms: StatementForms) -> Statement:
    typed = forms.form.cleaned_data
    return revise(
        user=request.user,
        statement=statement,
        version=typed["version"] or 0,
        details=forms.form.details(),
        parts=forms.part_inputs(),
        points=forms.point_inputs(),
        selections=typed["spans"],
        revision_number=typed["revision"],
    )


def _form(
    request: HttpRequest,
    article: Article,
    forms: StatementForms,
    statement: Statement | None = None,
    status: int = 200,
    merged: Merged | None = None,
    pending: PendingLink | None = None,
    complaint: str = "",
) -> HttpResponse:
    context = {
        "pending": pending,
        "complaint": complaint,
        "on": open_article(request, article),
        "forms": forms,
        "statement": statement,
        "again": None if statement else last_used(article, request.user),
        "merged": merged,
        "offered": offered_actors(article, forms, request.user),
        "blank": forms.blank_parts(),
        "blank_point": forms.points.empty_form,
    }
    return panel(request, FORM, context, article, status)


@require_POST
@only(permissions.may_annotate)
def statement_spans(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One more span for a statement: content, source or cue."""
    statement = visible_statement(request, uid)
    article = open_article(request, statement.article)
    try:
        selection, version, revision = _one_span(request)
        statement = add_span(
            user=request.user,
            statement=statement,
            version=version,
            selection=selection,
            revision_number=revision,
        )
    except Stale:
        said = _("Somebody changed this statement just now. Look, then add the words again.")
        return desk(request, article, statement, said, 409)
    except ValidationError as error:
        return desk(request, article, statement, " ".join(error.messages), 422)
    return desk(
        request,
        article,
        statement,
        said_of(statement, _("Added as %(role)s.") % {"role": role_words(selection.role)}),
    )


def _one_span(request: HttpRequest) -> tuple[Selection, int, int]:
    """The selected words, the statement's version and the revision's number; ValidationError."""
    spans = SpansField(roles=("content", "source", "cue"), required=False)
    try:
        [selection] = spans.clean(request.POST.get("spans"))
        return selection, int(request.POST["version"]), int(request.POST["revision"])
    except (KeyError, ValueError) as error:
        raise ValidationError(NOT_WHOLE) from error


urlpatterns = [
    path("articles/<uuid:uid>/statements/new/", statement_new, name="statement_new"),
    path("statements/<uuid:uid>/card/", statement_card, name="statement_card"),
    path("statements/<uuid:uid>/edit/", statement_edit, name="statement_edit"),
    path("statements/<uuid:uid>/spans/", statement_spans, name="statement_spans"),
]
