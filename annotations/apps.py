# The module, not the class: Django takes an imported AdminConfig for this app's own.
from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _

NOUNS = (
    "articles",
    "actors",
    "statements",
    "responses",
    "restatements",
    "replies",
    "users",
    "tokens",
    "webhooks",
)


class AnnotationsConfig(AppConfig):
    name = "annotations"
    verbose_name = _("Annotations")
    default = True
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The words for fields and records; imported here, since they stand beside the models."""
        from annotations.models.field_words import name_in_words

        name_in_words(self.get_models())


class NewsroomAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "annotations.admin.site.NewsroomAdminSite"

    def ready(self) -> None:
        """The site's class lives in annotations.admin: what registers there comes after it."""
        super().ready()
        for noun in NOUNS:
            import_module(f"annotations.admin.{noun}")
