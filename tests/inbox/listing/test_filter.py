"""GET /inbox/<folder>/filter/"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from inbox.lately import Lately
from inbox.models import Agent, Label
from tests.factories import make_agent, make_channel, make_team

pytestmark = pytest.mark.django_db
URL = "/inbox/all/filter/"
HTMX = {"HX-Request": "true"}


def test_it_offers_what_there_is(agent_client: Client, colleague: Agent) -> None:
    label = Label.objects.create(name="VIP <b>")

    r = agent_client.get(URL, {"label": str(label.code)}, headers=HTMX)

    assertContains(r, f'name="label" value="{label.code}" checked')
    assertContains(r, "VIP &lt;b&gt;")
    assertContains(r, f'<option value="{colleague.code}">Jana Meier</option>', html=True)
    assertContains(r, 'action="/inbox/all/"')
    assertNotContains(r, "<html")


def test_without_scripts_it_is_a_page(agent_client: Client) -> None:
    assertContains(agent_client.get(URL), "<html")


def test_it_offers_colleagues_of_all_teams(agent_client: Client, agent: Agent) -> None:
    agent.team = make_team()
    agent.save()
    make_agent("Somebody else", team=make_team())

    assertContains(agent_client.get(URL, headers=HTMX), "Somebody else")


def test_numbers_are_offered_when_there_are_several(agent_client: Client) -> None:
    make_channel(name="Shop")
    alone = agent_client.get(URL, headers=HTMX)
    Lately.forget_all()
    make_channel(name="Service")
    secret = make_channel(name="Secret")
    secret.teams.add(make_team())

    both = agent_client.get(URL, headers=HTMX)

    assertNotContains(alone, "Shop")
    assertContains(both, "Shop")
    assertNotContains(both, "Secret")


@pytest.mark.parametrize("address", ["/inbox/nonsense/filter/", f"{URL}?label=nonsense"])
def test_what_is_not_there_is_not_found(agent_client: Client, address: str) -> None:
    assert agent_client.get(address).status_code == 404


def test_it_asks_strangers_to_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302


def test_the_number_of_queries_does_not_grow(
    agent_client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(20):
        Label.objects.create(name=f"Label {number}")
        make_agent(f"Agent {number}")
    agent_client.get(URL)

    Lately.forget_all()

    # Session, agent, numbers hidden from the agent, labels, colleagues, numbers.
    with django_assert_num_queries(6):
        agent_client.get(URL, headers=HTMX)
