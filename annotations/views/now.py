"""What an open article page asks every few seconds: has anything changed, and who else is here."""

import uuid
from datetime import datetime
from zlib import crc32

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from annotations import permissions
from annotations.models import Presence, Revision
from annotations.models.pulse import Pulse, pulse
from annotations.views.desk import visible_article
from annotations.views.guard import only
from annotations.views.news import News, news_of


@require_GET
@only(permissions.may_read)
def article_now(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """204 where both marks, of what is recorded and of who is here, are still those asked with; two queries."""
    now, user = timezone.now(), request.user
    found = pulse(uid, user)
    if found is None:
        raise Http404
    names = Presence.objects.visible_to(user).names_in(found.article, user, now)
    people = str(crc32("\n".join(names).encode()))
    known, knew = request.GET.get("marks", ""), request.GET.get("people", "")
    if (known, knew) == (found.marks, people):
        return HttpResponse(status=204)
    # The first answer to a page names what it shows already, so that it is never told as new.
    asks_news = known != found.marks or not knew
    told = news_of(found.article, user, _since(request, now)) if asks_news else []
    return JsonResponse(
        {
            "marks": found.marks,
            "people": people,
            "names": names,
            "revision": found.revision,
            "corrected": _corrected(found, known),
            "news": [_plain(news) for news in told],
            "at": now.isoformat(),
        }
    )


def _since(request: HttpRequest, now: datetime) -> datetime:
    try:
        asked = parse_datetime(request.GET.get("at", ""))
    except ValueError:
        asked = None
    return asked if asked and timezone.is_aware(asked) else now


def _plain(news: News) -> dict[str, object]:
    statements = sorted(map(str, news.statements))
    return {
        "change": str(news.change),
        "words": news.words,
        "statements": statements,
        "part": news.part,
    }


def _corrected(found: Pulse, known: str) -> str:
    """Who changed the text, where it is another one than the page has; else an empty string."""
    if known.partition(".")[0] in ("", str(found.revision)):
        return ""
    newest = Revision.objects.select_related("received_by").get(
        article=found.article, number=found.revision
    )
    if newest.is_retraction:
        return _("%(who)s recorded that the article was retracted.") % {"who": newest.received_by}
    return _("%(who)s corrected the text.") % {"who": newest.received_by}


@require_POST
@only(permissions.sees_everything)
def article_here(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A sign of life from somebody who has the article open."""
    Presence.objects.note(visible_article(request, uid), request.user, timezone.now())
    return HttpResponse(status=204)


urlpatterns = [
    path("articles/<uuid:uid>/now/", article_now, name="article_now"),
    path("articles/<uuid:uid>/here/", article_here, name="article_here"),
]
