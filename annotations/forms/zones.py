"""The form for an article's zones: which stay, and words that are set apart from now on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.anchoring.quotation import NotFoundOnce, find
from annotations.forms.fields import TextField
from annotations.models import Article, Zone
from annotations.models.words import listed

FEW = 5  # places named at most where words stand more than once


class ZonesForm(forms.Form):
    """Which zones of the article's text stay, and one more, by its exact words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    kept = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Set apart now")
    )
    words = TextField(
        required=False,
        max_length=2000,
        strip=False,
        label=_("Set these words apart too"),
        help_text=_("Exactly as they stand in the text."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(required=False, label=_("As"), choices=Zone.Kind.choices)

    def __init__(self, article: Article, zones: list[Zone], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        self.zones = {str(zone.uid): zone for zone in zones}
        kept = self.fields["kept"]
        assert isinstance(kept, forms.MultipleChoiceField)
        kept.choices = [
            (uid, f"{zone.get_kind_display()}: “{self._words(zone)}”")
            for uid, zone in self.zones.items()
        ]

    def _words(self, zone: Zone) -> str:
        words = self.article.revision.text[zone.start : zone.end]
        return words if len(words) <= 80 else words[:79] + "…"

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("revision") != self.article.revision.number:
            raise ValidationError(_("The text was corrected meanwhile. Look at the zones again."))
        if typed.get("words"):
            self._find(typed["words"])
        return typed

    def _find(self, words: str) -> None:
        text = self.article.revision.text
        try:
            self.found = find(text, words)
        except NotFoundOnce as error:
            lines = [text.count("\n", 0, place) + 1 for place in error.places[:FEW]]
            where = listed(map(str, lines))
            self.add_error(
                "words",
                gettext(
                    "They stand %(number)s times in the text (lines %(lines)s). "
                    "Write more of the line."
                )
                % {"number": len(error.places), "lines": where}
                if lines
                else _("These words are not in the text."),
            )

    def wanted(self) -> list[tuple[str, int, int]]:
        """(kind, start, end) of the zones as they are to be, for `editing`."""
        zones = [self.zones[uid] for uid in self.cleaned_data["kept"]]
        wanted = [(str(zone.kind), zone.start, zone.end) for zone in zones]
        if self.cleaned_data["words"]:
            wanted.append((self.cleaned_data["kind"], self.found.start, self.found.end))
        return wanted
