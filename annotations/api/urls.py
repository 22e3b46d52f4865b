"""The addresses under /api/."""

from django.urls import include, path

from annotations.api.actors import ActorList
from annotations.api.statements import StatementDetail, StatementList
from annotations.api.v1.docs import Schema, documentation, problem_list
from annotations.api.web_annotations import WebAnnotation, WebAnnotations

urlpatterns = [
    path("actors/", ActorList.as_view(), name="api_actors"),
    path("statements/", StatementList.as_view(), name="api_statements"),
    path("statements/<uuid:uid>/", StatementDetail.as_view(), name="api_statement"),
    path("annotations/", WebAnnotations.as_view(), name="web_annotations"),
    path("annotations/<uuid:uid>/", WebAnnotation.as_view(), name="web_annotation"),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", documentation, name="api_docs"),
    path("docs/problems/", problem_list, name="api_problems"),
    path("v1/", include("annotations.api.v1.urls")),
]
