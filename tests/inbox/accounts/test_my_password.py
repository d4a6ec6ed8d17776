"""/me/password/"""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from inbox.models import Agent, AgentEvent, AgentSession
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
URL = "/me/password/"
NEW = "a completely new secret"
FORM = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}


def test_it_changes_the_password_and_stays_signed_in(
    agent_client: Client, agent: Agent
) -> None:
    r = agent_client.post(URL, FORM)

    assert r.status_code == 302
    agent.refresh_from_db()
    assert agent.check_password(NEW)
    assert agent_client.get("/me/").status_code == 200
    assert AgentEvent.objects.get().what == "password_changed"


def test_it_ends_all_other_sessions(agent_client: Client, agent: Agent) -> None:
    elsewhere = Client()
    elsewhere.force_login(agent, backend="inbox.backends.AgentBackend")
    assert AgentSession.objects.count() == 2

    agent_client.post(URL, FORM)

    assert AgentSession.objects.count() == 1
    assert elsewhere.get("/me/").status_code == 302


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"old_password": "wrong"}, "Your old password was entered incorrectly"),
        ({"new_password2": "another"}, "didn’t match"),
        ({"new_password1": "123456", "new_password2": "123456"}, "too short"),
    ],
    ids=["wrong old one", "two different new ones", "weak"],
)
def test_what_is_wrong_is_said(
    agent_client: Client, agent: Agent, change: dict[str, str], sentence: str
) -> None:
    r = agent_client.post(URL, FORM | change)

    assertContains(r, sentence, status_code=422)
    assert NEW not in r.content.decode()  # passwords are never shown again
    agent.refresh_from_db()
    assert agent.check_password(PASSWORD)


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302
    assert client.post(URL, FORM).status_code == 302
