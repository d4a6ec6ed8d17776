"""inbox.shown_conversations"""

from __future__ import annotations

import pytest
from django.http import Http404
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from inbox import shown_conversations as shown
from inbox.models import Agent, Conversation
from tests.factories import make_channel, make_contact, make_conversation, make_team

pytestmark = pytest.mark.django_db


def test_all_that_is_shown_comes_in_one_query(
    agent: Agent, colleague: Agent, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    real = make_conversation(
        contact=make_contact(profile_name="Lena", username="lena", blocked_at=timezone.now()),
        channel=make_channel(circuit_opened_at=timezone.now()),
        assignee=colleague,
        team=make_team("Returns"),
        unread_count=3,
    )
    shown.shown_conversation(agent, real.code)

    # numbers' teams, the conversation
    with django_assert_num_queries(2):
        found = shown.shown_conversation(agent, real.code)
        pairs = [
            (found, real, shown.CONVERSATION),
            (found.contact, real.contact, shown.CONTACT),
            (found.channel, real.channel, shown.CHANNEL),
            (found.assignee, colleague, shown.ASSIGNEE),
            (found.team, real.team, shown.TEAM),
        ]
        for ours, theirs, names in pairs:
            assert [getattr(ours, n) for n in names] == [getattr(theirs, n) for n in names]


def test_nobody_has_it_and_no_team(agent: Agent) -> None:
    found = shown.shown_conversation(agent, make_conversation().code)

    assert found.assignee is None
    assert found.team is None


def test_what_is_not_listed_is_fetched_when_it_is_asked_for(agent: Agent) -> None:
    real = make_conversation()

    found = shown.shown_conversation(agent, real.code)

    assert found.opened_at == Conversation.objects.get().opened_at
    assert found.contact.bsuid == real.contact.bsuid


def test_hidden_ones_are_not_there_whoever_asked_before(admin: Agent, agent: Agent) -> None:
    channel = make_channel()
    channel.teams.add(make_team())
    hidden = make_conversation(channel=channel)

    assert shown.shown_conversation(admin, hidden.code) == hidden
    with pytest.raises(Http404):
        shown.shown_conversation(agent, hidden.code)
