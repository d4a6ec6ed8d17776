"""Whether the desk is well: for a monitor in a word, for whoever runs it on a page."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from inbox import heartbeat
from inbox.http import AgentRequest
from inbox.models import Attachment, Channel, Message, ParkedHappening, Webhook
from inbox.permissions import admin_required

# What waits longer than this although it is due has nobody working on it.
LATE = timedelta(minutes=1)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while pages can be served; tells strangers nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@admin_required
@never_cache
@require_GET
def health(request: AgentRequest) -> HttpResponse:
    now = timezone.now()
    heard = heartbeat.last()
    parked = ParkedHappening.objects.filter(state=ParkedHappening.State.FAILED)
    context = {
        "queues": _queues(now),
        "worker_at": heard,
        "worker_is_silent": heard is None or now - heard > heartbeat.SILENT_AFTER,
        "parked_count": parked.count(),
        "circuits": Channel.objects.in_use().exclude(circuit_opened_at=None),
    }
    return render(request, "settings/health.html", context)


def _queues(now: datetime) -> dict[str, dict[str, object]]:
    """How much waits to be worked through, and since when; each reads a partial index."""
    return {
        "webhooks": _queue(
            Webhook.objects.filter(processed_at=None).aggregate(
                count=Count("pk"), oldest=Min("received_at")
            ),
            now,
        ),
        "messages": _queue(
            Message.objects.filter(due_at__lte=now).aggregate(
                count=Count("pk"), oldest=Min("due_at")
            ),
            now,
        ),
        "media": _queue(
            Attachment.objects.filter(due_at__lte=now).aggregate(
                count=Count("pk"), oldest=Min("due_at")
            ),
            now,
        ),
    }


def _queue(found: dict[str, object], now: datetime) -> dict[str, object]:
    oldest = found["oldest"]
    is_late = isinstance(oldest, datetime) and now - oldest > LATE
    return {"count": found["count"], "oldest": oldest, "is_late": is_late}
