"""What a format is: its name, what it is for, and how one moment of the database becomes its bytes."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.exports.cells import Profile
from annotations.exports.rows import Narrow, live
from annotations.exports.snapshot import in_one_snapshot

Words = str | Promise


@dataclass(frozen=True)
class Order:
    """Whose view is taken away, with which addresses, narrowed by which filter of the statements list.

    `site` is the address before every path, without a final slash; `profile` is for cells only;
    `query` is the filter as an address carries it, for files that say where they were taken from.
    """

    user: permissions.User
    site: str
    narrow: Narrow = live
    profile: Profile = Profile.SPREADSHEET
    query: str = ""


class Group(Enum):
    """Under which heading the page of downloads has a format."""

    SPREADSHEET = _("For a spreadsheet")
    PROGRAM = _("For a program or an archive")
    TOOL = _("For other tools")


@dataclass(frozen=True)
class Format:
    """One file that can be taken away.

    `write` is given the order and the alias of the snapshot to read through, and yields the file in
    pieces; it reads the database through nothing else. `has_profile` says that it has cells, which a
    spreadsheet might run.
    """

    file: str
    group: Group
    label: Words
    purpose: Words
    content_type: str
    write: Callable[[Order, str], Iterator[bytes]]
    has_profile: bool = False

    @property
    def name(self) -> str:
        """What the registry and the address call it."""
        return self.file.replace(".", "_")

    @property
    def ending(self) -> str:
        return self.file.partition(".")[2]

    def pieces(self, order: Order) -> Generator[bytes, None, None]:
        """The file, one moment of the database; close the generator to end early."""
        return in_one_snapshot(lambda using: self.write(order, using))
