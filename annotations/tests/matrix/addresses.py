"""Who may do what at which address: one line each. An address without a line fails the test that walks them.

A line says who gets in, by which methods, and what an empty request is then answered. Who is not
signed in is sent to sign in; a role outside the line gets 403; a record that the role does not
see and one that is not there get the same 404; a method that the line does not name gets 405.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from annotations.permissions import ADMINISTRATOR, EDITOR, REPORTER, REVIEWER

ANONYMOUS, NOBODY, SUPERUSER = "anonymous", "nobody", "superuser"
ROLES = (ANONYMOUS, NOBODY, REPORTER, EDITOR, REVIEWER, ADMINISTRATOR, SUPERUSER)

EVERYBODY = frozenset(ROLES)
READERS = frozenset({REPORTER, EDITOR, REVIEWER, ADMINISTRATOR, SUPERUSER})
ANNOTATORS = frozenset({EDITOR, ADMINISTRATOR, SUPERUSER})
REVIEWERS = frozenset({REVIEWER, ADMINISTRATOR, SUPERUSER})
ADMINISTRATORS = frozenset({ADMINISTRATOR, SUPERUSER})
SUPERUSERS = frozenset({SUPERUSER})
NOONE: frozenset[str] = frozenset()
SEE_EVERYTHING = frozenset({EDITOR, REVIEWER, ADMINISTRATOR, SUPERUSER})

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Line:
    """What an address answers to those who get in; `of` names the kind of record in the address."""

    who: frozenset[str]
    get: int | None = None
    post: int | None = None
    of: str = ""
    writers: frozenset[str] | None = None  # those who may POST, where they are not `who`
    refused: int = 403  # what other roles get
    absent: int = 404  # what a record that is not there gets
    needs: str = ""  # a parameter that names a second statement
    signed_in: int = 0  # what those who are signed in already get, whatever they ask
    door: str = "site"
    # What the other methods that it takes are answered.
    others: tuple[tuple[str, int], ...] = ()


def reads(of: str = "", **more: Any) -> Line:
    return Line(READERS, get=200, of=of, **more)


def writes(of: str = "", *, get: int | None = 200, post: int = 422, **more: Any) -> Line:
    return Line(ANNOTATORS, get, post, of, **more)


def acts(of: str, *, post: int = 302) -> Line:
    return Line(ANNOTATORS, post=post, of=of)


SITE = {
    "sign-in": Line(EVERYBODY, get=200, post=200, signed_in=302),
    "sign-in-again": Line(EVERYBODY, get=200, post=422),
    "sign-out": Line(EVERYBODY, post=302),
    "healthz": Line(EVERYBODY, get=200),
    "language": Line(EVERYBODY, post=302),
    "words": Line(EVERYBODY, get=200),
    "home": reads(),
    "articles": reads(),
    "article_new": writes(),
    "article": reads("article", refused=404),
    "article_beside": Line(READERS, get=302, of="article"),
    "article_now": reads("article"),
    "article_here": Line(SEE_EVERYTHING, post=204, of="article"),
    "article_print": reads("article"),
    "article_edit": writes("article"),
    "article_correct": writes("article"),
    "article_zones": writes("article"),
    "revisions": reads("article"),
    "revision": reads("article"),
    "article_submit": acts("article"),
    "article_take": acts("article"),
    "article_give_back": acts("article"),
    "article_undo": acts("article"),
    "article_redo": acts("article"),
    "statements": reads(),
    "statement": reads("statement"),
    "statement_new": writes("article"),
    "statement_card": reads("statement", refused=404),
    "statement_edit": writes("statement"),
    "statement_spans": acts("statement"),
    "statement_split": writes("statement"),
    "statement_join_pick": Line(ANNOTATORS, get=200, of="statement"),
    "statement_join": writes("statement", post=409, needs="other"),
    "span_place": acts("span"),
    "span_role": acts("span"),
    "span_remove": acts("span"),
    "link_pick": Line(ANNOTATORS, get=200, of="statement"),
    "response_new": writes("statement", needs="response"),
    "response_edit": writes("response"),
    "restatement_new": writes("statement", needs="by"),
    "restatement_edit": writes("restatement"),
    "reply_new": writes("statement"),
    "reply_edit": writes("reply"),
    "reply_attempt": writes("reply", get=None),
    "attempt_edit": writes("attempt", get=None),
    "submit": acts("work"),
    "withdraw": acts("work"),
    "bring_back": acts("work"),
    "notice_seen": Line(ANNOTATORS, post=404),  # but for one’s own: tests/views/test_notices.py
    "placing": Line(SEE_EVERYTHING, get=200),
    "placing_settle": acts("span"),
    "placing_remove": acts("span"),
    "actors": reads(),
    "actor": reads("actor"),
    "actor_new": writes(),
    "actor_edit": writes("actor"),
    "actor_merge": writes("actor"),
    "actor_unmerge": acts("actor"),
    "post_new": writes("actor"),
    "post_edit": writes("post"),
    "post_delete": acts("post"),
    "post_bring_back": acts("post"),
    "exports": reads(),
    "statements_csv": reads(),
    "exchanges_csv": reads(),
    "actors_csv": reads(),
    "statements_xlsx": reads(),
    "annotations_zip": reads(),
    "annotations_jsonld": reads(),
    "network_graphml": reads(),
    "events_csv": reads(),
    "claimreview_jsonld": reads(),
    "vocabulary": Line(EVERYBODY, get=200),
    "vocabulary_jsonld": Line(EVERYBODY, get=200),
    "records_jsonl": reads(),
    "brat_zip": reads(),
    "codebook_csv": reads(),
    "saved_exports": Line(READERS, get=200, post=422),
    "saved_export": Line(
        READERS, get=404, refused=404
    ),  # but for one’s own: tests/views/test_saved_exports.py
    "saved_export_state": Line(READERS, get=404),
    "saved_export_delete": Line(READERS, post=404),
    "imports": Line(ANNOTATORS, get=200),
    "import_new": writes(),
    "import": Line(ANNOTATORS, get=404),  # but for one’s own: tests/views/test_imports.py
    "import_carry_out": Line(ANNOTATORS, post=404),
    "import_give_up": Line(ANNOTATORS, post=404),
    "preferences": Line(READERS, get=200, post=302),
    "tokens": Line(READERS, get=200, post=422),
    "token_revoke": Line(READERS, post=404),  # but for one’s own: tests/views/test_tokens.py
}
API = {
    "api_actors": Line(READERS, get=200, post=400, writers=ANNOTATORS, door="api"),
    "api_statements": reads(door="api"),
    "api_statement": reads("statement", door="api"),
    "web_annotations": reads(door="api"),
    "web_annotation": reads("statement", door="api"),
}


def v1(
    of: str = "", *others: str, get: int | None = 200, post: int | None = None, **more: Any
) -> Line:
    """A record or list of the API; whoever changes a record names its version first."""
    other, who = more.pop("other", 428), more.pop("who", READERS)
    answers = tuple((method, other) for method in others)
    return Line(who, get, post, of=of, door="api", others=answers, **more)


ANY_CHANGE = ("PUT", "PATCH", "DELETE")
JUDGED: dict[str, Any] = {
    "who": ANNOTATORS | REVIEWERS,
    "get": None,
    "post": 428,
    "writers": ANNOTATORS | REVIEWERS,
}
V1 = {
    "schema": reads(door="api"),
    "api_docs": reads(),
    "api_problems": reads(),
    "v1_articles": v1(post=422),
    "v1_article": v1("article", "PUT", "PATCH"),
    "v1_zones": v1("article", "PUT", get=None),
    "v1_article_submission": v1("article", get=None, post=200),
    "v1_revisions": v1("article"),
    "v1_revision": v1("article"),
    "v1_corrections": v1("article", get=None, post=428),
    "v1_correction_preview": v1("article", get=None, post=422),
    "v1_actors": v1(post=422),
    "v1_actor": v1("actor", "PUT", "PATCH"),
    "v1_actor_merge": v1("actor", "DELETE", get=None, post=428),
    "v1_posts": v1(post=422),
    "v1_post": v1("post", *ANY_CHANGE),
    "v1_post_return": v1("post", get=None, post=428),
    "v1_statements": v1(post=422),
    "v1_statements_bulk": v1(get=None, post=422),
    "v1_statement": v1("statement", *ANY_CHANGE),
    "v1_statement_reviews": v1("statement", **JUDGED),
    "v1_responses": v1(post=422),
    "v1_response": v1("response", *ANY_CHANGE),
    "v1_response_reviews": v1("response", **JUDGED),
    "v1_restatements": v1(post=422),
    "v1_restatement": v1("restatement", *ANY_CHANGE),
    "v1_restatement_reviews": v1("restatement", **JUDGED),
    "v1_reply_records": v1(post=422),
    "v1_reply_record": v1("reply", *ANY_CHANGE),
    "v1_reply_record_reviews": v1("reply", **JUDGED),
    "v1_attempts": v1("reply", get=None, post=428),
    "v1_attempt": v1("reply", "PUT", get=None, other=404),
    "v1_export": v1(),
    "v1_nothing": v1("", *ANY_CHANGE, get=404, post=404, other=404),
}


def admin(who: frozenset[str], get: int | None = 200, post: int | None = 200, **more: Any) -> Line:
    return Line(who, get, post, door="admin", **more)


def row_pages(
    model: str, of: str, who: frozenset[str], writers: frozenset[str] = NOONE
) -> dict[str, Line]:
    """The admin's pages of rows that are no records: without a history, and most not written there."""
    name = f"admin:annotations_{model}"
    return {
        f"{name}_changelist": admin(who),
        f"{name}_add": admin(writers),
        f"{name}_change": admin(who, of=of, writers=writers, absent=302),
        f"{name}_delete": admin(NOONE, of=of),
        f"{name}_history": admin(who, of=of, absent=302),
        f"admin/annotations/{model}/<path:object_id>/": admin(
            REVIEWERS, 302, 302, of=of, absent=302
        ),
    }


