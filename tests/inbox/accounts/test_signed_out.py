"""inbox.middleware: what a page gets whose session has ended, and whose clock it runs on"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from inbox.models import Agent, AgentSession

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "header",
    [{"HX-Request": "true"}, {"Sec-Fetch-Dest": "empty"}],
    ids=["htmx", "fetch"],
)
def test_a_part_of_a_page_is_never_the_sign_in_page(
    client: Client, header: dict[str, str]
) -> None:
    for send in (client.get, client.post):
        r = send("/me/", headers=header)

        assert r.status_code == 401
        assert r.content == b""
        assert r.headers["HX-Trigger"] == "desk:signed-out"


def test_a_whole_page_is_led_to_signing_in(client: Client) -> None:
    r = client.get("/me/?x=1", headers={"Sec-Fetch-Dest": "document"})
    assert r.status_code == 302
    assert r.headers["Location"] == "/login/?next=/me/%3Fx%3D1"


def test_signing_in_itself_may_be_fetched(client: Client) -> None:
    assert client.get("/login/", headers={"HX-Request": "true"}).status_code == 200


def test_each_agent_reads_their_language(agent_client: Client, agent: Agent) -> None:
    assert agent_client.get("/me/").headers["Content-Language"] == "en"

    Agent.objects.update(language="de")

    assert agent_client.get("/me/").headers["Content-Language"] == "de"


def test_being_here_is_noted_once_in_a_few_minutes(agent_client: Client, agent: Agent) -> None:
    long_ago = timezone.now() - timedelta(days=1)
    AgentSession.objects.update(seen_at=long_ago)

    agent_client.get("/me/")
    assert AgentSession.objects.get().seen_at == long_ago  # just signed in: not due

    cache.clear()
    agent_client.get("/me/")
    agent.refresh_from_db()
    seen_at = AgentSession.objects.get().seen_at
    assert seen_at is not None
    assert seen_at > long_ago + timedelta(hours=23)
    assert agent.last_seen_at is not None


def test_storing_the_session_again_keeps_when_it_began(agent_client: Client) -> None:
    before = AgentSession.objects.get()
    session = agent_client.session
    session["x"] = 1

    session.save()

    after = AgentSession.objects.get()
    assert after.created_at == before.created_at
    assert after.agent_id == before.agent_id
    assert agent_client.session["x"] == 1


def test_a_session_that_was_ended_is_not_stored_anew(agent_client: Client) -> None:
    session = agent_client.session
    session["x"] = 1
    AgentSession.objects.all().delete()

    with pytest.raises(UpdateError):
        session.save()

    assert not AgentSession.objects.exists()
