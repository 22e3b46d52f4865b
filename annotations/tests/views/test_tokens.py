"""The page of one's own tokens, and everybody's in the admin."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from annotations.editing.issue import issue
from annotations.models import Token
from annotations.permissions import ADMINISTRATOR, REPORTER
from annotations.tests.factories import make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/preferences/tokens/"
TYPED = {"name": "Night desk", "scope": "read", "lasts": "30"}


def test_the_secret_is_shown_once_and_lets_in(client: Client) -> None:
    user = make_user(REPORTER)
    client.force_login(user)

    answer = client.post(ADDRESS, TYPED)
    secret = answer.context["issued"].secret
    later = client.get(ADDRESS)

    assert answer.content.decode().count(secret) == 1
    assert "no-store" in answer["Cache-Control"]
    assert secret not in later.content.decode()
    assert f"{secret[:10]}…" in later.content.decode()
    assert len(secret) == 68
    told = Client().get("/api/actors/", headers={"Authorization": f"Bearer {secret}"})
    assert told.status_code == 200
    assert "Tokens for programs" in client.get("/preferences/").content.decode()


def test_a_token_needs_a_name_a_scope_and_an_end(client: Client) -> None:
    client.force_login(make_user(REPORTER))

    answer = client.post(ADDRESS, {"scope": "all", "lasts": "4000"})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "scope", "lasts"}
    assert not Token.objects.exists()


def test_only_ones_own_are_listed_and_revoked(client: Client) -> None:
    me, other = make_user(REPORTER), make_user(REPORTER)
    mine, theirs = (
        issue(user=user, name=name, scope="read", lasts=timedelta(days=1)).token
        for user, name in ((me, "Mine"), (other, "Theirs"))
    )
    client.force_login(me)

    answers = [client.post(reverse("token_revoke", args=[t.uid])) for t in (mine, mine, theirs)]
    page = client.get(ADDRESS).content.decode()

    assert [answer.status_code for answer in answers] == [302, 302, 404]
    assert set(Token.objects.filter(revoked_at=None)) == {theirs}
    assert "Mine" in page
    assert "Theirs" not in page


def test_superusers_revoke_anybodys_in_the_admin(client: Client) -> None:
    issued = issue(user=make_user(REPORTER), name="Mine", scope="read", lasts=timedelta(days=1))
    client.force_login(make_user("", superuser=True))
    changelist = reverse("admin:annotations_token_changelist")

    page = client.get(reverse("admin:annotations_token_change", args=[issued.token.pk]))
    sent = {"action": "revoke", "_selected_action": issued.token.pk}
    answer = client.post(changelist, sent, follow=True).content.decode()

    assert Token.digest_of(issued.secret) not in page.content.decode()
    assert "1 token revoked." in answer
    assert Token.objects.get().is_revoked
    client.force_login(make_user(ADMINISTRATOR))
    assert client.get(changelist).status_code == 403
