"""/settings/teams/"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox.events import AgentChanged, HintBody
from inbox.models import Agent, Team
from tests.factories import make_agent, make_channel, make_conversation, make_team
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db
URL = "/settings/teams/"


def test_a_team_is_made_and_gets_members(
    admin_client: Client, agent: Agent, colleague: Agent, published: list[HintBody]
) -> None:
    r = admin_client.post(f"{URL}create/", {"name": "Returns"})
    team = Team.objects.get()
    assert r.headers["Location"] == f"{URL}{team.code}/"

    form = {"name": "Returns & repairs", "members": [str(agent.code)]}
    admin_client.post(f"{URL}{team.code}/", form)

    team.refresh_from_db()
    assert team.name == "Returns & repairs"
    assert list(team.agents.all()) == [agent]
    assert agent.events.get().what == "team_changed"
    assert AgentChanged(agent.pk) in published
    assert AgentChanged(colleague.pk) not in published


def test_whoever_comes_leaves_their_old_team(admin_client: Client) -> None:
    old, new = make_team("Old"), make_team("New")
    mover, stayer = make_agent(team=old), make_agent(team=new)

    form = {"name": "New", "members": [str(mover.code)]}
    admin_client.post(f"{URL}{new.code}/", form)

    assert list(new.agents.all()) == [mover]
    stayer.refresh_from_db()
    assert stayer.team is None
    assert mover.events.get().detail == {"from": "Old", "to": "New"}


def test_two_teams_do_not_share_a_name(admin_client: Client) -> None:
    make_team("Sales")

    r = admin_client.post(f"{URL}create/", {"name": "Sales"})

    assertContains(r, "already exists", status_code=422)
    assert Team.objects.count() == 1


def test_deleting_says_what_happens(admin_client: Client) -> None:
    team = make_team("Sales")
    make_agent(team=team)
    make_conversation(team=team)

    r = admin_client.get(f"{URL}{team.code}/delete/")

    assertContains(r, "1 person is without a team then")
    assertContains(r, "1 conversation loses its team")
    assert Team.objects.exists()


def test_deleting_leaves_people_and_conversations(admin_client: Client) -> None:
    team = make_team("Sales")
    member, conversation = make_agent(team=team), make_conversation(team=team)

    r = admin_client.post(f"{URL}{team.code}/delete/", follow=True)

    assertContains(r, "is gone")
    member.refresh_from_db()
    conversation.refresh_from_db()
    assert member.team is None
    assert conversation.team is None
    assert member.events.get().detail == {"from": "Sales", "to": ""}


def test_a_number_only_they_see_is_not_opened_to_everyone(admin_client: Client) -> None:
    team = make_team("Sales")
    make_channel(name="Secret line").teams.add(team)

    r = admin_client.post(f"{URL}{team.code}/delete/")

    assertContains(r, "Only this team sees Secret line", status_code=422)
    assert Team.objects.exists()


def test_a_number_shared_with_another_team_is_no_obstacle(admin_client: Client) -> None:
    team = make_team("Sales")
    make_channel().teams.add(team, make_team("Other"))

    admin_client.post(f"{URL}{team.code}/delete/")

    assert list(Team.objects.values_list("name", flat=True)) == ["Other"]


def test_leads_read_and_change_nothing(lead_client: Client) -> None:
    make_team("Sales")
    r = lead_client.get(URL)
    assertContains(r, "Sales")
    assertNotContains(r, "New team")


def test_who_is_let_in(statuses: Statuses) -> None:
    team = make_team("Sales")
    admins_only = {"stranger": 302, "agent": 403, "lead": 403}
    assert statuses(URL) == {"stranger": 302, "agent": 403, "lead": 200, "admin": 200}
    assert statuses(f"{URL}{team.code}/") == admins_only | {"admin": 200}
    assert statuses(f"{URL}{team.code}/delete/") == admins_only | {"admin": 200}
    assert statuses(f"{URL}create/", {"name": "New"}) == admins_only | {"admin": 302}
    assert statuses(f"{URL}{team.code}/", {"name": "X"}) == admins_only | {"admin": 302}
    assert statuses(f"{URL}{team.code}/delete/", {}) == admins_only | {"admin": 302}
    assert statuses(f"{URL}create/")["admin"] == 405


@pytest.mark.parametrize("path", ["", "delete/"])
def test_no_team_by_that_code(admin_client: Client, path: str) -> None:
    assert admin_client.get(f"{URL}{uuid4()}/{path}").status_code == 404


def test_the_number_of_queries_does_not_grow(
    admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        make_channel().teams.add(make_team())

    # session, agent, teams, their numbers
    with django_assert_num_queries(4):
        admin_client.get(URL)
