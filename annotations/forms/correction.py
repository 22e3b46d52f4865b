"""The form for a correction: the new text, why it changes, what was looked at before saving."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from annotations.editing.correct import refuse_same
from annotations.editing.receive import as_stored, refuse_unfit
from annotations.forms.errors import show
from annotations.forms.fields import TextField
from annotations.forms.text import TextForm
from annotations.models import Article, Revision

REASONS = {
    Revision.Reason.CORRECTION: _("Correction: something in it was wrong"),
    Revision.Reason.UPDATE: _("Update: the story went on"),
    Revision.Reason.RETRACTION: _("Retraction: the outlet took the article back"),
}


class CorrectionForm(TextForm):
    """The corrected text of an article. `seen` is the digest of the text whose preview was shown."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = TextField(required=False, max_length=64, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Why does the text change?"),
        choices=[(reason.value, words) for reason, words in REASONS.items()],
        initial=Revision.Reason.CORRECTION.value,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why the text changes.")},
    )
    note = TextField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("What the outlet says about the change, or where it says so."),
    )

    def __init__(self, article: Article, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial=_initial(article))
        self.article = article
        self.fields["text"].label = _("The text as it now reads")

    def is_pasted(self, text: str) -> bool:
        """The field comes filled with the text that is there: that is nobody's."""
        digest = Revision.digest(as_stored(text))
        is_there = self.article.revisions.filter(sha256=digest).exists()
        return super().is_pasted(text) and not is_there

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if self.errors:
            return typed
        try:
            refuse_unfit(self.stored())
            refuse_same(self.article, self.stored(), typed["reason"])
        except ValidationError as error:
            show(self, error)
        return typed

    def stored(self) -> str:
        """The text as it would be stored."""
        return as_stored(self.received())

    def is_seen(self) -> bool:
        """Whether the preview that was looked at is of this very text."""
        seen: str = self.cleaned_data["seen"]
        return seen == Revision.digest(self.stored())

    def carry_text(self) -> None:
        """Show the form again with the text in its field, also where it came as a file, as looked at."""
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        data["text"], data["seen"] = self.received(), Revision.digest(self.stored())
        self.data = data


def _initial(article: Article) -> dict[str, Any]:
    """The text that is there. A byte order mark that belongs to it gets one before it, to be taken off again."""
    text = article.revision.text
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return {"version": article.version, "text": mark + text}
