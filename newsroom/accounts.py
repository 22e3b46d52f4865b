"""Who is signed in, read with their preferences in one query: every page asks for both."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User


class Accounts(ModelBackend):
    """Django's own accounts."""

    def get_user(self, user_id: Any) -> User | None:
        found = User.objects.select_related("preference").filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None
