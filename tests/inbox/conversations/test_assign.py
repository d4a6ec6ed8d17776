"""inbox.actions.conversations.assign"""

from __future__ import annotations

import pytest

from inbox import events
from inbox.actions import conversations
from inbox.models import Agent
from tests.factories import make_agent, make_channel, make_conversation, make_team
from tests.inbox.conversations.events import last_told, told

pytestmark = pytest.mark.django_db


def test_a_colleague_has_it_now(
    agent: Agent, colleague: Agent, published: list[events.HintBody]
) -> None:
    conversation = make_conversation(assignee=agent)

    assert conversations.assign(conversation, to=colleague, by=agent)

    conversation.refresh_from_db()
    assert conversation.assignee == colleague
    assert told(conversation) == [("assigned", "Anna Keller")]
    assert last_told(conversation)["to_name"] == "Jana Meier"
    called = events.called(conversation, [colleague.pk], "assigned")
    assert published == [events.about(conversation), called]


def test_to_a_team_means_to_whoever_of_it_takes_it(agent: Agent) -> None:
    conversation = make_conversation(assignee=agent)
    team = make_team("Returns")

    assert conversations.assign(conversation, to=team, by=agent)

    conversation.refresh_from_db()
    assert (conversation.team, conversation.assignee) == (team, None)
    assert last_told(conversation)["to_name"] == "Returns"
    assert not conversations.assign(conversation, to=team, by=agent)


def test_to_oneself_is_taking_it(agent: Agent, colleague: Agent) -> None:
    conversation = make_conversation(assignee=colleague)

    conversations.assign(conversation, to=agent, by=agent)

    assert last_told(conversation) == {"event": "taken", "from_name": "Jana Meier"}


def test_the_same_again_changes_nothing(
    agent: Agent, colleague: Agent, published: list[events.HintBody]
) -> None:
    conversation = make_conversation(assignee=colleague)

    assert not conversations.assign(conversation, to=colleague, by=agent)

    assert published == []


def test_who_does_not_see_the_number_cannot_have_it(agent: Agent, admin: Agent) -> None:
    channel = make_channel()
    channel.teams.add(make_team())
    conversation = make_conversation(channel=channel)

    with pytest.raises(conversations.NotPossible, match="Anna Keller does not see"):
        conversations.assign(conversation, to=agent, by=admin)
    assert conversations.assign(conversation, to=admin, by=admin)


def test_who_was_locked_out_cannot_have_it(agent: Agent) -> None:
    gone = make_agent("Gone", is_active=False)

    with pytest.raises(conversations.NotPossible):
        conversations.assign(make_conversation(), to=gone, by=agent)


def test_given_back_it_is_nobodys(agent: Agent, published: list[events.HintBody]) -> None:
    """inbox.actions.conversations.give_back"""
    conversation = make_conversation(assignee=agent)

    assert conversations.give_back(conversation, by=agent)
    assert not conversations.give_back(conversation, by=agent)

    conversation.refresh_from_db()
    assert conversation.assignee is None
    assert told(conversation) == [("given_back", "Anna Keller")]
    assert published == [events.about(conversation)]


def test_a_note_stands_in_the_timeline_and_waits_for_whoever_has_it(
    agent: Agent, colleague: Agent
) -> None:
    conversation = make_conversation()

    conversations.assign(conversation, to=colleague, by=agent, note="Wants her money back")

    conversation.refresh_from_db()
    assert conversation.handover_note == "Wants her money back"
    assert last_told(conversation)["note"] == "Wants her money back"


def test_a_note_to_a_team_is_there_for_who_takes_it(agent: Agent, colleague: Agent) -> None:
    conversation = make_conversation()
    conversations.assign(conversation, to=make_team(), by=agent, note="Who knows Dutch?")

    conversations.take(conversation, by=colleague)

    conversation.refresh_from_db()
    assert conversation.handover_note == "Who knows Dutch?"


@pytest.mark.parametrize("act", ["taken over", "given back", "closed", "handed on"])
def test_a_note_does_not_outlive_who_it_was_for(
    agent: Agent, colleague: Agent, act: str
) -> None:
    conversation = make_conversation()
    conversations.assign(conversation, to=colleague, by=agent, note="Old")

    if act == "taken over":
        conversations.take(conversation, by=agent, instead_of=colleague)
    elif act == "given back":
        conversations.give_back(conversation, by=colleague)
    elif act == "closed":
        conversations.close(conversation, by=colleague)
    else:
        conversations.assign(conversation, to=agent, by=colleague)

    conversation.refresh_from_db()
    assert conversation.handover_note == ""


def test_a_note_to_who_has_it_already_is_kept(agent: Agent, colleague: Agent) -> None:
    conversation = make_conversation(assignee=colleague)

    assert conversations.assign(conversation, to=colleague, by=agent, note="Hurry")

    assert last_told(conversation)["note"] == "Hurry"
