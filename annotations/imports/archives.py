"""The members of a zip archive, looked at before anything is taken out: how many, how large, how dense.

Its directory alone can hold a million names, its members can lie over each other, and a name can lead
anywhere: names are only ever shown, and nothing is written to a disk.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MB = 1024 * 1024
HIGHEST_RATIO = 100  # decoded to packed
UNWATCHED = MB  # bytes below which the ratio says nothing
LARGEST_DIRECTORY = MB // 2  # bytes: a thousand names of usual length
_TAIL = 64 * 1024 + 22  # bytes in which a directory's end stands: its comment may be that long
_NO_FILE = re.compile(r"(^|/)(__MACOSX/|\.[^/]*$|Thumbs\.db$)|/$")
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


@dataclass(frozen=True)
class Bounds:
    """The most that an archive may have; sizes in bytes when decoded."""

    members: int = 1000
    each: int = 12 * MB
    together: int = 50 * MB


def opened(data: bytes, bounds: Bounds) -> zipfile.ZipFile:
    """The archive, of which nothing is decoded yet; ValidationError where it breaks the bounds."""
    _refuse_directory(data)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (*DAMAGED, UnicodeError) as error:
        raise ValidationError(_("This is no zip archive, or a damaged one.")) from error
    _refuse_members(archive.infolist(), len(data), bounds)
    return archive


def _refuse_directory(data: bytes) -> None:
    """Before zipfile reads it: what could be the end of a directory must name a small one."""
    tail = data[-_TAIL:]
    if b"PK\x06\x07" in tail:  # zip64, for archives of more than 4 GB
        raise ValidationError(_("The archive has too many members, or too large ones."))
    for found in re.finditer(rb"PK\x05\x06", tail):
        size = int.from_bytes(tail[found.start() + 12 : found.start() + 16], "little")
        if size > LARGEST_DIRECTORY:
            raise ValidationError(_("The archive has too many members, or too large ones."))


def _refuse_members(members: list[zipfile.ZipInfo], size: int, bounds: Bounds) -> None:
    if len(members) > bounds.members:
        raise ValidationError(
            _("The archive has %(number)s members; the most is %(most)s."),
            params={"number": len(members), "most": bounds.members},
        )
    for member in members:
        _refuse_member(member, bounds)
    if sum(member.file_size for member in members) > bounds.together:
        raise ValidationError(
            _("Unpacked, the archive is larger than %(most)s MB."),
            params={"most": bounds.together // MB},
        )
    if sum(member.compress_size for member in members) > size:
        raise ValidationError(_("The members of the archive lie over each other."))


def _refuse_member(member: zipfile.ZipInfo, bounds: Bounds) -> None:
    name = member.filename[:200]
    if member.flag_bits & 1:
        raise ValidationError(_("“%(name)s” is locked with a password."), params={"name": name})
    if member.file_size > bounds.each:
        raise ValidationError(
            _("“%(name)s” is larger than %(most)s MB when unpacked."),
            params={"name": name, "most": bounds.each // MB},
        )
    if member.file_size > max(UNWATCHED, HIGHEST_RATIO * member.compress_size):
        raise ValidationError(
            _("“%(name)s” is packed far too densely to be a text."), params={"name": name}
        )


def files_in(data: bytes, bounds: Bounds) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each member that is a file a person put there; ValidationError."""
    with opened(data, bounds) as archive:
        for member in archive.infolist():
            if not _NO_FILE.search(member.filename):
                yield member.filename, content_of(archive, member)


def content_of(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The member decoded, never beyond the size that was looked at."""
    try:
        return archive.read(member)
    except (*DAMAGED, RuntimeError) as error:
        raise ValidationError(
            _("“%(name)s” in the archive is damaged."), params={"name": member.filename[:200]}
        ) from error
