"""Happenings that could not be worked through, and those of a kind we do not know."""

from __future__ import annotations

import json
import uuid
from typing import NamedTuple

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from inbox.actions import parked as actions
from inbox.http import AgentRequest
from inbox.models import ParkedHappening
from inbox.permissions import admin_required
from inbox.views.settings import parked_words

PAGE = 50
State = ParkedHappening.State


class Row(NamedTuple):
    parked: ParkedHappening
    kind: parked_words.Told
    reason: parked_words.Told

    @classmethod
    def of(cls, parked: ParkedHappening) -> Row:
        return cls(parked, parked_words.kind(parked), parked_words.reason(parked))


@admin_required
@require_GET
def parked(request: AgentRequest) -> HttpResponse:
    """``?state=`` chooses, ``?before=`` names the last row of the page before."""
    state = request.GET.get("state", State.FAILED)
    if state not in State.values:
        state = State.FAILED
    rows = ParkedHappening.objects.filter(state=state).select_related("channel").defer("raw")
    page = list(
        _older(rows, request.GET.get("before", "")).order_by("-parked_at", "-pk")[: PAGE + 1]
    )
    context = {
        "state": state,
        "states": State.choices,
        "rows": [Row.of(row) for row in page[:PAGE]],
        "more": page[PAGE - 1] if len(page) > PAGE else None,
    }
    return render(request, "settings/parked.html", context)


@admin_required
@require_GET
def happening(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    row = _get_parked(code)
    context = {
        "row": Row.of(row),
        "raw": json.dumps(row.raw, indent=2, ensure_ascii=False),
        "can_try": row.state != State.DONE,
    }
    return render(request, "settings/happening.html", context)


@admin_required
@require_POST
def try_again(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    if actions.try_again(_get_parked(code), by=request.user):
        messages.success(request, _("It worked this time."))
    else:
        messages.error(request, _("It still cannot be worked through."))
    return redirect("inbox:settings_happening", code)


def _older(rows: QuerySet[ParkedHappening], before: str) -> QuerySet[ParkedHappening]:
    try:
        last = ParkedHappening.objects.only("parked_at").get(code=uuid.UUID(before))
    except (ValueError, ParkedHappening.DoesNotExist):
        return rows
    return rows.filter(
        Q(parked_at__lt=last.parked_at) | Q(parked_at=last.parked_at, pk__lt=last.pk)
    )


def _get_parked(code: uuid.UUID) -> ParkedHappening:
    return get_object_or_404(ParkedHappening.objects.select_related("channel"), code=code)
