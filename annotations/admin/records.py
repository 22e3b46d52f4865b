"""What every record is in the admin: searchable, with its history, and read only."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from simple_history.admin import SimpleHistoryAdmin

from annotations import permissions
from annotations.admin.history import told_rows

LONGEST_KEY = 18  # digits: a longer one fits no database's integer


class RecordAdmin(SimpleHistoryAdmin):
    """Read by those who may open the admin; changes are made on the site's pages."""

    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    object_history_list_template = "admin/annotations/history_list.html"
    actions: Sequence[str] = ()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.may_open_admin(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return permissions.may_open_admin(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the filters that the page shows; an address asks no other column or relation.

        PostgreSQL fails on a NUL.
        """
        asked = {
            f"{each}__exact" if isinstance(each, str) else each.parameter_name
            for each in self.list_filter
        }
        return lookup in asked and "\0" not in value

    def get_urls(self) -> list[Any]:
        """Without simple-history's page of one version: a POST to it writes that version back."""
        urls: list[Any] = super(SimpleHistoryAdmin, self).get_urls()
        return urls

    def history_form_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        raise PermissionDenied

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not is_key(object_id):
            raise Http404
        response: HttpResponse = super().history_view(request, object_id, extra_context)
        return response

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True
    ) -> None:
        """What changed, in words, instead of simple-history's columns alone."""
        historical_records.object_list = told_rows(self.model, historical_records)


class PartInline(admin.TabularInline):  # type: ignore[type-arg]  # no generic at run time
    """Rows that belong to a record, read only; `fields` are shown."""

    extra = 0
    max_num = 0
    can_delete = False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return flatten(self.fields or ())

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return permissions.may_open_admin(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def is_key(given: str) -> bool:
    """Whether this can be the key of a row."""
    return given.isascii() and given.isdecimal() and len(given) <= LONGEST_KEY


def link(address: str, words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, words)
