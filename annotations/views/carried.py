"""What is said after a save whose words were chosen in a text that was corrected meanwhile."""

from django.utils.translation import gettext as _

from annotations.editing.place import Owner
from annotations.models import Placement


def said_of(record: Owner, said: str) -> str:
    """What was done and, where words of the record need placing, that they do."""
    if Placement.objects.waiting().filter(span__in=record.spans.all()).exists():
        return f"{said} {_('The text was corrected: some of its words need placing.')}"
    return said
