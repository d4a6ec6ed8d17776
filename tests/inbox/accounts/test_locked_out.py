"""inbox.views.accounts.locked_out: too many wrong passwords"""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertContains

from inbox.models import Agent
from tests.factories import PASSWORD, make_agent

pytestmark = pytest.mark.django_db
URL = "/login/"


def guess(client: Client, email: str, times: int, address: str = "203.0.113.9") -> None:
    for _ in range(times):
        client.post(URL, {"username": email, "password": "wrong"}, REMOTE_ADDR=address)


def sign_in(client: Client, agent: Agent, address: str = "203.0.113.9") -> int:
    form = {"username": agent.email, "password": PASSWORD}
    return client.post(URL, form, REMOTE_ADDR=address).status_code


def test_after_too_many_guesses_even_the_right_password_waits(
    client: Client, agent: Agent, settings: Settings
) -> None:
    guess(client, agent.email, settings.AXES_FAILURE_LIMIT)

    form = {"username": agent.email, "password": PASSWORD}
    r = client.post(URL, form, REMOTE_ADDR="203.0.113.9")

    assertContains(r, "Wait 15 minutes", status_code=429)
    assertContains(r, agent.email, status_code=429)  # what was typed is not lost
    assert r.headers["Retry-After"] == "900"


def test_one_guess_fewer_does_not_lock(
    client: Client, agent: Agent, settings: Settings
) -> None:
    guess(client, agent.email, settings.AXES_FAILURE_LIMIT - 1)
    assert sign_in(client, agent) == 302


def test_another_spelling_of_the_address_is_no_new_chance(
    client: Client, agent: Agent, settings: Settings
) -> None:
    guess(client, agent.email, settings.AXES_FAILURE_LIMIT - 1)
    guess(client, agent.email.upper(), 1)

    assert sign_in(client, agent) == 429


def test_look_alike_letters_are_no_new_chance(client: Client) -> None:
    agent = make_agent(email="lisi@example.org")

    for spelling in ("liſi@example.org", "lısı@example.org"):
        r = client.post(URL, {"username": spelling, "password": PASSWORD})
        assertContains(r, "do not belong together", status_code=422)

    assert sign_in(client, agent) == 302


def test_a_colleague_at_the_same_address_gets_in(
    client: Client, agent: Agent, colleague: Agent, settings: Settings
) -> None:
    guess(client, agent.email, settings.AXES_FAILURE_LIMIT)
    assert sign_in(client, colleague) == 302


def test_the_same_person_elsewhere_gets_in(
    client: Client, agent: Agent, settings: Settings
) -> None:
    guess(client, agent.email, settings.AXES_FAILURE_LIMIT)
    assert sign_in(client, agent, "198.51.100.7") == 302


def test_a_made_up_forwarded_header_is_no_new_chance(
    client: Client, agent: Agent, settings: Settings
) -> None:
    for n in range(settings.AXES_FAILURE_LIMIT):
        form = {"username": agent.email, "password": "wrong"}
        client.post(URL, form, headers={"X-Forwarded-For": f"10.0.0.{n}"})

    form = {"username": agent.email, "password": PASSWORD}
    r = client.post(URL, form, headers={"X-Forwarded-For": "10.9.9.9"})

    assert r.status_code == 429


def test_it_ends_by_itself(client: Client, agent: Agent, settings: Settings) -> None:
    guess(client, agent.email, settings.AXES_FAILURE_LIMIT)
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= timedelta(minutes=16)
        attempt.save()

    assert sign_in(client, agent) == 302


def test_who_asks_for_json_is_answered_in_json(
    client: Client, agent: Agent, settings: Settings
) -> None:
    guess(client, agent.email, settings.AXES_FAILURE_LIMIT)

    form = {"username": agent.email, "password": "wrong"}
    headers = {"Accept": "application/json"}
    r = client.post(URL, form, headers=headers, REMOTE_ADDR="203.0.113.9")

    assert r.status_code == 429
    assert "Wait 15 minutes" in r.json()["detail"]


def test_passwords_are_not_kept(client: Client, agent: Agent) -> None:
    guess(client, agent.email, 1)
    kept = AccessAttempt.objects.get()
    assert "wrong" not in kept.post_data