def record_pages(model: str, of: str) -> dict[str, Line]:
    """The admin's pages of a record that is read and never written there."""
    name = f"admin:annotations_{model}"
    return {
        f"{name}_changelist": admin(REVIEWERS),
        f"{name}_add": admin(NOONE),
        f"{name}_change": admin(REVIEWERS, of=of, writers=NOONE, absent=302),
        f"{name}_delete": admin(NOONE, of=of),
        f"{name}_history": admin(REVIEWERS, of=of),
        f"admin/annotations/{model}/<path:object_id>/": admin(
            REVIEWERS, 302, 302, of=of, absent=302
        ),
    }


ADMIN = {
    "admin:index": admin(REVIEWERS),
    "admin:login": Line(EVERYBODY - {NOBODY, REPORTER, EDITOR}, get=302, post=302, door="admin"),
    "admin:logout": admin(REVIEWERS, None, 302),
    "admin:password_change": admin(REVIEWERS),
    "admin:password_change_done": admin(REVIEWERS, post=None),
    "admin:autocomplete": admin(REVIEWERS, get=403, post=None),
    "admin:jsi18n": admin(REVIEWERS, post=None),
    "admin:view_on_site": admin(REVIEWERS, 302, 302, of="statement"),
    "admin:app_list": admin(REVIEWERS),
    "admin/(?P<url>.*)$": admin(REVIEWERS, 404, 404),
    **record_pages("article", "article"),
    **record_pages("actor", "actor"),
    **record_pages("post", "post"),
    **record_pages("statement", "statement"),
    **record_pages("response", "response"),
    **record_pages("restatement", "restatement"),
    **record_pages("replyrecord", "reply"),
    **record_pages("contactattempt", "attempt"),
    **row_pages("token", "token", SUPERUSERS),
    **row_pages("webhook", "webhook", ADMINISTRATORS, writers=ADMINISTRATORS),
    **row_pages("delivery", "delivery", ADMINISTRATORS),
    "admin:auth_user_changelist": admin(SUPERUSERS),
    "admin:auth_user_add": admin(SUPERUSERS),
    "admin:auth_user_change": admin(SUPERUSERS, of="user", absent=302),
    "admin:auth_user_delete": admin(NOONE, of="user"),
    "admin:auth_user_history": admin(SUPERUSERS, of="user", absent=302),
    "admin:auth_user_password_change": admin(SUPERUSERS, of="user"),
    "admin/auth/user/<path:object_id>/": admin(REVIEWERS, 302, 302, of="user", absent=302),
    "admin:auth_group_changelist": admin(SUPERUSERS),
    "admin:auth_group_add": admin(NOONE),
    "admin:auth_group_change": admin(SUPERUSERS, of="group", writers=NOONE, absent=302),
    "admin:auth_group_delete": admin(NOONE, of="group"),
    "admin:auth_group_history": admin(SUPERUSERS, of="group", absent=302),
    "admin/auth/group/<path:object_id>/": admin(REVIEWERS, 302, 302, of="group", absent=302),
}
TABLE: dict[str, Line] = {**SITE, **API, **V1, **ADMIN}


