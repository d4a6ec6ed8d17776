"""POST /conversations/<code>/take/, assign/, give-back/, close/, reopen/, snooze/, read/, …"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from inbox.forms.conversation_actions import moment_of
from inbox.models import Agent, Conversation
from tests.factories import make_agent, make_channel, make_conversation, make_team
from tests.inbox.conversations.events import told

pytestmark = pytest.mark.django_db
NAMES = (
    "take",
    "assign",
    "give_back",
    "close",
    "reopen",
    "snooze",
    "read",
    "unread",
    "priority",
)


def _post(client: Client, name: str, conversation: Conversation, **fields: Any) -> Any:
    url = reverse(f"inbox:{name}", args=[conversation.code])
    return client.post(url, fields, headers={"X-Requested-With": "fetch"})


def _undo(client: Client, answer: dict[str, Any]) -> Any:
    undo = answer["undo"]
    return client.post(undo["url"], undo["fields"], headers={"X-Requested-With": "fetch"})


def test_taking_a_free_one(agent_client: Client, agent: Agent) -> None:
    conversation = make_conversation()

    r = _post(agent_client, "take", conversation, instead_of="")

    conversation.refresh_from_db()
    assert r.json()["text"] == "You have this conversation now."
    assert conversation.assignee == agent
    _undo(agent_client, r.json())
    conversation.refresh_from_db()
    assert conversation.assignee is None


def test_taking_over_and_handing_it_back(
    agent_client: Client, agent: Agent, colleague: Agent
) -> None:
    conversation = make_conversation(assignee=colleague)

    r = _post(agent_client, "take", conversation, instead_of=colleague.code)

    conversation.refresh_from_db()
    assert conversation.assignee == agent
    _undo(agent_client, r.json())
    conversation.refresh_from_db()
    assert conversation.assignee == colleague


def test_who_comes_second_is_told_who_was_first(agent_client: Client, colleague: Agent) -> None:
    conversation = make_conversation(assignee=colleague)

    r = _post(agent_client, "take", conversation, instead_of="")

    assert r.status_code == 409
    assert r.json()["text"] == "Jana Meier has taken this conversation meanwhile."


def test_assigning(agent_client: Client, colleague: Agent) -> None:
    conversation = make_conversation()

    r = _post(agent_client, "assign", conversation, agent=colleague.code)

    conversation.refresh_from_db()
    assert r.json()["text"] == "Assigned to Jana Meier."
    assert conversation.assignee == colleague
    _undo(agent_client, r.json())
    conversation.refresh_from_db()
    assert conversation.assignee is None


def test_assigning_to_a_team(agent_client: Client) -> None:
    conversation, team = make_conversation(), make_team("Returns")

    r = _post(agent_client, "assign", conversation, team=team.code)

    conversation.refresh_from_db()
    assert r.json()["text"] == "Assigned to Returns."
    assert conversation.team == team


@pytest.mark.parametrize("fields", [{}, {"agent": "x"}, {"agent": str(uuid4())}])
def test_assigning_to_nobody_is_wrong(agent_client: Client, fields: dict[str, str]) -> None:
    r = _post(agent_client, "assign", make_conversation(), **fields)

    assert r.status_code == 422
    assert r.json()["text"]


def test_the_menu_names_who_could_have_it(agent_client: Client) -> None:
    team = make_team("Returns")
    make_agent("Zoe Zander", team=team, presence="online")
    make_agent("Gone Girl", is_active=False)
    conversation = make_conversation()

    r = agent_client.get(reverse("inbox:assign", args=[conversation.code]))

    html = r.content.decode()
    assert html.index("Anna Keller") < html.index("Zoe Zander")
    assertContains(r, "Online")
    assertContains(r, "Returns")
    assertNotContains(r, "Gone Girl")


def test_the_menu_leaves_out_who_does_not_see_the_number(
    admin_client: Client, colleague: Agent
) -> None:
    channel, team = make_channel(), make_team()
    channel.teams.add(team)
    insider = make_agent("Insider", team=team)
    conversation = make_conversation(channel=channel)

    r = admin_client.get(reverse("inbox:assign", args=[conversation.code]))

    assertContains(r, insider.name)
    assertContains(r, "Adele Minck")
    assertNotContains(r, colleague.name)


def test_giving_back(agent_client: Client, agent: Agent) -> None:
    conversation = make_conversation(assignee=agent)

    r = _post(agent_client, "give_back", conversation)
    _undo(agent_client, r.json())

    conversation.refresh_from_db()
    assert conversation.assignee == agent
    assert [word for word, _who in told(conversation)] == ["given_back", "taken"]


def test_closing_can_be_undone(agent_client: Client) -> None:
    conversation = make_conversation()

    r = _post(agent_client, "close", conversation)

    conversation.refresh_from_db()
    assert conversation.status == "closed"
    assert r.json()["text"] == "Conversation closed."
    _undo(agent_client, r.json())
    conversation.refresh_from_db()
    assert conversation.status == "open"


def test_reopening(agent_client: Client) -> None:
    r = _post(agent_client, "reopen", make_conversation(status="closed"))

    assert r.json()["text"] == "Conversation reopened."


def test_doing_it_twice_says_nothing(agent_client: Client) -> None:
    conversation = make_conversation()
    _post(agent_client, "close", conversation)

    r = _post(agent_client, "close", conversation)

    assert r.status_code == 200
    assert r.json() == {"text": ""}


@pytest.mark.parametrize("choice", ["hour", "hours", "tomorrow", "monday"])
def test_putting_off(agent_client: Client, choice: str) -> None:
    conversation = make_conversation()

    r = _post(agent_client, "snooze", conversation, choice=choice)

    conversation.refresh_from_db()
    assert r.json()["text"].startswith("Put off until ")
    assert conversation.status == "snoozed"
    _undo(agent_client, r.json())
    conversation.refresh_from_db()
    assert conversation.status == "open"


def test_usual_moments_are_on_the_agents_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    saturday_late = datetime.fromisoformat("2026-11-21T23:30:00+00:00")
    monkeypatch.setattr(timezone, "now", lambda: saturday_late)

    with timezone.override("Europe/Berlin"):  # there it is Sunday already
        moments = {name: moment_of(name) for name in ("hour", "hours", "tomorrow", "monday")}

    assert moments["hour"] == saturday_late + timedelta(hours=1)
    assert moments["hours"] == saturday_late + timedelta(hours=3)
    assert moments["tomorrow"].isoformat() == "2026-11-23T09:00:00+01:00"
    assert moments["monday"].isoformat() == "2026-11-23T09:00:00+01:00"


def test_on_a_monday_next_monday_is_in_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    monday = datetime.fromisoformat("2026-11-23T07:00:00+00:00")
    monkeypatch.setattr(timezone, "now", lambda: monday)

    with timezone.override("Europe/Berlin"):
        assert moment_of("monday").isoformat() == "2026-11-30T09:00:00+01:00"


def test_a_moment_of_ones_own(agent_client: Client, agent: Agent) -> None:
    agent.time_zone = "Asia/Tokyo"
    agent.save(update_fields=["time_zone"])
    conversation = make_conversation()

    _post(agent_client, "snooze", conversation, until="2099-01-02T09:00")

    conversation.refresh_from_db()
    assert conversation.snoozed_until == datetime.fromisoformat("2099-01-02T00:00:00+00:00")


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({}, 422, "Choose a day and a time."),
        ({"until": "soon"}, 422, "Choose a day and a time."),
        ({"choice": "never"}, 422, "not one of the available choices"),
        ({"until": "2020-01-01T09:00"}, 409, "still to come"),
    ],
)
def test_moments_that_cannot_be(
    agent_client: Client, fields: dict[str, str], status: int, words: str
) -> None:
    r = _post(agent_client, "snooze", make_conversation(), **fields)

    assert r.status_code == status
    assert words in r.json()["text"]


def test_reading_and_marking_unread(agent_client: Client) -> None:
    conversation = make_conversation(unread_count=2)

    _post(agent_client, "read", conversation)
    conversation.refresh_from_db()
    assert conversation.unread_count == 0

    assert _post(agent_client, "unread", conversation).json()["text"] == "Marked as unread."
    conversation.refresh_from_db()
    assert conversation.is_marked_unread


def test_priority_can_be_undone(agent_client: Client) -> None:
    conversation = make_conversation(priority=-1)

    r = _post(agent_client, "priority", conversation, priority="2")

    assert r.json()["text"] == "Priority: Urgent."
    _undo(agent_client, r.json())
    conversation.refresh_from_db()
    assert conversation.priority == -1


@pytest.mark.parametrize("priority", ["", "7", "high"])
def test_unknown_priorities_are_refused(agent_client: Client, priority: str) -> None:
    r = _post(agent_client, "priority", make_conversation(), priority=priority)

    assert r.status_code == 422


def test_without_scripts_one_comes_back_to_the_conversation(agent_client: Client) -> None:
    conversation = make_conversation()

    r = agent_client.post(reverse("inbox:close", args=[conversation.code]))

    assertRedirects(r, conversation.get_absolute_url(), fetch_redirect_response=False)
    page = agent_client.get(conversation.get_absolute_url())
    assertContains(page, "Conversation closed.")


@pytest.mark.parametrize("name", NAMES)
def test_strangers_are_asked_to_sign_in(client: Client, name: str) -> None:
    assert _post(client, name, make_conversation()).status_code == 302


@pytest.mark.parametrize("name", NAMES)
def test_hidden_and_unknown_ones_are_the_same_404(agent_client: Client, name: str) -> None:
    channel = make_channel()
    channel.teams.add(make_team())
    hidden = make_conversation(channel=channel)

    assert _post(agent_client, name, hidden).status_code == 404
    assert _post(agent_client, name, Conversation(code=uuid4())).status_code == 404


@pytest.mark.parametrize("name", [name for name in NAMES if name != "assign"])
def test_they_reject_get(agent_client: Client, name: str) -> None:
    url = reverse(f"inbox:{name}", args=[make_conversation().code])

    assert agent_client.get(url).status_code == 405
