"""/settings/people/<code>/: rights, locking out and letting in"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox.events import AgentChanged, HintBody
from inbox.models import Agent, AgentSession, Conversation
from tests.factories import make_agent, make_conversation, make_team
from tests.inbox.conversations.events import last_told, told
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db


def page(agent: Agent) -> str:
    return f"/settings/people/{agent.code}/"


def test_an_admin_changes_rights_and_it_is_kept_who_did(
    admin_client: Client, agent: Agent
) -> None:
    team = make_team("Returns")
    form = {"role": "lead", "team": str(team.code), "data_protection": "on"}

    r = admin_client.post(page(agent), form, follow=True)

    agent.refresh_from_db()
    assert (agent.role, agent.team, agent.data_protection) == ("lead", team, True)
    assertContains(r, "Adele Minck changed the role from “Agent” to “Team lead”")
    assertContains(r, "Adele Minck changed the team from “no team” to “Returns”")
    assertContains(r, "Adele Minck gave the data-protection right")


def test_the_last_admin_stays_one(admin_client: Client, admin: Agent) -> None:
    r = admin_client.post(page(admin), {"role": "agent", "team": ""})

    assertContains(r, "Make somebody else an admin first", status_code=422)
    admin.refresh_from_db()
    assert admin.role == "admin"


def test_locking_out_ends_sessions_at_once(
    admin_client: Client,
    agent_client: Client,
    agent: Agent,
    published: list[HintBody],
) -> None:
    r = admin_client.post(f"{page(agent)}lock-out/")

    assert r.status_code == 302
    assert not AgentSession.objects.filter(agent=agent).exists()
    assert agent_client.get("/me/").status_code == 302
    assert published == [AgentChanged(agent.pk, locked_out=True)]


def test_what_somebody_locked_out_had_goes_back_to_the_queue(
    admin_client: Client, agent: Agent
) -> None:
    held = make_conversation(assignee=agent)
    put_off = make_conversation(
        assignee=agent, status="snoozed", snoozed_until=timezone.now() + timedelta(hours=1)
    )
    over = make_conversation(assignee=agent, status="closed")

    admin_client.post(f"{page(agent)}lock-out/")

    assert not Conversation.objects.exclude(pk=over.pk).exclude(assignee=None).exists()
    over.refresh_from_db()
    assert over.assignee == agent
    for conversation in (held, put_off):
        assert told(conversation) == [("went_back", "")]
        assert last_told(conversation)["why"] == "locked_out"


def test_nobody_locks_themselves_out(admin_client: Client, admin: Agent) -> None:
    make_agent(role="admin")

    r = admin_client.post(f"{page(admin)}lock-out/", follow=True)

    assertContains(r, "You cannot lock yourself out")
    assertNotContains(admin_client.get(page(admin)), "lock-out/")


def test_letting_in_again(admin_client: Client, client: Client) -> None:
    agent = make_agent(is_active=False)

    r = admin_client.post(f"{page(agent)}let-in/", follow=True)

    assertContains(r, "may sign in again")
    assertContains(r, "Adele Minck let them in again")
    agent.refresh_from_db()
    assert agent.is_active


@pytest.mark.parametrize("path", ["", "lock-out/", "let-in/", "invite-again/"])
def test_only_admins_are_let_in(statuses: Statuses, colleague: Agent, path: str) -> None:
    form: dict[str, object] = {"role": "agent", "team": ""}
    expected = {"stranger": 302, "agent": 403, "lead": 403, "admin": 302}
    assert statuses(page(colleague) + path, form) == expected


def test_only_admins_look(statuses: Statuses, colleague: Agent) -> None:
    expected = {"stranger": 302, "agent": 403, "lead": 403, "admin": 200}
    assert statuses(page(colleague)) == expected


def test_links_lock_nobody_out(admin_client: Client, agent: Agent) -> None:
    assert admin_client.get(f"{page(agent)}lock-out/").status_code == 405
    assert admin_client.get(f"{page(agent)}let-in/").status_code == 405


@pytest.mark.parametrize("path", ["", "lock-out/", "let-in/", "invite-again/"])
def test_nobody_by_that_code(admin_client: Client, path: str) -> None:
    assert admin_client.post(f"/settings/people/{uuid4()}/{path}").status_code == 404


def test_the_number_of_queries_does_not_grow(
    admin_client: Client,
    agent: Agent,
    admin: Agent,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(5):
        agent.events.create(by=admin, what="let_in")
        make_conversation(assignee=agent)

    # session, agent, person (twice: shown and being changed), assigned, history, teams
    with django_assert_num_queries(7):
        admin_client.get(page(agent))


def test_history_of_a_kind_we_have_no_words_for_is_shown_as_it_is(
    admin_client: Client, agent: Agent
) -> None:
    agent.events.create(by=None, what="made_up_<b>")
    assertContains(admin_client.get(page(agent)), "made_up_&lt;b&gt; (Supportdesk)")
