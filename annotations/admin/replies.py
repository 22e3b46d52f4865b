"""Reply records, and the attempts to get a reply."""

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.admin.excerpts import in_context, quote, spans_of
from annotations.admin.filters import ClaimArticleFilter, EditorFilter, JudgeFilter, StateFilter
from annotations.admin.records import PartInline, RecordAdmin
from annotations.admin.reviewing import NEVER_TYPED, REVIEW, ReviewAdmin
from annotations.models import ContactAttempt, ReplyRecord, Span, Statement
from annotations.models.record import LIVE


class ContactAttemptInline(PartInline):
    model = ContactAttempt
    fields = ("attempted_at", "means", "outcome", "attempter")
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactAttempt]:
        return super().get_queryset(request).filter(LIVE).select_related("attempted_by")

    @admin.display(description=_("by"))
    def attempter(self, attempt: ContactAttempt) -> str:
        return attempt.attempted_by.get_username()


@admin.register(ReplyRecord)
class ReplyRecordAdmin(ReviewAdmin):
    list_display = ("accused", "status", "claimed", "as_of", "review_state", "author", "age")
    list_display_links = ("accused",)
    list_filter = (StateFilter, JudgeFilter, ClaimArticleFilter, EditorFilter, "status")
    search_fields = ("claim__folded", "party__folded")
    search_help_text = _("The party's name, or words of the claim")
    inlines = (ContactAttemptInline,)
    fieldsets = (
        (None, {"fields": ("accused", "status", "claimed", "as_of", "due_on")}),
        (
            _("What says so"),
            {
                "fields": (
                    "evidence",
                    "claimant",
                    "claimant_as_printed",
                    "title_as_printed",
                    "note",
                )
            },
        ),
        REVIEW,
    )
    readonly_fields = (
        "accused",
        "claimed",
        "evidence",
        *NEVER_TYPED,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReplyRecord]:
        records = ReplyRecord.objects.visible_to(request.user).for_display()
        return records.select_related(
            "created_by", "reviewed_by", "party__merged_into", "claimant__merged_into"
        ).prefetch_related(Prefetch("claim", Statement.objects.for_display()))

    def quoted_spans(self, record: ReplyRecord) -> list[Span]:
        return [*spans_of(record.claim), *record.live_evidence()]

    @admin.display(description=_("accused party"), ordering="party__name")
    def accused(self, record: ReplyRecord) -> str:
        return record.party.resolved.name

    @admin.display(description=_("claim"))
    def claimed(self, record: ReplyRecord) -> SafeString:
        return quote(record.claim)

    @admin.display(description=_("evidence"))
    def evidence(self, record: ReplyRecord) -> SafeString | str:
        return in_context(record.live_evidence()) or gettext("none")


@admin.register(ContactAttempt)
class ContactAttemptAdmin(RecordAdmin):
    list_display = ("attempted_at", "means", "party", "outcome", "attempter")
    list_filter = ("means",)
    search_fields = ("outcome", "reply_record__party__name")
    search_help_text = _("The party's name, or words of the outcome")
    ordering = ["-attempted_at", "-id"]
    fields = ("party", "reply_record", "attempted_at", "means", "outcome", "attempter")
    readonly_fields = ("party", "attempter")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactAttempt]:
        records = ReplyRecord.objects.visible_to(request.user)
        return ContactAttempt.objects.filter(reply_record__in=records).select_related(
            "reply_record__party__merged_into", "attempted_by"
        )

    @admin.display(description=_("party"), ordering="reply_record__party__name")
    def party(self, attempt: ContactAttempt) -> str:
        return attempt.reply_record.party.resolved.name

    @admin.display(description=_("by"), ordering="attempted_by__username")
    def attempter(self, attempt: ContactAttempt) -> str:
        return attempt.attempted_by.get_username()
