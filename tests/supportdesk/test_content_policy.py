"""supportdesk.content_policy: no page runs what is not ours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings

from supportdesk.content_policy import content_policy

HEADER = "Content-Security-Policy"


def answered(status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    answer = HttpResponse(status=status, headers=headers)
    return content_policy(lambda request: answer)(HttpRequest())


def test_every_page_says_what_it_may_load(client: Client) -> None:
    policy = client.get("/login/").headers[HEADER]

    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'self'"
    assert directives["object-src"] == directives["frame-ancestors"] == "'none'"
    assert "script-src" not in directives  # no exception from the first
    assert "unsafe" not in policy


def test_a_page_with_a_stricter_one_keeps_it() -> None:
    assert answered(headers={HEADER: "sandbox"}).headers[HEADER] == "sandbox"


def test_errors_have_it_too(settings: Settings) -> None:
    assert HEADER in answered(404).headers

    settings.DEBUG = True
    assert HEADER not in answered(404).headers
    assert HEADER in answered(403).headers
