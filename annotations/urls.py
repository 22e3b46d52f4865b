"""Every page of the app: one list of addresses for each module of views."""

from django.urls import URLPattern

from annotations.views import (
    actors,
    article_list,
    articles,
    corrections,
    exports,
    home,
    merges,
    pick,
    placing,
    posts,
    replies,
    responses,
    restatements,
    revisions,
    statement_forms,
    statement_list,
    statements,
    undo,
    work,
    zones,
)

urlpatterns: list[URLPattern] = [
    *home.urlpatterns,
    *article_list.urlpatterns,
    *articles.urlpatterns,
    *corrections.urlpatterns,
    *statement_list.urlpatterns,
    *statements.urlpatterns,
    *statement_forms.urlpatterns,
    *pick.urlpatterns,
    *responses.urlpatterns,
    *restatements.urlpatterns,
    *revisions.urlpatterns,
    *replies.urlpatterns,
    *work.urlpatterns,
    *undo.urlpatterns,
    *zones.urlpatterns,
    *placing.urlpatterns,
    *exports.urlpatterns,
    *actors.urlpatterns,
    *posts.urlpatterns,
    *merges.urlpatterns,
]
