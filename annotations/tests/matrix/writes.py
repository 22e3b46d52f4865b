"""Each write as its page sends it."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from annotations.editing.assign import give
from annotations.editing.change import noting
from annotations.editing.issue import issue
from annotations.editing.merge import merge
from annotations.editing.name import PostDetails, give_post, withdraw_post
from annotations.editing.undo import undo
from annotations.forms.actor import ActorForm, MergeForm, PostForm
from annotations.forms.article import ArticleDetailsForm, NewArticleForm
from annotations.forms.bring_in import BringInForm
from annotations.forms.correction import CorrectionForm
from annotations.forms.placing import PlaceForm
from annotations.forms.preference import PreferenceForm
from annotations.forms.response import AttemptForm, ReplyForm, ResponseForm, RestatementForm
from annotations.forms.saved_export import SavedExportForm
from annotations.forms.split import SplitForm
from annotations.forms.statement import StatementForm
from annotations.forms.token import TokenForm
from annotations.forms.zones import ZonesForm
from annotations.imports.articles import ARTICLES
from annotations.imports.uploads import preview
from annotations.models import Article, Notice, Revision, SavedExport, Span, Statement, Upload
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    correct_text,
    delete,
    make_actor,
    make_article,
    make_attempt,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    select,
    submit,
    usual,
)
from annotations.tests.views.typed import spans, typed_change, typed_response, typed_statement
from annotations.views.done import KEY

Sent = tuple[str, dict[str, Any], tuple[Any, ...]]  # address, what is typed, forms that list fields


def article_new() -> Sent:
    typed = {"text": "A text.", "headline": "A headline", "language": "en"}
    return reverse("article_new"), typed, (NewArticleForm,)


def article_edit() -> Sent:
    article = make_article()
    typed = {"version": article.version, "headline": "Another", "language": "en"}
    return reverse("article_edit", args=[article.uid]), typed, (ArticleDetailsForm,)


def article_zones() -> Sent:
    article = make_article()
    typed = {"version": article.version, "revision": 1, "words": "The ministry", "kind": "dateline"}
    return reverse("article_zones", args=[article.uid]), typed, (ZonesForm,)


def article_correct() -> Sent:
    article = make_statement().article
    text = article.revision.text + "One more line."
    seen = Revision.digest(text)
    typed = {"version": article.version, "text": text, "seen": seen, "reason": "update", "save": ""}
    return reverse("article_correct", args=[article.uid]), typed, (CorrectionForm,)


def article_submit() -> Sent:
    return reverse("article_submit", args=[make_statement().article.uid]), {}, ()


def article_here() -> Sent:
    return reverse("article_here", args=[make_article().uid]), {}, ()


def article_take() -> Sent:
    return reverse("article_take", args=[make_article().uid]), {}, ()


def article_give_back() -> Sent:
    article, user = make_article(), User.objects.get(pk=_session()[SESSION_KEY])
    give(user=user, article=article, editor=user)
    return reverse("article_give_back", args=[article.uid]), {}, ()


def _session() -> SessionStore:
    return SessionStore(Session.objects.get().session_key)


def article_undo() -> Sent:
    article, change = _done()
    return reverse("article_undo", args=[article.uid]), {"change": change}, ()


def article_redo() -> Sent:
    article, change = _done(undone=True)
    return reverse("article_redo", args=[article.uid]), {"change": change}, ()


def _done(*, undone: bool = False) -> tuple[Article, uuid.UUID]:
    """An article in which the one who is signed in recorded a statement, and the change; or, that undone."""
    session = _session()
    user = User.objects.get(pk=session[SESSION_KEY])
    article, speaker = make_article(), make_actor()
    with noting() as made:
        make_statement(article, user=user, speaker=speaker)
    (change,) = (each.id for each in made)
    if undone:
        change = undo(user=user, change_id=change).change_id
    acts = [[change.hex, "highlighted"]]
    session[KEY] = {article.uid.hex: [[], acts] if undone else [acts, []]}
    session.save()
    return article, change


def statement_new() -> Sent:
    article = make_article()
    typed = typed_statement(article, "the army crossed the border.", make_actor())
    return reverse("statement_new", args=[article.uid]), typed, (StatementForm,)


def statement_edit() -> Sent:
    statement = make_statement()
    typed = typed_change(statement, gist="A gist")
    return reverse("statement_edit", args=[statement.uid]), typed, (StatementForm,)


def statement_spans() -> Sent:
    statement = make_statement()
    words = spans(select(statement.article, "The ministry", "source"))
    typed = {"spans": words, "version": statement.version, "revision": 1}
    return reverse("statement_spans", args=[statement.uid]), typed, ()


def statement_split() -> Sent:
    statement = make_statement()
    words = spans(select(statement.article, "crossed the border."))
    typed = {"spans": words, "version": statement.version, "revision": 1}
    return reverse("statement_split", args=[statement.uid]), typed, (SplitForm,)


def statement_join() -> Sent:
    statement = make_statement()
    other = make_statement(statement.article, "denied the claim")
    typed = {"version": statement.version, "other": other.uid, "other_version": other.version}
    return reverse("statement_join", args=[statement.uid]), typed, ()


def make_pieces() -> Statement:
    return make_statement(source="The ministry")


def span_place() -> Sent:
    statement = make_pieces()
    words = spans(select(statement.article, "The ministry said", "source"))
    typed = {"spans": words, "version": statement.version, "revision": 1}
    return _of_source("span_place", statement), typed, (PlaceForm,)


def span_role() -> Sent:
    statement = make_pieces()
    return _of_source("span_role", statement), {"version": statement.version, "role": "cue"}, ()


def span_remove() -> Sent:
    statement = make_pieces()
    return _of_source("span_remove", statement), {"version": statement.version}, ()


def _of_source(name: str, statement: Statement) -> str:
    return reverse(name, args=[statement.spans.get(role="source").uid])


def response_new() -> Sent:
    claim = make_statement()
    response = make_statement(claim.article, "denied the claim")
    address = reverse("response_new", args=[claim.uid])
    return address, typed_response(response), (ResponseForm,)


def response_edit() -> Sent:
    link = make_response()
    typed = typed_response(link.response, link, relation="concedes")
    return reverse("response_edit", args=[link.uid]), typed, (ResponseForm,)


def restatement_new() -> Sent:
    of = make_statement()
    by = make_statement(of.article, "the army crossed the border on Monday")
    address = reverse("restatement_new", args=[of.uid])
    return address, {"by": by.uid, "scope": "part"}, (RestatementForm,)


def restatement_edit() -> Sent:
    link = make_restatement()
    typed = {"version": link.version, "scope": "whole"}
    return reverse("restatement_edit", args=[link.uid]), typed, (RestatementForm,)


def reply_new() -> Sent:
    claim = make_statement(about=[make_actor()])
    typed = {"party": claim.accused()[0].uid, "status": "sought"}
    return reverse("reply_new", args=[claim.uid]), typed, (ReplyForm,)


def reply_edit() -> Sent:
    record = make_reply_record()
    typed = {"version": record.version, "party": record.party.uid, "status": "declined"}
    return reverse("reply_edit", args=[record.uid]), typed, (ReplyForm,)


def reply_attempt() -> Sent:
    record = make_reply_record()
    typed = {"version": record.version, "attempted_at": "2026-05-12 10:00", "means": "phone"}
    return reverse("reply_attempt", args=[record.uid]), typed, (AttemptForm,)


def attempt_edit() -> Sent:
    attempt = make_attempt()
    version = attempt.reply_record.version
    typed = {"version": version, "attempted_at": "2026-05-12 10:00", "means": "letter"}
    return reverse("attempt_edit", args=[attempt.uid]), typed, (AttemptForm,)


def work_submit() -> Sent:
    statement = make_statement()
    address = reverse("submit", args=["statements", statement.uid])
    return address, {"version": statement.version}, ()


def work_withdraw() -> Sent:
    statement = make_statement()
    address = reverse("withdraw", args=["statements", statement.uid])
    return address, {"version": statement.version}, ()


def work_bring_back() -> Sent:
    statement = delete(make_statement())
    address = reverse("bring_back", args=["statements", statement.uid])
    return address, {"version": statement.version}, ()


def waiting_span() -> Span:
    """The content of a statement whose words were corrected."""
    statement = make_statement(exact="Nothing of the kind happened")
    correct_text(statement.article, statement.article.revision.text.replace("Noth", "Someth"))
    return Span.objects.select_related("statement").get(statement=statement)


def placing_settle() -> Sent:
    span = waiting_span()
    assert span.statement is not None
    article = Article.objects.get(pk=span.statement.article_id)
    words = spans(select(article, "Something of the kind happened"))
    typed = {"spans": words, "version": span.statement.version, "revision": 2}
    return reverse("placing_settle", args=[span.uid]), typed, (PlaceForm,)


def placing_remove() -> Sent:
    link = make_response(marker="denied the claim")
    address = reverse("placing_remove", args=[link.spans.get().uid])
    return address, {"version": link.version}, ()


def actor_new() -> Sent:
    return reverse("actor_new"), {"name": "Somebody", "kind": "person"}, (ActorForm,)


def actor_edit() -> Sent:
    actor = make_actor()
    typed = {"version": actor.version, "name": "Another", "kind": "person"}
    return reverse("actor_edit", args=[actor.uid]), typed, (ActorForm,)


def actor_merge() -> Sent:
    actor, into = make_actor("One"), make_actor("Two")
    typed = {"version": actor.version, "into": into.uid}
    return reverse("actor_merge", args=[actor.uid]), typed, (MergeForm,)


def actor_unmerge() -> Sent:
    actor, into = make_actor("One"), make_actor("Two")
    merged = merge(user=usual(EDITOR), actor=actor, version=actor.version, into=into)
    return reverse("actor_unmerge", args=[actor.uid]), {"version": merged.version}, ()


def post_new() -> Sent:
    holder = make_actor()
    typed = {"title": "spokesman", "organisation": make_actor("Office").uid}
    return reverse("post_new", args=[holder.uid]), typed, (PostForm,)


def _post() -> Any:
    details = PostDetails("spokesman", make_actor("Office"))
    return give_post(user=usual(EDITOR), holder=make_actor(), details=details)


def post_edit() -> Sent:
    post = _post()
    typed = {"version": post.version, "title": "minister", "organisation": post.organisation.uid}
    return reverse("post_edit", args=[post.uid]), typed, (PostForm,)


def post_delete() -> Sent:
    post = _post()
    return reverse("post_delete", args=[post.uid]), {"version": post.version}, ()


def post_bring_back() -> Sent:
    post = _post()
    gone = withdraw_post(user=usual(EDITOR), post=post, version=post.version)
    return reverse("post_bring_back", args=[post.uid]), {"version": gone.version}, ()


def preferences() -> Sent:
    typed = {"single_keys": "on", "key_new": "m"}
    return reverse("preferences"), typed, (PreferenceForm,)


def api_actors() -> Sent:
    return reverse("api_actors"), {"name": "Somebody", "kind": "person"}, ()


def approval() -> Sent:
    statement = submit(make_statement())
    typed = {
        "action": "approve",
        "_selected_action": statement.pk,
        f"version_{statement.pk}": statement.version,
    }
    return reverse("admin:annotations_statement_changelist"), typed, ()


def notice_seen() -> Sent:
    me = User.objects.get(pk=_session()[SESSION_KEY])
    make_response(make_statement(user=me))
    return reverse("notice_seen", args=[Notice.objects.get().uid]), {}, ()


def tokens() -> Sent:
    return reverse("tokens"), {"name": "desk", "scope": "read", "lasts": "30"}, (TokenForm,)


def token_revoke() -> Sent:
    me = User.objects.get(pk=_session()[SESSION_KEY])
    made = issue(user=me, name="desk", scope="read", lasts=timedelta(days=1))
    return reverse("token_revoke", args=[made.token.uid]), {}, ()


def saved_exports() -> Sent:
    typed = {"format": "statements_csv", "query": "act=denial"}
    return reverse("saved_exports"), typed, (SavedExportForm,)


def saved_export_delete() -> Sent:
    now = timezone.now()
    saved = SavedExport.objects.create(
        owner_id=_session()[SESSION_KEY], created_at=now, expires_at=now
    )
    return reverse("saved_export_delete", args=[saved.uid]), {}, ()


def language() -> Sent:
    return (
        reverse("language"),
        {"language": "fa-af", "next": "/"},
        (),
    )  # it answers with a page to go to


class SentAgain(SimpleUploadedFile):
    """A file that a form can send several times."""

    def read(self, *args: Any) -> bytes:
        self.seek(0)
        return bytes(super().read(*args))


def import_new() -> Sent:
    file = SentAgain("report.txt", b"A minister spoke.", "text/plain")
    typed = {"file": file, "outlet": "", "language": "en"}
    return reverse("import_new", args=["articles"]), typed, (BringInForm,)


def _brought_in() -> Upload:
    """A file of the one who is signed in, previewed."""
    me = User.objects.get(pk=_session()[SESSION_KEY])
    typed = {"file": SentAgain("report.txt", b"A minister spoke.", "text/plain")}
    return preview(me, ARTICLES, typed, {})


def import_carry_out() -> Sent:
    upload = _brought_in()
    return reverse("import_carry_out", args=[upload.uid]), {"digest": upload.digest}, ()


def import_give_up() -> Sent:
    return reverse("import_give_up", args=[_brought_in().uid]), {}, ()


WRITES: dict[str, Callable[[], Sent]] = {
    "import_new": import_new,
    "import_carry_out": import_carry_out,
    "import_give_up": import_give_up,
    "article_new": article_new,
    "article_edit": article_edit,
    "article_correct": article_correct,
    "article_zones": article_zones,
    "article_submit": article_submit,
    "article_here": article_here,
    "language": language,
    "article_take": article_take,
    "article_give_back": article_give_back,
    "article_undo": article_undo,
    "article_redo": article_redo,
    "statement_new": statement_new,
    "statement_edit": statement_edit,
    "statement_spans": statement_spans,
    "statement_split": statement_split,
    "statement_join": statement_join,
    "span_place": span_place,
    "span_role": span_role,
    "span_remove": span_remove,
    "response_new": response_new,
    "response_edit": response_edit,
    "restatement_new": restatement_new,
    "restatement_edit": restatement_edit,
    "reply_new": reply_new,
    "reply_edit": reply_edit,
    "reply_attempt": reply_attempt,
    "attempt_edit": attempt_edit,
    "submit": work_submit,
    "withdraw": work_withdraw,
    "bring_back": work_bring_back,
    "notice_seen": notice_seen,
    "placing_settle": placing_settle,
    "placing_remove": placing_remove,
    "actor_new": actor_new,
    "actor_edit": actor_edit,
    "actor_merge": actor_merge,
    "actor_unmerge": actor_unmerge,
    "post_new": post_new,
    "post_edit": post_edit,
    "post_delete": post_delete,
    "post_bring_back": post_bring_back,
    "preferences": preferences,
    "tokens": tokens,
    "saved_exports": saved_exports,
    "saved_export_delete": saved_export_delete,
    "token_revoke": token_revoke,
    "api_actors": api_actors,
    "approve": approval,
}
