"""The addresses under /api/."""

from django.urls import include, path

from annotations.api.actors import ActorList
from annotations.api.statements import StatementDetail, StatementList

urlpatterns = [
    path("actors/", ActorList.as_view(), name="api_actors"),
    path("statements/", StatementList.as_view(), name="api_statements"),
    path("statements/<uuid:uid>/", StatementDetail.as_view(), name="api_statement"),
    path("v1/", include("annotations.api.v1.urls")),
]
