"""The list of statements."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from annotations import permissions
from annotations.forms.filters import StatementFilters
from annotations.models import Statement
from annotations.views.guard import only
from annotations.views.listing import listing


@dataclass(frozen=True)
class Row:
    """A statement as the list shows it, with what `with_reply_counts` annotated."""

    statement: Statement
    response_count: int
    is_open: bool
    is_answered: bool
    kind: str
    everything: bool  # or approved work only: then what is not seen may still be there


@require_safe
@only(permissions.may_read)
def statements(request: HttpRequest) -> HttpResponse:
    """Statements by what they say, who said them, and how they are answered."""
    filters = StatementFilters(request.GET, request=request)
    found = listing(
        filters.qs,
        filters.columns,
        anchors=Statement.objects.visible_to(request.user),
        asked=request.GET,
        query=filters.without(),
    )
    context = {
        "filters": filters,
        "chips": filters.chips(),
        "listing": found,
        "rows": rows_of(found.page.rows, request.user),
    }
    return render(request, "annotations/statement_list.html", context)


def rows_of(page: list[Statement], user: permissions.User) -> list[Row]:
    """The page's rows with all they show.

    Asked for by key once the page is known: counted over the whole list, replies would cost the more the
    longer it is, since a database may answer such questions for every row first.
    """
    shown = Statement.objects.visible_to(user).filter(pk__in=[row.pk for row in page])
    dressed = {row.pk: row for row in shown.with_reply_counts(user).for_display()}
    everything = permissions.sees_everything(user)
    return [row_of(dressed[row.pk], everything) for row in page if row.pk in dressed]


def row_of(statement: Statement, everything: bool) -> Row:
    """The row of a statement that `with_reply_counts` has annotated."""
    noted = vars(statement)
    kind = statement.kind(is_answered=bool(noted["response_count"]), is_answer=noted["is_response"])
    return Row(
        statement, noted["response_count"], noted["is_open"], noted["is_answered"], kind, everything
    )


urlpatterns = [path("statements/", statements, name="statements")]
