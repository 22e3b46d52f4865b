"""What a load balancer asks."""

import logging
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks import task_backends
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

log = logging.getLogger(__name__)
_migrated: list[bool] = []
TOO_LONG = timedelta(minutes=5)


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and the migrations are applied, 503 when not.

    A second line says when tasks wait: pages do without them, so the site stays in use.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        migrated = is_migrated()
        waits = longest_wait() if migrated else timedelta()
    except Error:
        log.exception("The database does not answer")
        return HttpResponse("The database does not answer.\n", "text/plain", 503)
    if not migrated:
        log.error("Migrations are not applied")
        return HttpResponse("Migrations are not applied.\n", "text/plain", 503)
    return HttpResponse(f"ok\n{_told(waits)}", "text/plain")


def longest_wait() -> timedelta:
    """How long the oldest task waits for a worker; none where tasks are done at once."""
    if not isinstance(task_backends["default"], DatabaseBackend):
        return timedelta()
    now, ready = timezone.now(), DBTaskResult.objects.ready()
    later = ready.filter(run_after__lte=now).order_by("run_after")
    at_once = ready.filter(run_after__gt=now).order_by("enqueued_at")
    since = [
        *later.values_list("run_after", flat=True)[:1],
        *at_once.values_list("enqueued_at", flat=True)[:1],
    ]
    return now - min(since, default=now)


def _told(waits: timedelta) -> str:
    if waits < TOO_LONG:
        return ""
    told = f"A task waits since {int(waits.total_seconds() // 60)} minutes: is manage.py db_worker running?"
    log.warning(told)
    return f"{told}\n"


def is_migrated() -> bool:
    """Whether every migration of this code is applied; once it was, it is not asked again in this process."""
    if not _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.append(True)
    return True
