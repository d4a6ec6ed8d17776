"""POST /conversations/<code>/take/, assign/, give-back/, close/, reopen/, snooze/, read/, …"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from inbox.models import Agent, Conversation
from tests.factories import make_agent, make_channel, make_conversation, make_team
from tests.inbox.conversations.acting import post, undo
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


def test_taking_a_free_one(agent_client: Client, agent: Agent) -> None:
    conversation = make_conversation()

    r = post(agent_client, "take", conversation, instead_of="")

    conversation.refresh_from_db()
    assert r.json()["text"] == "You have this conversation now."
    assert conversation.assignee == agent
    undo(agent_client, r.json())
    conversation.refresh_from_db()
    assert conversation.assignee is None


def test_taking_over_and_handing_it_back(
    agent_client: Client, agent: Agent, colleague: Agent
) -> None:
    conversation = make_conversation(assignee=colleague)

    r = post(agent_client, "take", conversation, instead_of=colleague.code)

    conversation.refresh_from_db()
    assert conversation.assignee == agent
    undo(agent_client, r.json())
    conversation.refresh_from_db()
    assert conversation.assignee == colleague


def test_who_comes_second_is_told_who_was_first(agent_client: Client, colleague: Agent) -> None:
    conversation = make_conversation(assignee=colleague)

    r = post(agent_client, "take", conversation, instead_of="")

    assert r.status_code == 409
    assert r.json()["text"] == "Jana Meier has taken this conversation meanwhile."


def test_assigning(agent_client: Client, colleague: Agent) -> None:
    conversation = make_conversation()

    r = post(agent_client, "assign", conversation, agent=colleague.code)

    conversation.refresh_from_db()
    assert r.json()["text"] == "Assigned to Jana Meier."
    assert conversation.assignee == colleague
    undo(agent_client, r.json())
    conversation.refresh_from_db()
    assert conversation.assignee is None


def test_assigning_to_a_team(agent_client: Client) -> None:
    conversation, team = make_conversation(), make_team("Returns")

    r = post(agent_client, "assign", conversation, team=team.code)

    conversation.refresh_from_db()
    assert r.json()["text"] == "Assigned to Returns."
    assert conversation.team == team


@pytest.mark.parametrize("fields", [{}, {"agent": "x"}, {"agent": str(uuid4())}])
def test_assigning_to_nobody_is_wrong(agent_client: Client, fields: dict[str, str]) -> None:
    r = post(agent_client, "assign", make_conversation(), **fields)

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

    r = post(agent_client, "give_back", conversation)
    undo(agent_client, r.json())

    conversation.refresh_from_db()
    assert conversation.assignee == agent
    assert [word for word, _who in told(conversation)] == ["given_back", "taken"]


def test_closing_can_be_undone(agent_client: Client) -> None:
    conversation = make_conversation()

    r = post(agent_client, "close", conversation)

    conversation.refresh_from_db()
    assert conversation.status == "closed"
    assert r.json()["text"] == "Conversation closed."
    undo(agent_client, r.json())
    conversation.refresh_from_db()
    assert conversation.status == "open"


def test_reopening(agent_client: Client) -> None:
    r = post(agent_client, "reopen", make_conversation(status="closed"))

    assert r.json()["text"] == "Conversation reopened."


def test_doing_it_twice_says_nothing(agent_client: Client) -> None:
    conversation = make_conversation()
    post(agent_client, "close", conversation)

    r = post(agent_client, "close", conversation)

    assert r.status_code == 200
    assert r.json() == {"text": ""}


def test_reading_and_marking_unread(agent_client: Client) -> None:
    conversation = make_conversation(unread_count=2)

    post(agent_client, "read", conversation)
    conversation.refresh_from_db()
    assert conversation.unread_count == 0

    assert post(agent_client, "unread", conversation).json()["text"] == "Marked as unread."
    conversation.refresh_from_db()
    assert conversation.is_marked_unread


def test_priority_can_be_undone(agent_client: Client) -> None:
    conversation = make_conversation(priority=-1)

    r = post(agent_client, "priority", conversation, priority="2")

    assert r.json()["text"] == "Priority: Urgent."
    undo(agent_client, r.json())
    conversation.refresh_from_db()
    assert conversation.priority == -1


@pytest.mark.parametrize("priority", ["", "7", "high"])
def test_unknown_priorities_are_refused(agent_client: Client, priority: str) -> None:
    r = post(agent_client, "priority", make_conversation(), priority=priority)

    assert r.status_code == 422


def test_without_scripts_one_comes_back_to_the_conversation(agent_client: Client) -> None:
    conversation = make_conversation()

    r = agent_client.post(reverse("inbox:close", args=[conversation.code]))

    assertRedirects(r, conversation.get_absolute_url(), fetch_redirect_response=False)
    page = agent_client.get(conversation.get_absolute_url())
    assertContains(page, "Conversation closed.")


@pytest.mark.parametrize("name", NAMES)
def test_strangers_are_asked_to_sign_in(client: Client, name: str) -> None:
    assert post(client, name, make_conversation()).status_code == 302


@pytest.mark.parametrize("name", NAMES)
def test_hidden_and_unknown_ones_are_the_same_404(agent_client: Client, name: str) -> None:
    channel = make_channel()
    channel.teams.add(make_team())
    hidden = make_conversation(channel=channel)

    assert post(agent_client, name, hidden).status_code == 404
    assert post(agent_client, name, Conversation(code=uuid4())).status_code == 404


@pytest.mark.parametrize("name", [name for name in NAMES if name != "assign"])
def test_they_reject_get(agent_client: Client, name: str) -> None:
    url = reverse(f"inbox:{name}", args=[make_conversation().code])

    assert agent_client.get(url).status_code == 405


def test_a_note_goes_along(agent_client: Client, colleague: Agent) -> None:
    conversation = make_conversation()

    post(agent_client, "assign", conversation, agent=colleague.code, note=" Wants\n <b>it</b> ")

    page = agent_client.get(conversation.get_absolute_url())
    assertContains(
        page, "assigned the conversation to Jana Meier: “Wants &lt;b&gt;it&lt;/b&gt;”"
    )
    assertContains(page, "Note for whoever has this now: “Wants &lt;b&gt;it&lt;/b&gt;”")
    assertNotContains(page, "<b>it</b>")


def test_a_note_that_is_too_long_is_refused_and_nothing_changes(
    agent_client: Client, colleague: Agent
) -> None:
    conversation = make_conversation()

    r = post(agent_client, "assign", conversation, agent=colleague.code, note="x" * 501)

    assert r.status_code == 422
    assert r.json()["text"] == "The note is too long: 501 of 500."
    conversation.refresh_from_db()
    assert (conversation.assignee, conversation.handover_note) == (None, "")


def test_the_menu_says_how_much_each_has(
    agent_client: Client, colleague: Agent, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    conversation = make_conversation(assignee=colleague)
    make_conversation(assignee=colleague)
    make_conversation(assignee=colleague, status="closed")
    url = reverse("inbox:assign", args=[conversation.code])

    # Session, agent, hidden numbers, the conversation; its teams, agents, loads, teams.
    with django_assert_num_queries(8):
        r = agent_client.get(url)

    assertContains(r, "2 open")
    assertContains(r, "0 open")
