"""An article's text is corrected: first what would happen, then the correction."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from annotations import permissions
from annotations.anchoring.carry import Outcome
from annotations.editing.change import Stale
from annotations.editing.correct import Fate, correct
from annotations.forms.correction import CorrectionForm
from annotations.forms.errors import name_version, show
from annotations.models import Article
from annotations.permissions import User
from annotations.views.desk import visible_article
from annotations.views.foreseen import affected_by, counted, foreseen
from annotations.views.guard import only
from annotations.views.outcomes import others, outcome_line, statements
from annotations.views.stale import last_editor


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def article_correct(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The new text; what it would do to the work in the old one; then, when that was seen, the correction."""
    article = visible_article(request, uid)
    if request.method == "GET":
        return _page(request, article, CorrectionForm(article))
    form = CorrectionForm(article, request.POST, request.FILES)
    is_whole = form.is_valid()
    if form.cleaned_data.get("version") not in (None, article.version):
        return _page(request, article, form, 409)
    if is_whole and "save" in request.POST and form.is_seen():
        try:
            fates = _correct(request.user, article, form)
        except Stale:
            return _page(request, visible_article(request, uid), form, 409)
        except ValidationError as error:
            show(form, error)
        else:
            now = visible_article(request, uid)
            messages.success(request, _said(fates, now, request.user, article))
            return redirect(article)
    return _page(request, article, form, 422 if form.errors else 200)


def _correct(user: User, article: Article, form: CorrectionForm) -> list[Fate]:
    typed = form.cleaned_data
    return correct(
        user=user,
        article=article,
        version=typed["version"] or 0,
        text=form.received(),
        reason=typed["reason"],
        note=typed["note"],
    )


def _page(
    request: HttpRequest, article: Article, form: CorrectionForm, status: int = 200
) -> HttpResponse:
    """The form and, where what was sent is whole, what it would do to the newest text."""
    context = {"article": article, "form": form, "stale_by": ""}
    if status == 409:
        name_version(form, article.version)
        context["stale_by"] = last_editor(article)
    if form.is_bound and not form.errors:
        context["unseen"] = "save" in request.POST and not form.is_seen()
        form.carry_text()
        context["foreseen"] = foreseen(
            article, form.stored(), form.cleaned_data["reason"], request.user
        )
    return render(request, "annotations/article_correct.html", context, status=status)


def _said(fates: list[Fate], article: Article, user: User, before: Article) -> SafeString:
    """What became of the statements, of the words of links and reply records, and of the article's name.

    `before` is the article as it was.
    """
    affected = affected_by(fates, article, user, before.revision.number)
    lines = [
        outcome_line(counted(row for row in affected if row.is_statement), statements, done=True),
        outcome_line(counted(row for row in affected if not row.is_statement), others, done=True),
    ]
    said = " ".join([gettext("Corrected."), *(f"{line}." for line in lines if line)])
    if article.title != before.title:
        said += " " + gettext("The article now goes by “%(title)s”.") % {"title": article.title}
    if not any(row.outcome == Outcome.NEEDS_PLACING for row in affected):
        return format_html("{}", said)
    queue = f"{reverse('placing')}?article={article.uid}"
    return format_html('{} <a href="{}">{}</a>', said, queue, gettext("Place what waits"))


urlpatterns = [
    path("articles/<uuid:uid>/correct/", article_correct, name="article_correct"),
]
