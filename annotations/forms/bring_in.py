"""The form that takes a file in: an upload or an address, and what its kind asks besides."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.forms.fields import TextField
from annotations.models.validators import refuse_unstorable

MB = 1024 * 1024


class BringInForm(forms.Form):
    """A file, or the address of one; `asked` are (name, label, help, initial) of the kind's own questions."""

    file = forms.FileField(label=_("File"), required=False)
    address = TextField(
        label=_("or its address (URL)"),
        max_length=2000,
        required=False,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    def __init__(
        self,
        *args: Any,
        endings: Sequence[str],
        largest: int,
        takes_address: bool,
        asked: Sequence[tuple[str, str | Promise, str | Promise, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.endings = tuple(endings)
        self.largest = largest
        self.asked = [name for name, *_rest in asked]
        self.fields["file"].widget.attrs["accept"] = ",".join(endings)
        self.fields["file"].help_text = _("%(endings)s; at most %(most)s MB.") % {
            "endings": ", ".join(endings),
            "most": largest // MB,
        }
        if not takes_address:
            del self.fields["address"]
        if not endings:
            del self.fields["file"]
        for name, label, help_text, initial in asked:
            self.fields[name] = TextField(
                label=str(label),
                help_text=str(help_text),
                initial=initial,
                required=False,
                max_length=300,
            )

    def clean_file(self) -> Any:
        """The upload, where its name ends as one of the kind's does and it is not too large."""
        upload: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if upload is None:
            return None
        name = upload.name or ""
        refuse_unstorable(name)
        if not name.lower().endswith(self.endings):
            raise ValidationError(
                _("“%(name)s” is not one of these: %(endings)s."),
                params={"name": name, "endings": ", ".join(self.endings)},
            )
        if (upload.size or 0) > self.largest:
            raise ValidationError(
                _("“%(name)s” is too large: the most is %(most)s MB."),
                params={"name": name, "most": self.largest // MB},
            )
        return upload

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return typed
        if typed.get("file") and typed.get("address"):
            self.add_error("address", _("There is a file and an address: give one of them."))
        elif not typed.get("file") and not typed.get("address"):
            first = next(name for name in ("file", "address") if name in self.fields)
            self.add_error(
                first,
                _("Choose a file, or give its address.")
                if "address" in self.fields
                else _("Choose a file."),
            )
        return typed

    def answers(self) -> dict[str, str]:
        """What the kind asked, by name."""
        return {name: self.cleaned_data[name] for name in self.asked}
