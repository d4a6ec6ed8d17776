"""The emoji to pick from, fetched once by a browser that opens the picker."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from inbox.emoji import CATEGORIES, all_emoji
from inbox.http import AgentRequest


@login_required
@require_safe
@cache_control(private=True, max_age=86_400)
def emoji(request: AgentRequest) -> HttpResponse:
    groups = [
        {"name": name, "label": str(CATEGORIES[name][0]), "emoji": found}
        for name, found in all_emoji().items()
    ]
    return JsonResponse({"groups": groups})
