"""The forms for actors: names, posts, merging, and what the list of actors is asked for."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from annotations import permissions
from annotations.anchoring.fold import fold
from annotations.editing.name import PostDetails
from annotations.forms.chips import Chip, chips_of, query_without
from annotations.models import Actor, Post
from annotations.models.actor import ActorQuerySet
from annotations.models.validators import refuse_unstorable, wikidata_item


class NamedActorField(forms.CharField):
    """An actor by uid or by typed name, out of `actors`; the browser offers names while typing."""

    def __init__(self, *, actors: ActorQuerySet, **kwargs: Any) -> None:
        attributes = {"data-suggest": "actors", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(max_length=300, widget=forms.TextInput(attrs=attributes), **kwargs)
        self.actors = actors

    def clean(self, value: Any) -> Any:
        """The one standing actor that is meant; ValidationError for none or several."""
        typed = super().clean(value)
        if not typed:
            return None
        meant = self.actors.meant_by(typed)
        if not meant:
            raise ValidationError(f"No actor is called “{typed}”.", code="unknown")
        if len(meant) > 1:
            names = ", ".join(actor.name for actor in meant[:5])
            raise ValidationError(f"Several actors are called so: {names}. Type the whole name.")
        return meant[0]


class ActorForm(forms.Form):
    """An actor's name, kind and other names."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(max_length=300, validators=[refuse_unstorable])
    kind = forms.ChoiceField(choices=Actor.Kind.choices)
    aliases = forms.CharField(
        label="Other names",
        required=False,
        validators=[refuse_unstorable],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line. They are found when somebody types them.",
    )
    wikidata = forms.CharField(
        label="Wikidata item",
        max_length=20,
        required=False,
        validators=[wikidata_item],
        help_text="A Q and digits, such as Q889.",
    )
    note = forms.CharField(
        required=False, validators=[refuse_unstorable], widget=forms.Textarea(attrs={"rows": 3})
    )
    although_near = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_aliases(self) -> list[str]:
        """The other names, each once; ValidationError for one that is too long."""
        names = list(
            dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["aliases"].splitlines())))
        )
        long = next((name for name in names if len(name) > 300), None)
        if long:
            raise ValidationError(f"“{long[:40]}…” has more than 300 characters.")
        return names


def initial_of(actor: Actor) -> dict[str, Any]:
    """What the form shows for an actor that is there."""
    return {
        "version": actor.version,
        "name": actor.name,
        "kind": actor.kind,
        "aliases": "\n".join(alias.name for alias in actor.live_aliases()),
        "wikidata": actor.wikidata,
        "note": actor.note,
    }


class PostForm(forms.Form):
    """A title that an actor holds in an organisation."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(max_length=300, validators=[refuse_unstorable])
    since = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, user: permissions.User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = NamedActorField(actors=Actor.objects.visible_to(user))
        self.order_fields(["version", "title", "organisation", "since", "until"])

    def details(self) -> PostDetails:
        """What was typed, for `editing`."""
        typed = self.cleaned_data
        return PostDetails(typed["title"], typed["organisation"], typed["since"], typed["until"])


def post_initial(post: Post) -> dict[str, Any]:
    """What the form shows for a post that is there."""
    return {
        "version": post.version,
        "title": post.title,
        "organisation": post.organisation.resolved.name,
        "since": post.since,
        "until": post.until,
    }


class MergeForm(forms.Form):
    """Into whom an actor is merged."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, user: permissions.User, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Actor.objects.visible_to(user).exclude(pk=actor.pk)
        self.fields["into"] = NamedActorField(
            actors=others, label="Merge into", help_text="The actor that stays."
        )


class ActorFilters(django_filters.FilterSet):
    """Standing actors by the words of their names, and by kind."""

    text = django_filters.CharFilter(method="by_text", label="Name", max_length=300)
    kind = django_filters.ChoiceFilter(
        label="Kind", choices=Actor.Kind.choices, empty_label="any kind"
    )

    class Meta:
        model = Actor
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, request: HttpRequest) -> None:
        self.shown: dict[str, str] = {}
        rows = Actor.objects.visible_to(request.user).standing()
        super().__init__(data, rows, request=request)

    def filter_queryset(self, queryset: ActorQuerySet) -> ActorQuerySet:
        """The rows asked for; none where a value is unknown."""
        if self.errors:
            return queryset.none()
        found: ActorQuerySet = super().filter_queryset(queryset)
        return found

    def chips(self) -> list[Chip]:
        """What the list is filtered by."""
        return chips_of(self)

    def without(self, *names: str) -> str:
        """The address's query without these and without its place in the list."""
        return query_without(self, *names)

    def by_text(self, rows: ActorQuerySet, name: str, value: str) -> ActorQuerySet:
        return rows.called(fold(value))
