import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from annotations.management.demo_accounts import create_demo_accounts


@pytest.mark.django_db
@override_settings(DEBUG=True)
def test_there_is_one_account_for_each_role() -> None:
    create_demo_accounts()

    accounts = {
        user.username: (
            [group.name for group in user.groups.all()],
            user.is_staff,
            user.is_superuser,
            user.check_password("demo"),
        )
        for user in User.objects.all()
    }
    assert accounts == {
        "editor": (["editor"], False, False, True),
        "reviewer": (["reviewer"], True, False, True),
        "reporter": (["reporter"], False, False, True),
        "admin": (["administrator"], True, True, True),
    }


@pytest.mark.django_db
@override_settings(DEBUG=True)
def test_accounts_that_are_there_stay_as_they_are() -> None:
    editor = create_demo_accounts()["editor"]
    editor.set_password("something else")
    editor.save()

    create_demo_accounts()

    assert User.objects.count() == 4
    assert User.objects.get(username="editor").check_password("something else")


@pytest.mark.django_db
def test_without_debug_there_are_none() -> None:
    with pytest.raises(SystemExit, match="DEBUG"):
        create_demo_accounts()

    assert not User.objects.exists()
