"""inbox.actions.agents: who may still run the desk"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inbox.actions import agents
from inbox.events import HintBody
from inbox.models import Agent
from tests.factories import make_agent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [{"is_active": False}, {"password": None}],
    ids=["locked out", "only invited"],
)
def test_an_admin_who_cannot_sign_in_does_not_count(
    admin: Agent, fields: dict[str, Any]
) -> None:
    make_agent(role="admin", **fields)

    with pytest.raises(agents.NotPossible, match="last admin"):
        agents.change_rights(admin, role="lead", team=None, data_protection=False, by=admin)


def test_with_another_admin_one_may_step_back(admin: Agent) -> None:
    make_agent(role="admin")

    agents.change_rights(admin, role="lead", team=None, data_protection=False, by=admin)

    admin.refresh_from_db()
    assert admin.role == "lead"


def test_what_another_admin_changed_meanwhile_counts(admin: Agent) -> None:
    other = make_agent(role="admin")
    stale = Agent.objects.get(pk=admin.pk)
    agents.lock_out(other, by=admin)

    with pytest.raises(agents.NotPossible):
        agents.change_rights(stale, role="agent", team=None, data_protection=False, by=other)


def test_the_last_admin_is_not_locked_out_by_one_who_is_none_any_more(admin: Agent) -> None:
    former = make_agent(role="agent")

    with pytest.raises(agents.NotPossible, match="last admin"):
        agents.lock_out(admin, by=former)

    admin.refresh_from_db()
    assert admin.is_active


def test_locking_out_twice_is_told_once(
    admin: Agent, agent: Agent, published: list[HintBody]
) -> None:
    agents.lock_out(agent, by=admin)
    agents.lock_out(agent, by=admin)

    assert len(published) == 1
    assert agent.events.filter(what="locked_out").count() == 1


def test_letting_in_who_is_in_changes_nothing(
    admin: Agent, agent: Agent, published: list[HintBody]
) -> None:
    agents.let_in(agent, by=admin)
    assert published == []
    assert not agent.events.exists()


@pytest.mark.skipif(
    not connection.features.has_select_for_update, reason="SQLite has one writer anyway"
)
def test_admins_are_held_while_it_is_decided(admin: Agent, agent: Agent) -> None:
    with CaptureQueriesContext(connection) as queries:
        agents.lock_out(agent, by=admin)

    assert any("FOR UPDATE" in query["sql"] for query in queries)


def test_saving_without_a_change_writes_no_history(admin: Agent, agent: Agent) -> None:
    agents.change_rights(agent, role="agent", team=None, data_protection=False, by=admin)
    assert not agent.events.exists()


def test_a_new_admin_needs_no_other(admin: Agent, agent: Agent) -> None:
    agents.change_rights(agent, role="admin", team=None, data_protection=False, by=admin)

    agent.refresh_from_db()
    assert agent.is_admin
    assert agent.events.get().detail == {"from": "agent", "to": "admin"}
