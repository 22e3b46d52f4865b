"""The forms for an article: its text, pasted or uploaded, and what is known of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from annotations.editing.receive import ArticleDetails, decode
from annotations.forms.fields import ActorField
from annotations.models import Actor, Article
from annotations.models.validators import language_tag, refuse_unstorable
from annotations.permissions import User

LARGEST_FILE = 10 * 1024 * 1024 * 4  # bytes: the longest text in the widest UTF-8


class ArticleDetailsForm(forms.Form):
    """What is known of an article beside its text."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    headline = forms.CharField(
        max_length=500, required=False, help_text="As printed; leave empty where there is none."
    )
    outlet = ActorField(required=False)
    outlet_name = forms.CharField(max_length=300, required=False)
    url = forms.URLField(
        label="Address (URL)", max_length=2000, required=False, assume_scheme="https"
    )
    byline = forms.CharField(max_length=300, required=False)
    dateline = forms.CharField(
        max_length=300, required=False, help_text="The place in front of the text, such as KABUL."
    )
    published_on = forms.DateField(
        label="Published on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Leave empty where it is not known.",
    )
    language = forms.CharField(
        max_length=35,
        initial="en",
        validators=[language_tag],
        help_text="A language tag: en, fa-AF, ps …",
    )

    field_order = (
        "text",
        "file",
        "headline",
        "outlet",
        "url",
        "byline",
        "dateline",
        "published_on",
        "language",
    )

    def __init__(
        self, user: User, *args: Any, article: Article | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        outlet = self.fields["outlet"]
        assert isinstance(outlet, ActorField)
        outlet.queryset = Actor.objects.visible_to(user)

    def clean_url(self) -> str:
        """The address, unless another article has it."""
        url: str = self.cleaned_data["url"]
        others = Article.objects.filter(url=url)
        if self.article:
            others = others.exclude(pk=self.article.pk)
        if url and others.exists():
            raise ValidationError("Another article has this address already.")
        return url

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if not typed.get("outlet") and typed.get("outlet_name"):
            self.add_error(
                "outlet", f"Choose “{typed['outlet_name']}” from the list, or create it there."
            )
        return typed

    def details(self) -> ArticleDetails:
        """What was typed, for `editing`."""
        typed = self.cleaned_data
        return ArticleDetails(
            headline=typed["headline"],
            outlet=typed["outlet"],
            url=typed["url"],
            byline=typed["byline"],
            dateline=typed["dateline"],
            published_on=typed["published_on"],
            language=typed["language"],
        )


class NewArticleForm(ArticleDetailsForm):
    """A new article: pasted text or a .txt file, with what is known of it."""

    text = forms.CharField(
        label="Text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
    )
    file = forms.FileField(
        label="or a .txt file",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,text/plain"}),
        help_text="UTF-8 text; at most 10 million characters.",
    )
    although_same = forms.BooleanField(
        required=False, label="It is another article with the same text"
    )

    def clean_file(self) -> str:
        """The file's text; empty where there is no file."""
        upload: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if upload is None:
            return ""
        if not (upload.name or "").lower().endswith(".txt"):
            raise ValidationError(
                f"“{upload.name}” is not a .txt file. Save it as plain text first, or paste the text."
            )
        if (upload.size or 0) > LARGEST_FILE:
            raise ValidationError(
                f"“{upload.name}” is too large: the most is {LARGEST_FILE // 1024 // 1024} MB."
            )
        try:
            text = decode(upload.read())
            refuse_unstorable(text)
        except ValidationError as error:
            raise ValidationError(f"“{upload.name}”: {' '.join(error.messages)}") from error
        return text

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if "file" in self.errors or "text" in self.errors:
            return typed
        if typed.get("file") and (typed.get("text") or "").strip():
            self.add_error("file", "There is a file and pasted text: give one of them.")
        elif not (typed.get("text") or typed.get("file") or "").strip():
            self.add_error("text", "Paste the text, or choose a file.")
        return typed

    def received(self) -> str:
        """The text as received, from the field or the file."""
        text: str = self.cleaned_data["file"] or self.cleaned_data["text"]
        return text
