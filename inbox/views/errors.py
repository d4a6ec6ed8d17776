"""What is shown when something is not there, not allowed, too large or broken.

A part of a page gets the bare sentence: static/js/failures.js shows it as a toast.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception, **_kwargs: Any) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _answer(request, "400.html", 400, _("The desk did not understand this request."))


def forbidden(request: HttpRequest, exception: Exception, **_kwargs: Any) -> HttpResponse:
    # Only our own sentences: Django raises PermissionDenied without one.
    own = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _answer(request, "403.html", 403, own or _("You are not allowed to do this."))


def not_found(request: HttpRequest, exception: Exception, **_kwargs: Any) -> HttpResponse:
    return _answer(request, "404.html", 404, _("This is not here any more."))


def too_large(request: HttpRequest) -> HttpResponse:
    return _answer(request, "413.html", 413, _("This is too large."))


def broken(request: HttpRequest) -> HttpResponse:
    return _answer(request, "500.html", 500, _("Something went wrong here. It was noted."))


def _answer(request: HttpRequest, page: str, status: int, sentence: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    return render(request, page, {"sentence": sentence}, status=status)
