"""The admin site: open to roles, not to Django's staff flag; people sign in on the site."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotations import permissions

METHODS = ["GET", "HEAD", "POST"]  # Django's own pages take any other for a GET


class NewsroomAdminSite(AdminSite):
    site_header = _("Newsroom review")
    site_title = _("Newsroom review")
    index_title = _("What there is to review")
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        return permissions.may_open_admin(request.user)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Django sends people without the right to sign in again; ours are told no."""
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, guarded)

    @method_decorator([never_cache, login_not_required, require_http_methods(METHODS)])
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """No second sign-in page: the site's own locks out guessers and checks `next`."""
        index = reverse("admin:index")
        if not request.user.is_authenticated:
            wanted = request.GET.get(REDIRECT_FIELD_NAME, index)
            return redirect_to_login(wanted, settings.LOGIN_URL)
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect(index)
