"""/settings/people/"""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox.models import Agent
from tests.factories import make_agent, make_team
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db
URL = "/settings/people/"


def test_it_lists_everybody_with_what_matters(admin_client: Client) -> None:
    make_agent("Jörg <Groß>", role="lead", team=make_team("Returns"), presence="away")
    make_agent("Gone", is_active=False)
    make_agent("New", password=None, invited_at=timezone.now())

    r = admin_client.get(URL)

    assertContains(r, "Jörg &lt;Groß&gt;")
    assertContains(r, "Returns")
    assertContains(r, "Team lead")
    assertContains(r, "Away")
    assertContains(r, "locked out", count=1)
    assertContains(r, ">invited<", count=1)


def test_leads_read_and_change_nothing(lead_client: Client, agent: Agent) -> None:
    r = lead_client.get(URL)
    assertContains(r, agent.name)
    assertNotContains(r, "Invite")
    assertNotContains(r, f"/settings/people/{agent.code}/")


def test_only_leads_and_admins_are_let_in(statuses: Statuses) -> None:
    assert statuses(URL) == {"stranger": 302, "agent": 403, "lead": 200, "admin": 200}
    assert statuses("/settings/") == {"stranger": 302, "agent": 302, "lead": 302, "admin": 302}


def test_agents_read_why_not(agent_client: Client) -> None:
    assertContains(agent_client.get(URL), "Ask an admin", status_code=403)


def test_the_number_of_queries_does_not_grow(
    admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        make_agent(team=make_team())

    # session, agent, people with their teams
    with django_assert_num_queries(3):
        admin_client.get(URL)


def test_it_rejects_post(admin_client: Client) -> None:
    assert admin_client.post(URL).status_code == 405
