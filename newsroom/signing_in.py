"""Signing in again in place: what a page asks whose session ended while somebody typed in it."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from annotations.models import Preference
from newsroom.languages import remember


class SignIn(LoginView):
    """Django's own; whoever chose a language has it on every machine they sign in on."""

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        return remember(response, Preference.of(form.get_user()).language)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Who is signed in here, and the token that their writes carry; a POST signs in first.

    By the sign-in page's own form: the same lockout counts the tries, and the same token is asked for.
    """
    if request.method == "POST":
        form = AuthenticationForm(request, request.POST)
        if not form.is_valid():
            wrong = _("That name and password don’t match.")
            return JsonResponse({"message": wrong}, status=422)
        login(request, form.get_user())
    name = request.user.get_username()
    return JsonResponse({"user": request.user.pk, "name": name, "token": get_token(request)})


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's own answer, marked: a page that sees it fetches the new token and sends once more."""
    response = csrf_failure(request, reason=reason)
    response["X-Refused"] = "token"
    return response
