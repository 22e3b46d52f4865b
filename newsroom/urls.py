"""Every address of the site."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from newsroom.health import healthz
from newsroom.languages import choose_language, words
from newsroom.signing_in import SignIn, sign_in_again

urlpatterns = [
    path(
        "sign-in/",
        # Without PUT, which Django's form views take for a POST.
        SignIn.as_view(redirect_authenticated_user=True, http_method_names=["get", "head", "post"]),
        name="sign-in",
    ),
    path("sign-in/again/", sign_in_again, name="sign-in-again"),
    # Public, so that an ended session does not send someone to sign in and then back to sign out.
    path("sign-out/", login_not_required(LogoutView.as_view()), name="sign-out"),
    path("language/", choose_language, name="language"),
    path("words.js", words, name="words"),
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("api/", include("annotations.api.urls")),
    path("", include("annotations.urls")),
]
