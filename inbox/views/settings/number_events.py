"""What Meta told us about a number, and that somebody has taken note."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from inbox.actions import channels
from inbox.http import AgentRequest
from inbox.models import ChannelEvent
from inbox.permissions import admin_required, lead_required
from inbox.views.settings.event_words import sentence
from inbox.views.settings.numbers import access_number

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    event: ChannelEvent
    sentence: str
    raw: str  # Meta's own words; for admins


@lead_required
@require_GET
def events(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    """The newest first; ``?before=`` is the key of the last row of the page before."""
    channel = access_number(request, code)
    found = channel.events.select_related("acknowledged_by").order_by("-at", "-pk")
    page = list(_older(found, request.GET.get("before", ""))[: PAGE + 1])
    is_admin = request.user.is_admin
    rows = [Row(one, sentence(one), _pretty(one) if is_admin else "") for one in page[:PAGE]]
    more = page[PAGE - 1] if len(page) > PAGE else None
    context = {"channel": channel, "rows": rows, "more": more}
    return render(request, "settings/number_events.html", context)


@admin_required
@require_POST
def acknowledge(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    channel = access_number(request, code)
    key = request.POST.get("event", "")
    channels.acknowledge(get_object_or_404(channel.events, dedupe_key=key), by=request.user)
    return redirect("inbox:settings_number_events", code)


def _older(found: QuerySet[ChannelEvent], before: str) -> QuerySet[ChannelEvent]:
    last = found.filter(dedupe_key=before).first() if before else None
    if last is None:
        return found
    return found.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))


def _pretty(event: ChannelEvent) -> str:
    return json.dumps(event.data, indent=2, ensure_ascii=False)
