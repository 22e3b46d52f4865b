"""The import map: scripts import each other by plain addresses, browsers load the hashed ones."""

import json

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def importmap(context: Context, folder: str) -> SafeString:
    """A nonced `<script type="importmap">` from the plain address of each script in a folder
    of the static files to its hashed one.

    The keys are addresses, so relative imports work unchanged. Without hashed names (while
    developing, and in tests) there is nothing to map and the answer is empty.
    """
    hashed: dict[str, str] = getattr(staticfiles_storage, "hashed_files", {})
    scripts = sorted(name for name in hashed if name.startswith(folder) and name.endswith(".js"))
    if not scripts:
        return SafeString("")
    addresses = {f"{settings.STATIC_URL}{name}": static(name) for name in scripts}
    # Inside a script element HTML's escapes are not undone, so the one that matters is JSON's.
    content = json.dumps({"imports": addresses}).replace("<", r"\u003c")
    return format_html(
        '<script type="importmap" nonce="{}">{}</script>',
        context["csp_nonce"],
        mark_safe(content),  # noqa: S308  names of our own files
    )
