"""The one Content-Security-Policy of all pages.

django-csp's middleware puts it into words anew for each page, twice. A page that sends one of
its own (a customer's file) keeps that.
"""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse

DJANGOS_OWN = (404, 500)  # with DEBUG, and with styles inside


def content_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    policy = build_policy()

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not (settings.DEBUG and response.status_code in DJANGOS_OWN):
            response.headers.setdefault(HEADER, policy)
        return response

    return middleware
