"""GET /inbox/counts/ and inbox.sidebar"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from inbox import lately, sidebar
from inbox.lately import Lately
from inbox.models import Agent, ConversationLabel, Label
from inbox.sidebar import count_text, folders_of, narrowing_of
from inbox.visibility import hidden_channels
from tests.factories import make_agent, make_channel, make_conversation, make_team

pytestmark = pytest.mark.django_db
URL = "/inbox/counts/"


def counts(agent: Agent) -> dict[str, str]:
    hidden = hidden_channels(agent)
    lines, found = dict(folders_of(agent, hidden)), narrowing_of(agent, hidden)
    named = {line.name: line.how_many for line in (*found.labels, *found.people)}
    return {name: count for name, count in (lines | named).items() if count}


def test_it_counts_each_folder_label_and_colleague(agent: Agent, colleague: Agent) -> None:
    label = Label.objects.create(name="VIP")
    labelled = make_conversation(assignee=agent)
    make_conversation(assignee=colleague, waiting_since=None)
    make_conversation()
    make_conversation(status="snoozed", assignee=agent)
    done = make_conversation(status="closed", assignee=agent)
    for conversation in (labelled, done):
        ConversationLabel.objects.create(conversation=conversation, label=label)

    assert counts(agent) == {
        "mine": "1", "unassigned": "1", "all": "3", "waiting": "1", "snoozed": "1",
        "VIP": "1", "Anna Keller": "1", "Jana Meier": "1",
    }  # fmt: skip


def test_hidden_numbers_are_not_counted(agent: Agent, admin: Agent) -> None:
    secret = make_channel()
    secret.teams.add(make_team())
    label = Label.objects.create(name="VIP")
    hidden = make_conversation(channel=secret, assignee=agent)
    ConversationLabel.objects.create(conversation=hidden, label=label)

    assert counts(agent) == {}
    assert counts(admin) == {"all": "1", "VIP": "1", "Anna Keller": "1"}


def test_counting_stops(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sidebar, "MOST", 3)
    channel = make_channel()
    for _ in range(4):
        make_conversation(channel=channel, assignee=agent)

    assert counts(agent)["mine"] == "2+"
    assert counts(agent)["Anna Keller"] == "2+"


def test_a_thousand_is_written_short() -> None:
    assert count_text(1000) == "999+"
    assert count_text(999) == "999"
    assert count_text(0) == ""


def test_colleagues_are_those_of_the_team(agent: Agent, colleague: Agent) -> None:
    agent.team = colleague.team = make_team()
    for one in (agent, colleague):
        one.save()
    make_conversation(assignee=make_agent("Somebody else"))
    make_agent("Left", team=agent.team, is_active=False)

    people = narrowing_of(agent, ()).people

    assert [line.name for line in people] == ["Anna Keller", "Jana Meier"]


def test_without_a_team_they_are_the_busiest(
    agent: Agent, colleague: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sidebar, "COLLEAGUES", 2)
    make_conversation(assignee=colleague)
    make_conversation(assignee=make_agent("Bea Busy"))

    people = narrowing_of(Agent(), ()).people

    assert [line.name for line in people] == ["Bea Busy", "Jana Meier"]


def test_the_folder_one_is_in_is_marked(agent_client: Client) -> None:
    r = agent_client.get(URL, {"in": "snoozed"})

    assertContains(r, 'aria-current="page"', count=1)
    assert "snoozed" in r.text[: r.text.index("aria-current")].rsplit("<a", 1)[1]


def test_the_label_one_looks_at_is_marked(agent_client: Client) -> None:
    label = Label.objects.create(name="VIP <b>")

    r = agent_client.get(URL, {"in": "all", "label": str(label.code)})

    assertContains(r, 'aria-current="page"', count=1)
    assertContains(r, "VIP &lt;b&gt;")


def test_numbers_are_offered_when_there_are_several(agent_client: Client) -> None:
    first = make_channel(name="Shop")
    alone = agent_client.get(URL)
    Lately.forget_all()
    make_channel(name="Service")
    secret = make_channel(name="Secret")
    secret.teams.add(make_team())

    both = agent_client.get(URL)

    assertNotContains(alone, str(first.code))
    assertContains(both, f"?number={first.code}")
    assertNotContains(both, "Secret")


def test_an_unknown_folder_is_not_found(agent_client: Client) -> None:
    assert agent_client.get(URL, {"in": "nonsense"}).status_code == 404


def test_it_asks_strangers_to_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302


def test_the_number_of_queries_does_not_grow(
    agent_client: Client, agent: Agent, django_assert_num_queries: Any
) -> None:
    channel = make_channel()
    for number in range(30):
        Label.objects.create(name=f"Label {number}")
        make_conversation(channel=channel, assignee=agent)
    agent_client.get(URL)
    Lately.forget_all()

    # Session, agent, numbers hidden from the agent, what is theirs, views; then once in a
    # moment for each team: folders, labels and their counts, colleagues and theirs, numbers.
    with django_assert_num_queries(11):
        agent_client.get(URL)
    with django_assert_num_queries(5):
        agent_client.get(URL)


def test_what_is_shared_is_counted_again_before_the_browser_asks_again(
    agent_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """static/js/sidebar.js waits for SETTLE_MS after a change."""
    now = 1000.0
    monkeypatch.setattr(lately, "monotonic", lambda: now)
    script = (settings.BASE_DIR / "static/js/sidebar.js").read_text()
    settle = int(re.search(r"SETTLE_MS = (\d+)", script)[1])  # type: ignore[index]
    agent_client.get(URL)
    make_conversation()

    now += settle / 1000

    assertContains(agent_client.get(URL), '<span class="sidebar__count">1</span>')
