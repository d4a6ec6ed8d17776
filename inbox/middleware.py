"""Each agent sees the desk in their language and on their clock; strangers sign in first."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone, translation

from inbox.sessions import note_seen


def agent_preferences(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        agent = request.user
        if not agent.is_authenticated:
            return _without_sign_in_page(request, get_response(request))
        note_seen(request, agent)
        request.LANGUAGE_CODE = agent.language
        with translation.override(agent.language), timezone.override(agent.time_zone_info):
            response = get_response(request)
        response.headers["Content-Language"] = agent.language
        return response

    return middleware


def _without_sign_in_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A part of a page is never replaced by the sign-in page: what was typed stays there.

    The page hears of it (``desk:signed-out``) and offers to sign in again.
    """
    if not _wants_a_part(request) or not _leads_to_sign_in(response):
        return response
    return HttpResponse(status=401, headers={"HX-Trigger": "desk:signed-out"})


def _wants_a_part(request: HttpRequest) -> bool:
    # htmx says so itself; fetch() is recognised by what the browser says of the request.
    return (
        request.headers.get("HX-Request") == "true"
        or request.headers.get("Sec-Fetch-Dest") == "empty"
    )


def _leads_to_sign_in(response: HttpResponse) -> bool:
    if response.status_code != 302:
        return False
    return urlsplit(response.headers["Location"]).path == resolve_url(settings.LOGIN_URL)
