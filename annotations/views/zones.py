"""An article's zones: headline, dateline and boilerplate, set apart in its text."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from annotations import permissions
from annotations.editing.change import Stale
from annotations.editing.receive import mark_zones
from annotations.forms.errors import show
from annotations.forms.zones import ZonesForm
from annotations.models import Article, Zone
from annotations.models.record import LIVE
from annotations.views.desk import visible_article
from annotations.views.done import offer_undo
from annotations.views.guard import only

MEANWHILE = _(
    "Somebody changed the article meanwhile. This is how it is now; look again, then save."
)


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def zones(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Which words are set apart as headline, dateline or boilerplate."""
    article = visible_article(request, uid)
    if request.method == "GET":
        return _page(request, _form(article))
    form = _form(article, request.POST)
    status = 422
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            mark_zones(user=request.user, article=article, version=version, zones=form.wanted())
        except Stale:
            form, status = _form(visible_article(request, uid)), 409
            form.initial.update({name: request.POST.get(name) for name in ("words", "kind")})
            messages.error(request, MEANWHILE)
        except ValidationError as error:
            show(form, error)
        else:
            offer_undo(request, article, gettext("Saved."))
            return redirect(article)
    return _page(request, form, status)


def _form(article: Article, typed: QueryDict | None = None) -> ZonesForm:
    found = list(Zone.objects.filter(LIVE, revision=article.revision))
    initial = {
        "version": article.version,
        "revision": article.revision.number,
        "kept": [str(zone.uid) for zone in found],
    }
    return ZonesForm(article, found, typed, initial=initial)


def _page(request: HttpRequest, form: ZonesForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "article": form.article}
    return render(request, "annotations/article_zones.html", context, status=status)


urlpatterns = [path("articles/<uuid:uid>/zones/", zones, name="article_zones")]
