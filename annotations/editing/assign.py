"""An article is taken by an editor, given to one, and given back."""

from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import permissions
from annotations.models import Article, Assignment
from annotations.permissions import User as Person


class Taken(Exception):
    """Somebody else has the article; `assignment` says who, and since when."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        super().__init__(str(assignment))


def give(
    *, user: Person, article: Article, editor: Person, instead_of: UUID | None = None
) -> Assignment:
    """The article, with this editor from now on; what was so already stays as it was.

    Where somebody else has it, `instead_of` names that assignment, by its uid: the user knew. Otherwise
    Taken. PermissionDenied for who does not annotate; ValidationError where the editor does not.
    """
    _refuse_others(user)
    if not permissions.may_annotate(editor):
        raise ValidationError(_("Only editors work on articles."))
    assert isinstance(user, User)  # who may do anything has an account
    assert isinstance(editor, User)
    with transaction.atomic():
        held = _held(article)
        if held is not None and held.editor_id == editor.pk:
            return held
        if held is not None and held.uid != instead_of:
            raise Taken(held)
        if held is not None:
            _release(held, user)
        given = Assignment(article=article, editor=editor, given_by=user, taken_at=timezone.now())
        given.full_clean()
        given.save()
        return given


def give_back(*, user: Person, article: Article) -> bool:
    """Whether the user had the article, and no longer has; PermissionDenied for who does not annotate."""
    _refuse_others(user)
    assert isinstance(user, User)
    with transaction.atomic():
        held = _held(article)
        if held is None or held.editor_id != user.pk:
            return False
        _release(held, user)
        return True


def _refuse_others(user: Person) -> None:
    if not permissions.may_annotate(user):
        raise PermissionDenied(f"{user} may not take articles")


def _held(article: Article) -> Assignment | None:
    """Who has the article now; its row is held to the end, so that two who take it at once come in turn."""
    Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    return Assignment.objects.live().filter(article=article).first()


def _release(held: Assignment, user: User) -> None:
    held.released_at, held.released_by = timezone.now(), user
    held.save(update_fields=["released_at", "released_by"])
