"""Each agent sees the desk in their language and on their clock."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation


def agent_preferences(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        agent = request.user
        if not agent.is_authenticated:
            return get_response(request)
        request.LANGUAGE_CODE = agent.language
        with translation.override(agent.language), timezone.override(agent.time_zone_info):
            response = get_response(request)
        response.headers["Content-Language"] = agent.language
        return response

    return middleware
