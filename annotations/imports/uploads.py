"""A file is kept, previewed, and carried out once: exactly what was previewed, or the new preview first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User as Account
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from annotations.imports.plan import Importer, Incoming, Plan, shown_of
from annotations.imports.registry import importer_named
from annotations.models import Upload
from annotations.permissions import User
from newsroom import safe_http

LANGUAGE = "language"  # beside the plan: of its sentences
FIRST = "first_language"  # of the first preview, in which every digest of the upload is taken
REFUSED = "refused_language"  # in which the file could not be read anew
CHOSEN_ONE_BY_ONE = 200  # rows that have a box each; of more, all that can be are carried out


@dataclass(frozen=True)
class Outcome:
    """Whether a file was carried out; if not, why, and the preview is the new one."""

    is_done: bool
    complaint: str = ""


def preview(
    user: User, importer: Importer, typed: Mapping[str, Any], answers: Mapping[str, str]
) -> Upload:
    """The file of a form, or what its address answers, kept with its plan.

    ValidationError where it cannot be fetched or read; then nothing is kept.
    """
    file = _incoming(importer, typed, answers)
    plan = importer.parse(file, user)
    assert isinstance(user, Account)
    upload = Upload(
        owner=user,
        importer=importer.name,
        name=file.name[:255],
        address=file.address[:2000],
        content_type="".join(filter(str.isprintable, file.content_type))[:255],
        answers=dict(answers),
        data=file.data,
        plan=_kept_plan(plan, translation.get_language()),
        digest=plan.digest(),
    )
    return Upload.objects.keep(upload)


def in_language_of_reader(user: User, upload: Upload) -> Upload:
    """The upload with a preview in the language of now: read anew where it was made in another.

    What was carried out stays as it was told then: its bytes are gone.
    """
    importer = importer_named(upload.importer)
    is_told = translation.get_language() in (upload.plan.get(LANGUAGE), upload.plan.get(REFUSED))
    if importer is None or upload.done_at is not None or is_told:
        return upload
    kept = Upload.objects.get(pk=upload.pk)
    if not kept.is_whole:  # said, as what is refused here, once it is to be carried out
        return upload
    try:
        _preview_anew(kept, *_parsed(kept, importer, user))
    except ValidationError:
        _keep_anew(kept, {**kept.plan, REFUSED: translation.get_language()}, kept.digest)
    return kept


def _parsed(upload: Upload, importer: Importer, user: User) -> tuple[Plan, str]:
    """The plan in the language of now, and its digest in that of the first preview.

    So another language between preview and press is no change of what would be made.
    """
    file, now = _kept(upload), translation.get_language()
    plan = importer.parse(file, user)
    first = upload.plan.get(FIRST, now)
    if first == now:
        return plan, plan.digest()
    with translation.override(first):
        return plan, importer.parse(file, user).digest()


def _kept_plan(plan: Plan, first: str | None) -> dict[str, Any]:
    """The plan as it is kept, with the language that its sentences are in, and that of its digest."""
    return {**shown_of(plan), LANGUAGE: translation.get_language(), FIRST: first}


def _incoming(importer: Importer, typed: Mapping[str, Any], answers: Mapping[str, str]) -> Incoming:
    if typed.get("file"):
        return Incoming(typed["file"].name, typed["file"].read(), settings=answers)
    return fetched(typed["address"], importer, answers)


def fetched(address: str, importer: Importer, answers: Mapping[str, str]) -> Incoming:
    """What the address answers; ValidationError for the field `address`, in plain words."""
    try:
        page = safe_http.get(address, media=importer.media, largest=importer.largest)
    except safe_http.Refused as refused:
        raise ValidationError({"address": str(refused)}) from refused
    name = page.address.split("?")[0].rstrip("/").rpartition("/")[2]
    return Incoming(name or page.host, page.body, page.address, page.content_type, answers)


def carry_out(
    user: User, upload: Upload, digest: str, *, chosen: Sequence[int] | None, whole: bool
) -> Outcome:
    """Carry out what was previewed as `digest`, its chosen rows (all that are ready, where None).

    Once for each file, however often it is sent. Where the database changed so that something else
    would be made, or the file is another, nothing is carried out and the preview is made anew.
    """
    kept = Upload.objects.get(pk=upload.pk)
    importer = importer_named(kept.importer)
    if kept.done_at is not None:
        return Outcome(is_done=True)
    if importer is None or not kept.is_whole:
        return Outcome(is_done=False, complaint=_("The file is damaged: bring it in again."))
    try:
        plan, digest_now = _parsed(kept, importer, user)
    except ValidationError as error:
        return Outcome(is_done=False, complaint=" ".join(error.messages))
    if digest_now != digest:
        _preview_anew(kept, plan, digest_now)
        said = _("Something changed since this was shown. Nothing was brought in: look again.")
        return Outcome(is_done=False, complaint=said)
    plan = plan if chosen is None else plan.choose(chosen)
    complaint = _not_yet(plan, whole=whole)
    if complaint:
        return Outcome(is_done=False, complaint=complaint)
    return _carried_out(kept, importer, plan, user, whole=whole)


def _not_yet(plan: Plan, *, whole: bool) -> str:
    """Why the plan is not carried out as it is; empty where it is."""
    if not any(row.can_be_chosen for row in plan.rows):
        return _("There is nothing in this file that can be brought in.")
    if not plan.ready:
        return _("There is nothing to bring in: choose at least one line.")
    if whole and plan.faulty:
        return _("Some lines cannot be brought in. Mend the file, or tick that they are left out.")
    return ""


def _carried_out(
    upload: Upload, importer: Importer, plan: Plan, user: User, *, whole: bool
) -> Outcome:
    """The fates are kept with what was made, or neither; the bytes are not needed any more."""
    with transaction.atomic():
        held = Upload.objects.select_for_update(no_key=True).get(pk=upload.pk)
        if held.done_at is None:
            held.plan = _kept_plan(
                importer.carry_out(plan, user, whole=whole), held.plan.get(FIRST)
            )
            held.data, held.done_at = b"", timezone.now()
            held.save(update_fields=["plan", "data", "done_at"])
    return Outcome(is_done=True)


def _kept(upload: Upload) -> Incoming:
    data = bytes(upload.data)
    return Incoming(upload.name, data, upload.address, upload.content_type, upload.answers)


def _preview_anew(upload: Upload, plan: Plan, digest: str) -> None:
    first = upload.plan.get(FIRST, translation.get_language())
    _keep_anew(upload, _kept_plan(plan, first), digest)


def _keep_anew(upload: Upload, plan: dict[str, Any], digest: str) -> None:
    upload.plan, upload.digest = plan, digest
    still = Upload.objects.filter(pk=upload.pk, done_at__isnull=True)
    still.update(plan=upload.plan, digest=upload.digest)
