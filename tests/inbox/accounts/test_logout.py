"""POST /logout/"""

from __future__ import annotations

import pytest
from django.test import Client

from inbox.models import AgentSession

pytestmark = pytest.mark.django_db


def test_it_ends_the_session(agent_client: Client) -> None:
    r = agent_client.post("/logout/")

    assert r.status_code == 302
    assert r.headers["Location"] == "/login/"
    assert not AgentSession.objects.exists()
    assert agent_client.get("/me/").status_code == 302


def test_a_link_cannot_sign_anybody_out(agent_client: Client) -> None:
    assert agent_client.get("/logout/").status_code == 405
    assert AgentSession.objects.count() == 1


def test_signing_out_twice_does_no_harm(agent_client: Client) -> None:
    agent_client.post("/logout/")
    assert agent_client.post("/logout/").status_code == 302
