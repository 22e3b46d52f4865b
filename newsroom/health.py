"""What a load balancer asks."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)
_migrated: list[bool] = []


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and the migrations are applied, 503 when not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        migrated = is_migrated()
    except Error:
        log.exception("The database does not answer")
        return HttpResponse("The database does not answer.\n", "text/plain", 503)
    if not migrated:
        log.error("Migrations are not applied")
        return HttpResponse("Migrations are not applied.\n", "text/plain", 503)
    return HttpResponse("ok\n", "text/plain")


def is_migrated() -> bool:
    """Whether every migration of this code is applied; once it was, it is not asked again in this process."""
    if not _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.append(True)
    return True
