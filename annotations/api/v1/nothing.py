"""What every address under /api/v1/ that there is none for answers: 404, as a problem like any other."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from annotations.api.requests import ReadsOrAnnotates
from annotations.api.v1.problems import answer_problem


@extend_schema(exclude=True)
class Nothing(APIView):
    """No record and no list."""

    permission_classes = (ReadsOrAnnotates,)

    def get_exception_handler(self) -> Any:
        return answer_problem

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise Http404
