"""What no text field takes, on either database."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def refuse_unstorable(value: str) -> None:
    """ValidationError for NUL (PostgreSQL refuses it) and for half a surrogate pair (no UTF-8 for it)."""
    found = _UNSTORABLE.search(value)
    if found:
        raise ValidationError(
            _("Character %(place)d cannot be stored (code %(code)s)."),
            code="unstorable",
            params={"place": found.start() + 1, "code": f"U+{ord(found.group()):04X}"},
        )


language_tag = RegexValidator(
    r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    _("Use a language tag such as en, fa-AF or ps."),
    code="language",
)
wikidata_item = RegexValidator(
    r"^Q[1-9][0-9]*$", _("A Wikidata item is a Q followed by digits."), code="wikidata"
)
