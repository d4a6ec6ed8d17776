"""inbox.views.errors: what is shown when something cannot be shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.test import Client, RequestFactory

from inbox.models import Agent
from inbox.views import errors

HTMX = {"HX-Request": "true"}


def words(response: Any) -> str:
    text: str = response.content.decode()
    return text


def test_an_unknown_address_says_so(agent_client: Client) -> None:
    response = agent_client.get("/nowhere/")

    assert response.status_code == 404
    assert "Not found" in words(response)
    assert "To the inbox" in words(response)


@pytest.mark.django_db
def test_strangers_get_the_same_page(client: Client) -> None:
    assert client.get("/nowhere/").status_code == 404


def test_a_part_of_a_page_gets_the_bare_sentence(agent_client: Client) -> None:
    response = agent_client.get("/nowhere/", headers=HTMX)

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert words(response) == "This is not here any more."


def test_a_refusal_gives_its_reason() -> None:
    reason = PermissionDenied("Your role does not allow this. Ask an admin.")
    response = errors.forbidden(RequestFactory().get("/"), reason)

    assert response.status_code == 403
    assert "Your role does not allow this. Ask an admin." in words(response)


def test_a_refusal_without_a_reason_is_still_a_sentence() -> None:
    response = errors.forbidden(RequestFactory().get("/"), PermissionDenied())

    assert "You are not allowed to do this." in words(response)


def test_markup_in_a_reason_is_text() -> None:
    response = errors.forbidden(RequestFactory().get("/"), PermissionDenied("<b>no</b>"))

    assert "&lt;b&gt;no&lt;/b&gt;" in words(response)


@pytest.mark.parametrize(
    ("trouble", "status"),
    [(RequestDataTooBig(), 413), (SuspiciousOperation("secret detail"), 400)],
    ids=["too large", "suspicious"],
)
def test_a_bad_request_tells_no_details(trouble: Exception, status: int) -> None:
    response = errors.bad_request(RequestFactory().get("/"), trouble)

    assert response.status_code == status
    assert "secret detail" not in words(response)


@pytest.mark.django_db
def test_a_form_that_is_too_large_is_413(agent: Agent) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(agent, backend="inbox.backends.AgentBackend")

    response = client.post("/live/presence/", {"code": "x" * 3_000_000, "state": "idle"})

    # The field is refused before it is read as a whole.
    assert response.status_code == 413
    assert "Too large" in words(response)


def test_a_broken_page_needs_neither_database_nor_agent() -> None:
    response = errors.broken(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Something went wrong here." in words(response)


@pytest.mark.django_db
def test_a_page_that_was_open_too_long_says_so(agent: Agent) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent, backend="inbox.backends.AgentBackend")

    response = client.post("/live/presence/", {"code": "x", "state": "idle"})

    assert response.status_code == 403
    assert "This page was open for too long" in words(response)
