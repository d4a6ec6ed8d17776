"""/settings/numbers/<code>/routing/ and /settings/people/<code>/limit/"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from pytest_django.asserts import assertContains, assertNotContains

from inbox.actions.routing import routed_numbers
from inbox.events import ChannelChanged, HintBody
from inbox.models import Agent, Channel
from tests.factories import make_agent, make_channel, make_team
from tests.inbox.routing.desks import busy, here, routed, waits
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db
FORM = {
    "routing": "least_busy",
    "last_agent_first": "on",
    "conversation_limit": "7",
    "absence_minutes": "30",
}


def page(channel: Channel) -> str:
    return f"/settings/numbers/{channel.code}/routing/"


def test_an_admin_changes_it_and_who_waits_is_looked_at_at_once(
    admin_client: Client,
    published: list[HintBody],
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    channel = make_channel()
    assert routed_numbers() == ()

    with django_capture_on_commit_callbacks(execute=True):
        r = admin_client.post(page(channel), FORM, follow=True)

    assertContains(r, "Saved.")
    channel.refresh_from_db()
    assert (channel.routing, channel.conversation_limit) == ("least_busy", 7)
    assert (channel.absence_minutes, channel.absence_takes_all) == (30, False)
    assert published == [ChannelChanged(channel.pk)]
    assert nudged == [("route",)]
    assert routed_numbers() == (channel.pk,)
    assert channel.events.get().kind == "routing_changed"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("routing", "random"),
        ("routing", ""),
        ("conversation_limit", "0"),
        ("conversation_limit", "1000"),
        ("conversation_limit", ""),
        ("absence_minutes", "0"),
        ("absence_minutes", "-5"),
        ("absence_minutes", "99999"),
        ("absence_minutes", "soon"),
    ],
)
def test_what_makes_no_sense_is_said_at_the_field(
    admin_client: Client, field: str, wrong: str
) -> None:
    channel = make_channel()

    r = admin_client.post(page(channel), FORM | {field: wrong})

    assertContains(r, "field__error", status_code=422)
    channel.refresh_from_db()
    assert channel.routing == "off"


def test_who_is_let_in(statuses: Statuses) -> None:
    channel = make_channel()

    assert statuses(page(channel)) == {
        "stranger": 302, "agent": 403, "lead": 200, "admin": 200,
    }  # fmt: skip
    assert statuses(page(channel), FORM) == {
        "stranger": 302, "agent": 403, "lead": 403, "admin": 302,
    }  # fmt: skip


def test_a_lead_of_another_team_does_not_know_of_it(lead_client: Client) -> None:
    channel = make_channel()
    channel.teams.add(make_team())

    assert lead_client.get(page(channel)).status_code == 404
    assert lead_client.get(page(Channel(code=uuid4()))).status_code == 404


def test_a_lead_sees_who_is_next_and_why(lead_client: Client) -> None:
    anna, jana = here("Anna"), here("Jana", conversation_limit=2)
    make_agent("Zoe", presence="away")
    busy(anna, 1)
    busy(jana, 2)
    channel = routed(conversation_limit=5)
    waits(channel)

    r = lead_client.get(page(channel))

    html = r.content.decode()
    assertContains(r, "1 conversation waits in the queue.")
    assertContains(r, "Gets the next one: fewest open conversations (1)", count=1)
    assertContains(r, "Has no room", count=1)
    assert html.index("Anna") < html.index("Jana") < html.index("Zoe")
    assertNotContains(r, ">Save<")


def test_nobody_is_next_where_it_is_off(lead_client: Client) -> None:
    here("Anna")

    r = lead_client.get(page(make_channel()))

    assertNotContains(r, "Gets the next one")
    assertContains(r, "Nothing is assigned by itself")


def test_who_does_not_see_the_number_is_not_listed(admin_client: Client) -> None:
    team, channel = make_team(), routed()
    channel.teams.add(team)
    here("Insider", team=team)
    here("Stranger")

    r = admin_client.get(page(channel))

    assertContains(r, "Insider")
    assertNotContains(r, "Stranger")


def test_the_page_does_not_ask_more_for_more_people(
    lead_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    channel = routed()
    for number in range(9):
        busy(here(f"Agent {number}"), 1)
        waits(channel)

    # Session, agent, the number (twice: one copy is the form's); of who is here: agents,
    # teams, numbers, loads, turns; its teams, everybody, their loads; the queue.
    with django_assert_num_queries(13):
        lead_client.get(page(channel))


class TestALimitOfOnesOwn:
    def page(self, agent: Agent) -> str:
        return f"/settings/people/{agent.code}/limit/"

    @pytest.mark.parametrize(("typed", "stored"), [("3", 3), ("0", 0), ("", None)])
    def test_an_admin_sets_it(
        self, admin_client: Client, agent: Agent, typed: str, stored: int | None
    ) -> None:
        Agent.objects.filter(pk=agent.pk).update(conversation_limit=9)

        r = admin_client.post(self.page(agent), {"conversation_limit": typed}, follow=True)

        agent.refresh_from_db()
        assert agent.conversation_limit == stored
        assertContains(r, "Adele Minck")
        assertContains(r, "limit of open conversations")

    def test_the_same_again_is_told_once(self, admin_client: Client, agent: Agent) -> None:
        for limit in ("", "4", "4"):
            admin_client.post(self.page(agent), {"conversation_limit": limit})

        assert agent.events.filter(what="limit_changed").count() == 1

    @pytest.mark.parametrize("typed", ["-1", "1000", "many", "1.5"])
    def test_what_makes_no_sense_is_said_at_the_field(
        self, admin_client: Client, agent: Agent, typed: str
    ) -> None:
        r = admin_client.post(self.page(agent), {"conversation_limit": typed})

        assertContains(r, "field__error", status_code=422)
        assertContains(r, f'value="{typed}"', status_code=422)
        agent.refresh_from_db()
        assert agent.conversation_limit is None

    def test_who_is_let_in(self, statuses: Statuses, agent: Agent) -> None:
        assert statuses(self.page(agent), {"conversation_limit": "2"}) == {
            "stranger": 302, "agent": 403, "lead": 403, "admin": 302,
        }  # fmt: skip
        assert statuses(self.page(agent))["admin"] == 405
        assert statuses(self.page(Agent(code=uuid4())), {})["admin"] == 404
