"""/me/"""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from inbox.events import AgentChanged, HintBody
from inbox.models import Agent

pytestmark = pytest.mark.django_db
URL = "/me/"
FORM = {
    "name": "Anna K. Keller",
    "language": "de",
    "time_zone": "America/New_York",
    "theme": "dark",
    "enter_sends": "",
}


def test_agents_choose_how_the_desk_is_to_them(
    agent_client: Client, agent: Agent, published: list[HintBody]
) -> None:
    r = agent_client.post(URL, FORM)

    assertRedirects(r, URL, fetch_redirect_response=False)
    agent.refresh_from_db()
    assert agent.name == "Anna K. Keller"
    assert (agent.language, agent.time_zone) == ("de", "America/New_York")
    assert agent.theme == "dark"
    assert agent.enter_sends is False
    assert published == [AgentChanged(agent.pk)]


def test_the_page_shows_what_is_chosen(agent_client: Client) -> None:
    r = agent_client.get(URL)
    assertContains(r, 'value="Europe/Berlin"')
    assertContains(r, '<option value="America/New_York">')


def test_nobody_makes_themselves_an_admin(agent_client: Client, agent: Agent) -> None:
    agent_client.post(URL, FORM | {"role": "admin", "data_protection": "on", "email": "x@y.z"})

    agent.refresh_from_db()
    assert agent.role == "agent"
    assert not agent.data_protection
    assert agent.email != "x@y.z"


@pytest.mark.parametrize(
    ("field", "wrong", "sentence"),
    [
        ("name", "", "This field is required"),
        ("time_zone", "Mars/Olympus", "There is no time zone of this name"),
        ("time_zone", "../etc/passwd", "There is no time zone of this name"),
        ("language", "fr", "Select a valid choice"),
        ("theme", "pink", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(
    agent_client: Client, agent: Agent, field: str, wrong: str, sentence: str
) -> None:
    r = agent_client.post(URL, FORM | {field: wrong})

    assertContains(r, sentence, status_code=422)
    if field != "name":
        assertContains(r, "Anna K. Keller", status_code=422)
    agent.refresh_from_db()
    assert agent.name == "Anna Keller"


def test_the_sentence_stands_at_its_field_for_screen_readers(agent_client: Client) -> None:
    r = agent_client.post(URL, FORM | {"time_zone": "Mars/Olympus"})
    assertContains(r, 'id="id_time_zone_error"', status_code=422)
    assertContains(r, 'aria-invalid="true"', status_code=422)
    assertContains(r, "id_time_zone_error", count=2, status_code=422)  # described by it


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assertRedirects(client.get(URL), "/login/?next=/me/", fetch_redirect_response=False)
    assertRedirects(client.post(URL), "/login/?next=/me/", fetch_redirect_response=False)
