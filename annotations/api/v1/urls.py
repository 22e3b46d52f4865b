"""The addresses under /api/v1/."""

from django.urls import path, re_path

from annotations.api.v1 import (
    actors,
    articles,
    exports,
    posts,
    replies,
    responses,
    restatements,
    reviews,
    revisions,
    statements,
)
from annotations.api.v1.nothing import Nothing

urlpatterns = [
    path("articles/", articles.ArticleList.as_view(), name="v1_articles"),
    path("articles/<uuid:uid>/", articles.ArticleDetail.as_view(), name="v1_article"),
    path("articles/<uuid:uid>/zones/", articles.ArticleZones.as_view(), name="v1_zones"),
    path(
        "articles/<uuid:uid>/submission/",
        articles.ArticleSubmission.as_view(),
        name="v1_article_submission",
    ),
    path("articles/<uuid:uid>/revisions/", revisions.RevisionList.as_view(), name="v1_revisions"),
    path(
        "articles/<uuid:uid>/revisions/<int:number>/",
        revisions.RevisionDetail.as_view(),
        name="v1_revision",
    ),
    path(
        "articles/<uuid:uid>/corrections/",
        revisions.Corrections.as_view(),
        name="v1_corrections",
    ),
    path(
        "articles/<uuid:uid>/corrections/preview/",
        revisions.CorrectionPreview.as_view(),
        name="v1_correction_preview",
    ),
    path("actors/", actors.ActorList.as_view(), name="v1_actors"),
    path("actors/<uuid:uid>/", actors.ActorDetail.as_view(), name="v1_actor"),
    path("actors/<uuid:uid>/merge/", actors.ActorMerge.as_view(), name="v1_actor_merge"),
    path("posts/", posts.PostList.as_view(), name="v1_posts"),
    path("posts/<uuid:uid>/", posts.PostDetail.as_view(), name="v1_post"),
    path("posts/<uuid:uid>/return/", posts.PostReturn.as_view(), name="v1_post_return"),
    path("statements/", statements.StatementList.as_view(), name="v1_statements"),
    path("statements/bulk/", statements.StatementBulk.as_view(), name="v1_statements_bulk"),
    path("statements/<uuid:uid>/", statements.StatementDetail.as_view(), name="v1_statement"),
    path(
        "statements/<uuid:uid>/reviews/",
        reviews.StatementReview.as_view(),
        name="v1_statement_reviews",
    ),
    path("responses/", responses.ResponseList.as_view(), name="v1_responses"),
    path("responses/<uuid:uid>/", responses.ResponseDetail.as_view(), name="v1_response"),
    path(
        "responses/<uuid:uid>/reviews/",
        reviews.ResponseReview.as_view(),
        name="v1_response_reviews",
    ),
    path("restatements/", restatements.RestatementList.as_view(), name="v1_restatements"),
    path(
        "restatements/<uuid:uid>/",
        restatements.RestatementDetail.as_view(),
        name="v1_restatement",
    ),
    path(
        "restatements/<uuid:uid>/reviews/",
        reviews.RestatementReview.as_view(),
        name="v1_restatement_reviews",
    ),
    path("reply-records/", replies.ReplyList.as_view(), name="v1_reply_records"),
    path("reply-records/<uuid:uid>/", replies.ReplyDetail.as_view(), name="v1_reply_record"),
    path(
        "reply-records/<uuid:uid>/reviews/",
        reviews.ReplyReview.as_view(),
        name="v1_reply_record_reviews",
    ),
    path("reply-records/<uuid:uid>/attempts/", replies.AttemptList.as_view(), name="v1_attempts"),
    path(
        "reply-records/<uuid:uid>/attempts/<uuid:attempt>/",
        replies.AttemptDetail.as_view(),
        name="v1_attempt",
    ),
    path("exports/<str:file>/", exports.Export.as_view(), name="v1_export"),
    re_path("", Nothing.as_view(), name="v1_nothing"),
]
