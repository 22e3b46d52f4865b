# The module, not the class: Django takes an imported AdminConfig for this app's own.
from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AnnotationsConfig(AppConfig):
    name = "annotations"
    default = True
    default_auto_field = "django.db.models.BigAutoField"


class NewsroomAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "annotations.admin.site.NewsroomAdminSite"
