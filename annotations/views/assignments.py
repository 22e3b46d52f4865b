"""Take an article, and give it back."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations import permissions
from annotations.editing.assign import Taken, give, give_back
from annotations.views.desk import desk, panel, visible_article
from annotations.views.guard import only


@require_POST
@only(permissions.may_annotate)
def article_take(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The article is the user's; who has it is asked about first, and `instead_of` is the yes."""
    article = visible_article(request, uid)
    try:
        give(user=request.user, article=article, editor=request.user, instead_of=_known(request))
    except Taken as taken:
        context = {"assignment": taken.assignment, "next": request.POST.get("next", "")}
        return panel(request, "annotations/partials/_take_over.html", context, article, 409)
    return desk(request, article, None, _("This article is yours now. It stands on your desk."))


@require_POST
@only(permissions.may_annotate)
def article_give_back(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The article is nobody's again; nothing is done where somebody else has it by now."""
    article = visible_article(request, uid)
    if give_back(user=request.user, article=article):
        return desk(request, article, None, _("You gave the article back."))
    return desk(request, article, None, _("It is not with you any more."))


def _known(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("instead_of", ""))
    except ValueError:
        return None


urlpatterns = [
    path("articles/<uuid:uid>/take/", article_take, name="article_take"),
    path("articles/<uuid:uid>/give-back/", article_give_back, name="article_give_back"),
]
