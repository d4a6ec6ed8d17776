"""/settings/parked/"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox.models import Agent, ParkedHappening
from inbox.views.settings import parked as view
from tests.factories import make_channel
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db
URL = "/settings/parked/"


def make_parked(**fields: Any) -> ParkedHappening:
    defaults = {"state": "failed", "kind": "MessageReceived", "reason": "KeyError: 'id'"}
    return ParkedHappening.objects.create(**(defaults | {"path": str(uuid4())} | fields))


def test_failed_ones_come_first_with_their_reason(admin_client: Client) -> None:
    make_parked(channel=make_channel(name="Service"))
    make_parked(kind="SomethingNew", state="unknown")

    r = admin_client.get(URL)

    assertContains(r, "A mistake in the desk stopped it.")
    assertContains(r, "KeyError: &#x27;id&#x27;")
    assertContains(r, "Message of a customer")
    assertContains(r, "Service")
    assertNotContains(r, "SomethingNew")
    assertContains(admin_client.get(f"{URL}?state=unknown"), "SomethingNew")


def test_a_state_nobody_knows_shows_the_failed_ones(admin_client: Client) -> None:
    make_parked()
    assertContains(admin_client.get(f"{URL}?state=nonsense"), "MessageReceived")


def test_an_empty_state_says_so(admin_client: Client) -> None:
    assertContains(admin_client.get(URL), "Nothing is parked here")


def test_it_pages_by_key(admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "PAGE", 2)
    same_moment = timezone.now()
    for n in range(3):
        make_parked(kind=f"Kind{n}", parked_at=same_moment)
    make_parked(kind="Oldest", parked_at=same_moment - timedelta(hours=1))

    first = admin_client.get(URL)
    second = admin_client.get(f"{URL}?before={first.context['more'].code}")

    assert [row.parked.kind for row in first.context["rows"]] == ["Kind2", "Kind1"]
    assert [row.parked.kind for row in second.context["rows"]] == ["Kind0", "Oldest"]
    assert second.context["more"] is None


@pytest.mark.parametrize("before", ["nonsense", str(uuid4())], ids=["no key", "nobody's key"])
def test_a_wrong_key_starts_from_the_top(admin_client: Client, before: str) -> None:
    make_parked()
    assertContains(admin_client.get(f"{URL}?before={before}"), "MessageReceived")


def test_admins_read_what_came_as_text_only(admin_client: Client) -> None:
    raw = {"text": {"body": "<script>alert(1)</script> Grüße {{ x }}"}}
    row = make_parked(raw=raw, state="unknown")

    r = admin_client.get(f"{URL}{row.code}/")

    assertContains(r, "&lt;script&gt;alert(1)&lt;/script&gt; Grüße {{ x }}")
    assertNotContains(r, "<script>alert(1)")
    assertContains(r, "  &quot;text&quot;: {")  # indented


@pytest.mark.parametrize(
    ("worked", "sentence"),
    [(True, "It worked this time"), (False, "It still cannot be worked through")],
)
def test_trying_again_says_how_it_went(
    admin_client: Client,
    admin: Agent,
    monkeypatch: pytest.MonkeyPatch,
    worked: bool,
    sentence: str,
) -> None:
    row = make_parked()
    tried: list[tuple[ParkedHappening, Agent]] = []

    def try_again(parked: ParkedHappening, *, by: Agent) -> bool:
        tried.append((parked, by))
        return worked

    monkeypatch.setattr("inbox.actions.parked.try_again", try_again)

    r = admin_client.post(f"{URL}{row.code}/try-again/", follow=True)

    assertContains(r, sentence)
    assert tried == [(row, admin)]


def test_what_is_done_is_not_tried_again(admin_client: Client) -> None:
    row = make_parked(state="done", settled_at=timezone.now())
    assertNotContains(admin_client.get(f"{URL}{row.code}/"), "try-again/")


def test_only_admins_are_let_in(statuses: Statuses) -> None:
    row = make_parked()
    admins_only = {"stranger": 302, "agent": 403, "lead": 403}
    assert statuses(URL) == admins_only | {"admin": 200}
    assert statuses(f"{URL}{row.code}/") == admins_only | {"admin": 200}
    assert statuses(f"{URL}{row.code}/try-again/", {}) == admins_only | {"admin": 302}
    assert statuses(f"{URL}{row.code}/try-again/")["admin"] == 405


def test_nothing_by_that_code(admin_client: Client) -> None:
    assert admin_client.get(f"{URL}{uuid4()}/").status_code == 404
    assert admin_client.post(f"{URL}{uuid4()}/try-again/").status_code == 404


def test_the_number_of_queries_does_not_grow(
    admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        make_parked(channel=make_channel())

    # session, agent, rows with their numbers
    with django_assert_num_queries(3):
        admin_client.get(URL)
