"""The four people of the demo."""

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction

from annotations.permissions import ADMINISTRATOR, EDITOR, REPORTER, REVIEWER

PASSWORD = "demo"  # noqa: S105  printed by the command, and refused unless DEBUG is on
ROLES = {"editor": EDITOR, "reviewer": REVIEWER, "reporter": REPORTER, "admin": ADMINISTRATOR}


@transaction.atomic
def create_demo_accounts() -> dict[str, User]:
    """The accounts by name, made where they are missing; those that are there stay as they are.

    Raises SystemExit unless DEBUG is on: their password is public.
    """
    if not settings.DEBUG:
        raise SystemExit("Demo accounts exist only where DEBUG is on")
    return {name: _account(name, role) for name, role in ROLES.items()}


def _account(name: str, role: str) -> User:
    user, created = User.objects.get_or_create(
        username=name,
        defaults={
            "is_staff": role in {REVIEWER, ADMINISTRATOR},
            "is_superuser": role == ADMINISTRATOR,
        },
    )
    if created:
        user.set_password(PASSWORD)
        user.save()
        user.groups.add(Group.objects.get(name=role))
    return user
