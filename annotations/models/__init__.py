"""The records of the domain, one concept a file."""

from annotations.models.actor import Actor, ActorAlias
from annotations.models.article import Article, ArticleWords
from annotations.models.assignment import Assignment
from annotations.models.attribution import Attribution, Point
from annotations.models.idempotency import IdempotencyKey
from annotations.models.notice import Notice
from annotations.models.post import Post
from annotations.models.preference import Preference
from annotations.models.presence import Presence
from annotations.models.reply import ContactAttempt, ReplyRecord
from annotations.models.response import (
    CLOSING,
    COMMON,
    GROUP_OF,
    GROUPS,
    LinkBasis,
    Relation,
    Response,
    ResponseParty,
    ResponsePoint,
    Restatement,
)
from annotations.models.review import NEXT_STATES, PENDING, SENT_BACK, ReviewState
from annotations.models.revision import Revision, Zone
from annotations.models.saved_export import SavedExport
from annotations.models.span import Placement, Span
from annotations.models.statement import Statement
from annotations.models.token import Token
from annotations.models.upload import Upload
from annotations.models.webhook import Delivery, Webhook

__all__ = [
    "CLOSING",
    "COMMON",
    "GROUPS",
    "GROUP_OF",
    "NEXT_STATES",
    "PENDING",
    "SENT_BACK",
    "Actor",
    "ActorAlias",
    "Article",
    "ArticleWords",
    "Assignment",
    "Attribution",
    "ContactAttempt",
    "Delivery",
    "IdempotencyKey",
    "LinkBasis",
    "Notice",
    "Placement",
    "Point",
    "Post",
    "Preference",
    "Presence",
    "Relation",
    "ReplyRecord",
    "Response",
    "ResponseParty",
    "ResponsePoint",
    "Restatement",
    "ReviewState",
    "Revision",
    "SavedExport",
    "Span",
    "Statement",
    "Token",
    "Upload",
    "Webhook",
    "Zone",
]
