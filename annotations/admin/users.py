"""Accounts and roles: for superusers alone, and nobody is deleted."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from annotations import permissions

admin.site.unregister([User, Group])


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]  # no generic at run time
    """What a person may do follows from their roles; an unused account is made inactive."""

    list_display = ("username", "email", "last_name", "role_names", "is_active", "is_superuser")
    list_filter = ("is_active", "is_superuser", "groups")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Rights"), {"fields": ("is_active", "is_superuser", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        return ", ".join(sorted(group.name for group in user.groups.all()))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.may_manage_users(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return permissions.may_manage_users(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.may_manage_users(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return permissions.may_manage_users(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def history_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _for_managers(super().history_view, request, *args, **kwargs)


@admin.register(Group)
class RoleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # no generic at run time
    """The roles stand in permissions.py: they can be looked at, not renamed."""

    fields = ("name", "people")
    readonly_fields = ("name", "people")

    @admin.display(description=_("people"))
    def people(self, group: Group) -> str:
        return ", ".join(group.user_set.order_by("username").values_list("username", flat=True))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.may_manage_users(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return permissions.may_manage_users(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def history_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _for_managers(super().history_view, request, *args, **kwargs)


def _for_managers(
    view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    """Django looks for the row before it asks for the right, and so tells who is there."""
    if not permissions.may_manage_users(request.user):
        raise PermissionDenied
    return view(request, *args, **kwargs)
