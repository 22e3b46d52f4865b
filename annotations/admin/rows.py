"""What is no record of the domain in the admin: its rows are looked at, and acted on by actions alone."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse


class RowAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # no generic at run time
    """Read by those for whom `allows` says yes; nothing is typed here."""

    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions: Sequence[str] = ()

    def allows(self, request: HttpRequest) -> bool:
        """Whether this person sees the rows at all."""
        raise NotImplementedError

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.allows(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.allows(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the filters that the page shows. PostgreSQL fails on a NUL."""
        return lookup in {f"{name}__exact" for name in self.list_filter} and "\0" not in value

    def history_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Django looks for the row before it asks for the right, and so tells what is there."""
        if not self.allows(request):
            raise PermissionDenied
        return super().history_view(request, *args, **kwargs)
