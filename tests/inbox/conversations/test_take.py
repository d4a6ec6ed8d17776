"""inbox.actions.conversations.take"""

from __future__ import annotations

import pytest

from inbox import events
from inbox.actions import conversations
from inbox.models import Agent, Conversation
from tests.factories import make_channel, make_conversation, make_team
from tests.inbox.conversations.events import last_told, told

pytestmark = pytest.mark.django_db


def test_a_free_one_is_mine_now(agent: Agent, published: list[events.HintBody]) -> None:
    conversation = make_conversation()

    assert conversations.take(conversation, by=agent)

    conversation.refresh_from_db()
    assert conversation.assignee == agent
    assert told(conversation) == [("taken", "Anna Keller")]
    assert published == [events.about(conversation)]


def test_of_two_at_once_one_gets_it_and_the_other_is_told_who(
    agent: Agent, colleague: Agent
) -> None:
    conversation = make_conversation()
    as_colleague_saw_it = Conversation.objects.get(pk=conversation.pk)
    conversations.take(conversation, by=agent)

    with pytest.raises(conversations.TakenMeanwhile) as stopped:
        conversations.take(as_colleague_saw_it, by=colleague)

    assert str(stopped.value) == "Anna Keller has taken this conversation meanwhile."
    assert Conversation.objects.get(pk=conversation.pk).assignee == agent
    assert told(conversation) == [("taken", "Anna Keller")]


def test_it_can_be_taken_over_from_whom_one_saw_it_with(
    agent: Agent, colleague: Agent, published: list[events.HintBody]
) -> None:
    conversation = make_conversation(assignee=colleague)

    assert conversations.take(conversation, by=agent, instead_of=colleague)

    assert last_told(conversation)["from_name"] == "Jana Meier"
    assert published == [events.about(conversation)]


def test_given_back_meanwhile(agent: Agent, colleague: Agent) -> None:
    conversation = make_conversation()

    with pytest.raises(conversations.TakenMeanwhile, match="was given back meanwhile"):
        conversations.take(conversation, by=agent, instead_of=colleague)


def test_taking_twice_changes_nothing(agent: Agent, published: list[events.HintBody]) -> None:
    conversation = make_conversation(assignee=agent)

    assert not conversations.take(conversation, by=agent)

    assert published == []
    assert told(conversation) == []


def test_one_of_a_number_one_does_not_see_cannot_be_taken(agent: Agent) -> None:
    channel = make_channel()
    channel.teams.add(make_team())
    conversation = make_conversation(channel=channel)

    with pytest.raises(conversations.NotPossible, match="does not see"):
        conversations.take(conversation, by=agent)
