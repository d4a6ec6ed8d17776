"""Search as one types, and the colours of labels."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from inbox import search
from inbox.http import AgentRequest
from inbox.models import Label
from inbox.search.words import MAX_QUERY
from inbox.views import found

COLOUR = re.compile("#[0-9a-fA-F]{6}")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def results(request: AgentRequest) -> HttpResponse:
    """A fragment while typing, a page for the address itself.

    It changes nothing, and is a POST all the same: words one looks for are names of customers
    and what they said, and addresses stand in logs.
    """
    text = request.POST.get("q", "")[:MAX_QUERY]
    drawn = found.draw(search.find(request.user, text), text)
    if request.htmx:
        return HttpResponse(drawn)
    return render(request, "inbox/search.html", {"q": text, "results": drawn})


@require_safe
@never_cache
@login_required
def label_colours(request: AgentRequest) -> HttpResponse:
    """A stylesheet, because the safety policy allows no colours within the page."""
    lines = [
        f'[data-label="{pk}"] {{ --c: {colour}; }}'
        for pk, colour in Label.objects.visible_to(request.user).values_list("pk", "colour")
        if COLOUR.fullmatch(colour)
    ]
    return HttpResponse("\n".join(lines), content_type="text/css")
