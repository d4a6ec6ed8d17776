"""Every part of the interface in every state, on one page (DEBUG only)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from inbox.http import AgentRequest


@login_required
def show(request: AgentRequest) -> HttpResponse:
    return render(request, "styleguide.html")
