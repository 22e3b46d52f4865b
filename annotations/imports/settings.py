"""What is asked beside a file of articles."""

from django.utils.translation import gettext_lazy as _

from annotations.imports.plan import Setting

ARTICLE_SETTINGS = (
    Setting("outlet", _("Outlet"), _("Where the file does not say it.")),
    Setting(
        "language",
        _("Language"),
        _("A language tag: en, fa-AF, ps …; where the file does not say it."),
        "en",
    ),
)
