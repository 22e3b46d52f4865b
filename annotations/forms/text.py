"""An article's text as it comes in: pasted, or uploaded as a .txt file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from annotations.editing.receive import decode
from annotations.forms.fields import TextField
from annotations.models.validators import refuse_unstorable

LARGEST_FILE = 10 * 1024 * 1024 * 4  # bytes: the longest text in the widest UTF-8


class TextForm(forms.Form):
    """Pasted text or a .txt file: one of them."""

    text = TextField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
    )
    file = forms.FileField(
        label=_("or a .txt file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,text/plain"}),
        help_text=_("UTF-8 text; at most 10 million characters."),
    )

    def clean_file(self) -> str:
        """The file's text; empty where there is no file."""
        upload: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if upload is None:
            return ""
        if not (upload.name or "").lower().endswith(".txt"):
            raise ValidationError(
                _("“%(name)s” is not a .txt file. Save it as plain text first, or paste the text."),
                params={"name": upload.name},
            )
        if (upload.size or 0) > LARGEST_FILE:
            raise ValidationError(
                _("“%(name)s” is too large: the most is %(most)s MB."),
                params={"name": upload.name, "most": LARGEST_FILE // 1024 // 1024},
            )
        try:
            text = decode(upload.read())
            refuse_unstorable(text)
        except ValidationError as error:
            raise ValidationError(f"“{upload.name}”: {' '.join(error.messages)}") from error
        return text

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if "file" in self.errors or "text" in self.errors:
            return typed
        if typed.get("file") and self.is_pasted(typed.get("text") or ""):
            self.add_error("file", _("There is a file and pasted text: give one of them."))
        elif not (typed.get("text") or typed.get("file") or "").strip():
            self.add_error("text", _("Paste the text, or choose a file."))
        return typed

    def is_pasted(self, text: str) -> bool:
        """Whether somebody put the field's text there, so that a file beside it leaves two to choose from."""
        return bool(text.strip())

    def received(self) -> str:
        """The text as received, from the field or the file."""
        text: str = self.cleaned_data["file"] or self.cleaned_data["text"]
        return text
