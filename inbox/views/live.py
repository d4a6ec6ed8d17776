"""Who is looking and who is writing: what browsers say of themselves."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from inbox.http import AgentRequest


def stream(request: HttpRequest) -> HttpResponse:
    """Only reached where the desk runs without ``supportdesk.asgi``, which answers itself."""
    return HttpResponse("The live stream needs the ASGI server.", status=503)


@require_POST
@login_required
def presence(request: AgentRequest) -> HttpResponse:
    return HttpResponse(status=204)
