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


@require_safe
@only(permissions.may_read)
def statements(request: HttpRequest) -> HttpResponse:
    """Statements by what they say, who said them, and how they are answered."""
    filters = StatementFilters(request.GET, request=request)
    rows = filters.dated(filters.qs).with_reply_counts(request.user).for_display()  # type: ignore[attr-defined]
    found = listing(
        rows,
        filters.columns,
        anchors=filters.dated(Statement.objects.visible_to(request.user)),
        asked=request.GET,
        query=filters.without(),
    )
    context = {
        "filters": filters,
        "chips": filters.chips(),
        "listing": found,
        "rows": [row_of(statement) for statement in found.page.rows],
    }
    return render(request, "annotations/statement_list.html", context)


def row_of(statement: Statement) -> Row:
    """The row of a statement that `with_reply_counts` has annotated."""
    noted = vars(statement)
    kind = statement.kind(is_answered=bool(noted["response_count"]), is_answer=noted["is_response"])
    return Row(statement, noted["response_count"], noted["is_open"], noted["is_answered"], kind)


urlpatterns = [path("statements/", statements, name="statements")]
