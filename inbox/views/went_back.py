"""What went back to the queue while one was away or offline."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from inbox.actions import absence
from inbox.http import AgentRequest
from inbox.models import Conversation, WentBack

MOST = 100


@login_required
@require_safe
def went_back(request: AgentRequest) -> HttpResponse:
    """The newest first, and who has each now. Reading it does not clear it: a button does."""
    visible = Conversation.objects.visible_to(request.user)
    rows = WentBack.objects.filter(agent=request.user, conversation__in=visible)
    shown = rows.select_related("conversation__contact", "conversation__assignee")
    context = {"rows": shown.order_by("-at", "-pk")[:MOST]}
    return render(request, "accounts/went_back.html", context)


@login_required
@require_POST
def seen(request: AgentRequest) -> HttpResponse:
    absence.note_seen(request.user)
    return redirect("inbox:home")
