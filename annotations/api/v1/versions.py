"""A record's version, as the header ETag gives it and If-Match asks for it (RFC 9110, sections 8.8.3 and 13.1.1)."""

import hashlib
import re
from typing import Any

from django.utils.http import parse_etags
from rest_framework.request import Request

from annotations.api.v1.problems import Fault, Refused
from annotations.editing.change import Stale

_TAG = re.compile(r'(W/)?"([!\x23-\x7e\x80-\xff]*)"')
_LIST = re.compile(rf"\s*{_TAG.pattern}(\s*,\s*{_TAG.pattern})*\s*")
DESCRIPTION = "The record's ETag as you last saw it: a write names the version that it is based on."


def etag_of(record: Any) -> str:
    """The strong ETag of a record: made of uid and version, never of what stands in it."""
    return f'"{record.uid}-{record.version}"'


def revision_tag(revision: Any) -> str:
    """The strong ETag of a revision: its text never changes, the zones set apart in it may."""
    zones = [(zone.kind, zone.start, zone.end) for zone in revision.zones.all()]
    return f'"{revision.uid}-{hashlib.sha256(repr(zones).encode()).hexdigest()[:16]}"'


def is_known(request: Request, etag: str) -> bool:
    """Whether If-None-Match names this tag (RFC 9110, section 13.1.2: `*` too, and weakness does not count)."""
    sent = parse_etags(request.headers.get("If-None-Match", ""))
    return bool({"*", etag} & {tag.removeprefix("W/") for tag in sent})


def named_version(request: Request, record: Any) -> int:
    """The version of the record that If-Match names.

    Refused (428) without the header, or where it names none, such as `*`; Stale where what it names is
    no version of this record. Whether it is the newest, `editing` sees inside its transaction.
    """
    sent = request.headers.get("If-Match", "")
    if not _LIST.fullmatch(sent):
        detail = "Send If-Match with the ETag of the record as you last saw it."
        fault = Fault(detail, "required", header="If-Match")
        raise Refused(428, "no_version", detail, [fault])
    beginning = f"{record.uid}-"
    for weak, tag in _TAG.findall(sent):
        number = tag.removeprefix(beginning)
        if not weak and tag.startswith(beginning) and re.fullmatch(r"[1-9][0-9]{0,8}", number):
            return int(number)
    raise Stale(record, 0)
