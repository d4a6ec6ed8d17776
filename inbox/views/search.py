"""Search as one types, and the colours of labels."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from inbox import search
from inbox.http import AgentRequest
from inbox.models import Label
from inbox.search.words import MAX_QUERY

COLOUR = re.compile("#[0-9a-fA-F]{6}")


@require_safe
@never_cache
@login_required
def results(request: AgentRequest) -> HttpResponse:
    """``?q=``: a fragment while typing, a page for the address itself."""
    text = request.GET.get("q", "")[:MAX_QUERY]
    context = {"q": text, "found": search.find(request.user, text)}
    whole = not request.htmx or request.htmx.history_restore_request
    template = "inbox/search.html" if whole else "inbox/_search_results.html"
    return render(request, template, context)


@require_safe
@never_cache
@login_required
def label_colours(request: AgentRequest) -> HttpResponse:
    """A stylesheet, because the safety policy allows no colours within the page."""
    lines = [
        f'[data-label="{pk}"] {{ --c: {colour}; }}'
        for pk, colour in Label.objects.values_list("pk", "colour")
        if COLOUR.fullmatch(colour)
    ]
    return HttpResponse("\n".join(lines), content_type="text/css")
