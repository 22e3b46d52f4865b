"""The forms for an article: its text, pasted or uploaded, and what is known of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.editing.receive import ArticleDetails
from annotations.forms.actor import not_in_the_list
from annotations.forms.fields import ActorField, TextField
from annotations.forms.text import TextForm
from annotations.models import Actor, Article
from annotations.models.validators import language_tag
from annotations.permissions import User


class ArticleDetailsForm(forms.Form):
    """What is known of an article beside its text."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    headline = TextField(
        label=_("Headline"),
        max_length=500,
        required=False,
        help_text=_("As printed; leave empty where there is none."),
    )
    outlet = ActorField(label=_("Outlet"), required=False)
    outlet_name = TextField(max_length=300, required=False)
    url = forms.URLField(
        label=_("Address (URL)"), max_length=2000, required=False, assume_scheme="https"
    )
    byline = TextField(label=_("Byline"), max_length=300, required=False)
    dateline = TextField(
        label=_("Dateline"),
        max_length=300,
        required=False,
        help_text=_("The place in front of the text, such as KABUL."),
    )
    published_on = forms.DateField(
        label=_("Published on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave empty where it is not known."),
    )
    language = TextField(
        label=_("Language"),
        max_length=35,
        initial="en",
        validators=[language_tag],
        help_text=_("A language tag: en, fa-AF, ps …"),
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
            raise ValidationError(_("Another article has this address already."))
        return url

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if not typed.get("outlet") and typed.get("outlet_name"):
            self.add_error("outlet", not_in_the_list(typed["outlet_name"]))
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


class NewArticleForm(TextForm, ArticleDetailsForm):
    """A new article: pasted text or a .txt file, with what is known of it."""

    although_same = forms.BooleanField(
        required=False, label=_("It is another article with the same text")
    )
