"""POST /me/presence/"""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.asserts import assertRedirects

from inbox.events import AttendanceChanged, HintBody
from inbox.models import Agent

pytestmark = pytest.mark.django_db
URL = "/me/presence/"


def test_it_is_stored_and_told(
    agent_client: Client, agent: Agent, published: list[HintBody]
) -> None:
    r = agent_client.post(URL, {"presence": "away"}, headers={"HX-Request": "true"})

    assert r.status_code == 204
    agent.refresh_from_db()
    assert agent.presence == "away"
    assert published == [AttendanceChanged((agent.pk,))]


def test_a_plain_form_goes_back_to_its_page(agent_client: Client) -> None:
    r = agent_client.post(URL, {"presence": "online", "next": "/settings/people/"})
    assertRedirects(r, "/settings/people/", fetch_redirect_response=False)


def test_a_plain_form_never_leads_to_another_house(agent_client: Client) -> None:
    r = agent_client.post(URL, {"presence": "online", "next": "https://evil.example/"})
    assertRedirects(r, "/me/", fetch_redirect_response=False)


def test_saying_the_same_again_tells_nobody(
    agent_client: Client, published: list[HintBody]
) -> None:
    agent_client.post(URL, {"presence": "online"})
    agent_client.post(URL, {"presence": "online"})
    assert len(published) == 1


def test_an_unknown_word_changes_nothing(agent_client: Client, agent: Agent) -> None:
    r = agent_client.post(URL, {"presence": "asleep"})

    assert r.status_code == 422
    agent.refresh_from_db()
    assert agent.presence == "offline"


def test_it_rejects_get(agent_client: Client) -> None:
    assert agent_client.get(URL).status_code == 405


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.post(URL, {"presence": "away"}).status_code == 302
