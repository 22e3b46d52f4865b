"""The forms for actors: names, posts, merging, and what the list of actors is asked for."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.anchoring.fold import fold
from annotations.editing.name import PostDetails
from annotations.forms.chips import Chip, chips_of, query_without
from annotations.forms.fields import ActorField, TextField
from annotations.forms.lookups import TextFilter
from annotations.models import Actor, Post
from annotations.models.actor import ActorQuerySet
from annotations.models.validators import wikidata_item
from annotations.models.words import listed


class ActorChoice(forms.Form):
    """A form with an actor: the one chosen from what the browser offers or, without its script, the one named.

    The actor's field has one of the same name and “_name” beside it, for what was typed.
    """

    def meant(self, field: str, actors: ActorQuerySet) -> Actor | None:
        """The actor that is meant; None, with an error at its field, for none or several."""
        chosen: Actor | None = self.cleaned_data.get(field)
        typed = self.cleaned_data.get(f"{field}_name") or ""
        if self.has_error(field) or (chosen and typed in ("", chosen.name)):
            return chosen
        if not typed:
            self.add_error(field, ValidationError(_("Choose an actor."), code="required"))
            return None
        found = actors.meant_by(typed)
        if len(found) == 1:
            return found[0]
        self.add_error(field, _several(found) if found else _no_actor(typed))
        return None


def not_in_the_list(typed: str) -> str:
    """What is said where a name was typed and no actor chosen."""
    said = gettext("Choose “%(name)s” from the list, or create it there.")
    return said % {"name": typed}


def _several(actors: list[Actor]) -> str:
    names = listed(f"{actor.name} ({actor.get_kind_display()})" for actor in actors[:5])
    said = gettext("Several actors are called so: %(names)s. Choose one from the list.")
    return said % {"names": names}


def _no_actor(typed: str) -> str:
    return gettext("No actor is called “%(name)s”.") % {"name": typed}


class ActorForm(forms.Form):
    """An actor's name, kind and other names."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = TextField(label=_("Name"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=Actor.Kind.choices)
    aliases = TextField(
        label=_("Other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line. They are found when somebody types them."),
    )
    wikidata = TextField(
        label=_("Wikidata item"),
        max_length=20,
        required=False,
        validators=[wikidata_item],
        help_text=_("A Q and digits, such as Q889."),
    )
    note = TextField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    although_near = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_aliases(self) -> list[str]:
        """The other names, each once; ValidationError for one that is too long."""
        names = list(
            dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["aliases"].splitlines())))
        )
        long = next((name for name in names if len(name) > 300), None)
        if long:
            said = gettext("“%(name)s…” has more than 300 characters.")
            raise ValidationError(said % {"name": long[:40]})
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


class PostForm(ActorChoice):
    """A title that an actor holds in an organisation."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = TextField(label=_("Title"), max_length=300)
    organisation = ActorField(label=_("Organisation"), required=False)
    organisation_name = TextField(max_length=300, required=False)
    since = forms.DateField(
        label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, user: permissions.User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actors = Actor.objects.visible_to(user)
        organisation = self.fields["organisation"]
        assert isinstance(organisation, ActorField)
        organisation.queryset = self.actors

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data | {"organisation": self.meant("organisation", self.actors)}

    def details(self) -> PostDetails:
        """What was typed, for `editing`."""
        typed = self.cleaned_data
        return PostDetails(typed["title"], typed["organisation"], typed["since"], typed["until"])


def post_initial(post: Post) -> dict[str, Any]:
    """What the form shows for a post that is there."""
    return {
        "version": post.version,
        "title": post.title,
        "organisation": post.organisation.uid,
        "organisation_name": post.organisation.name,
        "since": post.since,
        "until": post.until,
    }


class MergeForm(ActorChoice):
    """Into whom an actor is merged."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    into = ActorField(required=False)
    into_name = TextField(max_length=300, required=False)

    def __init__(self, user: permissions.User, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = Actor.objects.visible_to(user).exclude(pk=actor.pk)
        into = self.fields["into"]
        assert isinstance(into, ActorField)
        into.queryset = self.others

    def clean(self) -> dict[str, Any]:
        into = self.meant("into", self.others)
        return self.cleaned_data | {"into": into.resolved if into else None}


class ActorFilters(django_filters.FilterSet):
    """Standing actors by the words of their names, and by kind."""

    text = TextFilter(method="by_text", label=_("Name"), max_length=300)
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Actor.Kind.choices, empty_label=_("any kind")
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
