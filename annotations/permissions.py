"""Who may do what, on one page: pure predicates (user, object) -> bool.

Roles are groups made by a migration. Every page, admin view, API address and export asks here.
"""

from typing import Protocol

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group

EDITOR = "editor"
REVIEWER = "reviewer"
REPORTER = "reporter"
ADMINISTRATOR = "administrator"
ROLES = (EDITOR, REVIEWER, REPORTER, ADMINISTRATOR)
KEPT = "_newsroom_roles"  # the user's attribute that holds what was read

User = AbstractBaseUser | AnonymousUser


class Reviewable(Protocol):
    """A statement, response, restatement or reply record."""

    @property
    def is_withdrawn(self) -> bool: ...

    def author_ids(self) -> set[int]: ...


def roles(user: User) -> frozenset[str]:
    """The user's roles, read once a request; a superuser has them all, an inactive user none."""
    if not user.is_active:
        return frozenset()
    if getattr(user, "is_superuser", False):
        return frozenset(ROLES)
    kept: frozenset[str] | None = getattr(user, KEPT, None)
    if kept is None:
        names = Group.objects.filter(user=user.pk).values_list("name", flat=True)
        kept = frozenset(names) & frozenset(ROLES)
        setattr(user, KEPT, kept)
    return kept


def may_read(user: User) -> bool:
    """Open any page at all: everyone with a role."""
    return bool(roles(user))


def sees_everything(user: User) -> bool:
    """Work in every state; the others (reporters) see approved work only."""
    return bool(roles(user) & {EDITOR, REVIEWER, ADMINISTRATOR})


def may_annotate(user: User) -> bool:
    """Receive articles, record and link statements, keep actors."""
    return bool(roles(user) & {EDITOR, ADMINISTRATOR})


def may_edit(user: User, record: Reviewable) -> bool:
    """Any editor may edit any work that isn't withdrawn."""
    return may_annotate(user) and not record.is_withdrawn


def may_review(user: User) -> bool:
    """Judge submitted work, in the admin."""
    return bool(roles(user) & {REVIEWER, ADMINISTRATOR})


def may_approve(user: User, record: Reviewable) -> bool:
    """Nobody, superusers included, approves what they wrote or changed since its last approval."""
    return may_review(user) and not record.is_withdrawn and user.pk not in record.author_ids()


def may_open_admin(user: User) -> bool:
    """Reviewers and administrators work in the admin."""
    return may_review(user)


def may_export(user: User) -> bool:
    """Take the CSV away: everyone with a role, each what they see."""
    return may_read(user)


def may_manage_webhooks(user: User) -> bool:
    """Have other programs told of work in every state."""
    return ADMINISTRATOR in roles(user)


def may_manage_users(user: User) -> bool:
    """Accounts and their rights: superusers only."""
    return user.is_active and getattr(user, "is_superuser", False)