def walk() -> dict[str, str]:
    """Every address that the site answers: its name (its route, where it has none) and its route."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def _walk(
    patterns: list[URLPattern | URLResolver], route: str, space: str
) -> Iterator[tuple[str, str]]:
    for each in patterns:
        whole = route + str(each.pattern)
        if isinstance(each, URLResolver):
            deeper = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each.url_patterns, whole, deeper)
        else:
            yield (space + each.name if each.name else whole), whole


def expected(line: Line, role: str, method: str, state: str) -> int:
    """The status that the line promises this role for a record in this state (“” where there is none)."""
    if role not in line.who and role == ANONYMOUS:
        return 401 if line.door == "api" else 302
    if line.signed_in and role != ANONYMOUS:
        return line.signed_in
    offered = {"GET": line.get, "POST": line.post}.get(method)
    who = line.writers if method != "GET" and line.writers is not None else line.who
    writers = ANNOTATORS if line.writers is None else line.writers
    if line.door == "api" and role not in (writers if method != "GET" else line.who):
        return 403
    if method in dict(line.others):
        return line.absent if state == "absent" else dict(line.others)[method]
    if method not in ("GET", "POST") or (offered is None and line.door == "site"):
        return 405
    if role not in who:
        return line.refused
    if offered is None:
        return 405
    if state == "absent":
        return line.absent
    if state and state != "approved" and role not in SEE_EVERYTHING:
        return 404
    return offered
