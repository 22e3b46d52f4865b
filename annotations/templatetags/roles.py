"""What a user may do, for templates: `{% if user|may_annotate %}`."""

from django import template

from annotations import permissions

register = template.Library()

register.filter("may_annotate", permissions.may_annotate)
register.filter("may_review", permissions.may_review)
register.filter("may_export", permissions.may_export)
register.filter("sees_everything", permissions.sees_everything)


@register.filter
def may_edit(user: permissions.User, record: permissions.Reviewable) -> bool:
    """Whether the user may edit the record."""
    return permissions.may_edit(user, record)
