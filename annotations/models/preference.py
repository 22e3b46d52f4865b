"""How somebody wants the pages to behave: one row a person, theirs alone, without a history."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.keyboard import keys_of
from annotations.permissions import User


class Preference(models.Model):
    """Whoever has no row has the defaults."""

    class Quotes(models.TextChoices):
        """What becomes of quotation marks at the ends of a selection (text/quotation-marks.js)."""

        KEEP = "keep", _("Keep them as selected")
        IN = "in", _("Take them in")
        OUT = "out", _("Leave them out")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="preference",
    )
    # Keys without Ctrl or Alt can be switched off (WCAG 2.1.4): speech input types them by accident.
    single_keys = models.BooleanField(default=True)
    bindings = models.JSONField(default=dict, blank=True)  # command → chord, where not the default

    quotes = models.CharField(max_length=10, choices=Quotes.choices, default=Quotes.KEEP)
    language = models.CharField(max_length=10, blank=True, default="")  # of the pages; “” for unset

    def __str__(self) -> str:
        return f"preferences of {self.user}"

    @classmethod
    def of(cls, user: User) -> "Preference":
        """The user's row, or the defaults, unsaved; no query for the one who is signed in."""
        kept: Preference | None = getattr(user, "preference", None)
        return kept or cls()

    @property
    def keys(self) -> dict[str, Any]:
        """The chord of every command; “” where it has none."""
        return keys_of(self.bindings)
