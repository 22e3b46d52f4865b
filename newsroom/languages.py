"""The language of the pages: how it is chosen, and where the scripts get their words in it."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import JavaScriptCatalog

from annotations.models import Preference

YEAR = 365 * 24 * 60 * 60
CATALOGUE = "djangojs"


class LanguageForm(forms.Form):
    """A language, and the page to go back to."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
    next = forms.CharField(required=False)


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Back to the page, in another language: a cookie for this browser, a preference for an account."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return redirect("home")
    language = form.cleaned_data["language"]
    if request.user.is_authenticated:
        chosen = {"language": language}
        Preference.objects.update_or_create(user_id=request.user.pk, defaults=chosen)
    return remember(redirect(_within(request, form.cleaned_data["next"])), language)


def _within(request: HttpRequest, address: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else reverse("home")


def remember(response: HttpResponse, language: str) -> HttpResponse:
    """The answer, with the cookie that Django's middleware reads; as it is where none was chosen."""
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response


class Words(JavaScriptCatalog):
    """Django's catalogue for scripts, of this project's own words alone."""

    def get_paths(self, packages: list[str]) -> list[Any]:
        return list(settings.LOCALE_PATHS)


@login_not_required
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """The scripts' words in the language that is asked for; kept for good, since others have another address."""
    asked, version = request.GET.get("language", ""), request.GET.get("version", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(language):
        response: HttpResponse = Words(packages=["annotations"]).get(request)
    if version and version == version_of(asked):
        response.same_for_everybody = True  # type: ignore[attr-defined]  # read by private_pages
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response


def words_address(language: str) -> str:
    """Where the scripts get their words in the language; “” for English, which stands in the scripts."""
    version = version_of(language)
    return f"{reverse('words')}?language={language}&version={version}" if version else ""


@cache
def version_of(language: str) -> str:
    """What changes with the catalogue; “” for a language without one."""
    folder = translation.to_locale(language)
    for root in settings.LOCALE_PATHS:
        compiled = Path(root) / folder / "LC_MESSAGES" / f"{CATALOGUE}.mo"
        if language in dict(settings.LANGUAGES) and compiled.exists():
            return hashlib.sha256(compiled.read_bytes()).hexdigest()[:12]
    return ""
