"""inbox.actions.automation.doing: each act, and why it is left out"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django.asserts import assertContains

from inbox.actions import rule_work
from inbox.models import Agent, ContactField, ContactValue, Conversation, Mention, RuleFiring
from inbox.templatetags.timeline import event_sentence
from tests.factories import make_agent, make_channel, make_conversation, make_message, make_team
from tests.inbox.automation.rules import adds, make_label, make_rule, work

pytestmark = pytest.mark.django_db


def applied(act: dict[str, Any], conversation: Conversation) -> str:
    """What came of it."""
    make_rule(act)
    rule_work.note([make_message(conversation)])
    work()
    conversation.refresh_from_db()
    firing = RuleFiring.objects.first()
    return firing.outcome[0][1] if firing else ""


def to(somebody: Any, do: str = "assign") -> dict[str, Any]:
    who = "agent" if isinstance(somebody, Agent) else "team"
    return {"do": do, "who": who, "code": str(somebody.code)}


def last_line(conversation: Conversation, word: str) -> str:
    line = conversation.messages.filter(content__event=word).latest("pk")
    return event_sentence(line)


def test_it_assigns_to_an_agent(agent: Agent) -> None:
    conversation = make_conversation()

    assert applied(to(agent), conversation) == "done"

    assert conversation.assignee == agent
    said = "Rule “Sort” assigned the conversation to Anna Keller"
    assert last_line(conversation, "assigned") == said


def test_it_assigns_to_a_team() -> None:
    team, conversation = make_team("Returns"), make_conversation()

    assert applied(to(team), conversation) == "done"

    assert (conversation.team, conversation.assignee) == (team, None)


def test_who_does_not_see_the_number_gets_nothing_of_it(agent: Agent) -> None:
    channel = make_channel()
    channel.teams.add(make_team())
    conversation = make_conversation(channel=channel)

    assert applied(to(agent), conversation) == "no sight"
    assert conversation.assignee is None


@pytest.mark.parametrize("do", ["assign", "notify"])
def test_who_is_not_there_any_more_is_left_out(do: str) -> None:
    gone = {"do": do, "who": "agent", "code": str(uuid4())}

    assert applied(gone, make_conversation()) == "gone"


def test_notified_agents_find_it_among_their_mentions(agent: Agent) -> None:
    team = make_team("Returns")
    Agent.objects.filter(pk=agent.pk).update(team=team)
    make_agent("Not in it")
    conversation = make_conversation()

    assert applied(to(team, "notify"), conversation) == "done"

    assert [mention.agent for mention in Mention.objects.all()] == [agent]
    assert last_line(conversation, "rule_called") == "Rule “Sort” called Returns"


def test_the_page_for_you_says_which_rule_called(agent_client: Client, agent: Agent) -> None:
    applied(to(agent, "notify"), make_conversation())

    assertContains(agent_client.get("/for-you/"), "Rule “Sort” mentioned you")


def test_it_puts_off() -> None:
    conversation = make_conversation()

    assert applied({"do": "snooze", "minutes": 60}, conversation) == "done"

    assert conversation.status == "snoozed"
    assert conversation.snoozed_until and conversation.snoozed_until > timezone.now()


def test_it_closes() -> None:
    conversation = make_conversation()

    assert applied({"do": "close", "minutes": 0}, conversation) == "done"

    assert conversation.status == "closed"
    assert last_line(conversation, "closed") == "Rule “Sort” closed the conversation"


def test_a_number_that_wants_a_label_before_closing_wants_it_of_rules_too() -> None:
    conversation = make_conversation(channel=make_channel(requires_label=True))

    assert applied({"do": "close", "minutes": 0}, conversation) == "needs label"

    assert conversation.status == "open"
    said = "Rule “Sort” applied: closes (a label is needed first)"
    assert last_line(conversation, "rule_fired") == said


def test_sensitive_labels_are_not_for_rules() -> None:
    label = make_label("Illness", is_sensitive=True)
    conversation = make_conversation()

    assert applied(adds(label), conversation) == "gone"
    assert not conversation.labels.exists()


def test_what_is_so_already_is_told_to_nobody() -> None:
    conversation = make_conversation(priority=2)

    assert applied({"do": "priority", "level": 2}, conversation) == ""
    assert not conversation.messages.filter(kind="event").exists()


def test_one_act_that_fails_leaves_the_others_done() -> None:
    label = make_label()
    make_rule(adds(label), {"do": "snooze", "minutes": 5}, trigger="received")
    conversation = make_conversation(status="closed")
    rule_work.note([make_message(conversation)])

    work()

    assert RuleFiring.objects.get().outcome == [["label", "done"], ["snooze", "not now"]]
    assert list(conversation.labels.all()) == [label]


def test_own_fields_are_compared_the_same_in_every_language() -> None:
    label = make_label()
    size = ContactField.objects.create(key="size", name="Size", kind="number")
    day = ContactField.objects.create(key="day", name="Day", kind="date")
    conversation = make_conversation()
    ContactValue.objects.create(
        contact=conversation.contact, field=size, number=Decimal("1.50")
    )
    ContactValue.objects.create(contact=conversation.contact, field=day, day=date(2026, 11, 23))
    make_rule(
        adds(label),
        conditions=[
            {"test": "field", "key": "size", "words": ["1.5"]},
            {"test": "field", "key": "day", "words": ["2026-11-23"]},
        ],
    )
    rule_work.note([make_message(conversation)])

    with translation.override("de"):
        work()

    assert list(conversation.labels.all()) == [label]
