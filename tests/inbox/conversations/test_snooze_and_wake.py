"""inbox.actions.conversations.snooze and wake"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from inbox import events
from inbox.actions import conversations
from inbox.models import Agent, Conversation
from tests.factories import make_conversation
from tests.inbox.conversations.events import last_told, told

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_it_is_put_off(agent: Agent, published: list[events.HintBody]) -> None:
    conversation, until = make_conversation(), timezone.now() + HOUR

    assert conversations.snooze(conversation, until=until, by=agent)

    conversation.refresh_from_db()
    assert (conversation.status, conversation.snoozed_until) == ("snoozed", until)
    assert told(conversation) == [("snoozed", "Anna Keller")]
    assert last_told(conversation)["until"] == until.isoformat()
    assert published == [events.about(conversation)]


def test_the_same_again_changes_nothing_another_moment_does(agent: Agent) -> None:
    conversation, until = make_conversation(), timezone.now() + HOUR
    conversations.snooze(conversation, until=until, by=agent)

    assert not conversations.snooze(conversation, until=until, by=agent)
    assert conversations.snooze(conversation, until=until + HOUR, by=agent)
    assert len(told(conversation)) == 2


def test_the_past_is_refused(agent: Agent) -> None:
    with pytest.raises(conversations.NotPossible, match="still to come"):
        conversations.snooze(make_conversation(), until=timezone.now(), by=agent)


def test_a_closed_one_is_refused(agent: Agent) -> None:
    conversation = make_conversation(status="closed")

    with pytest.raises(conversations.NotPossible, match="Reopen it first"):
        conversations.snooze(conversation, until=timezone.now() + HOUR, by=agent)


def _snoozed(until: timedelta) -> Conversation:
    return make_conversation(status="snoozed", snoozed_until=timezone.now() + until)


def test_when_its_moment_has_come_it_is_back_and_noticed(
    published: list[events.HintBody],
) -> None:
    conversation = _snoozed(-HOUR)

    assert conversations.wake(conversation)

    conversation.refresh_from_db()
    assert (conversation.status, conversation.snoozed_until) == ("open", None)
    assert conversation.is_marked_unread
    assert told(conversation) == [("woken", "")]
    assert published == [events.about(conversation)]


def test_waking_twice_or_too_early_changes_nothing(published: list[events.HintBody]) -> None:
    assert not conversations.wake(_snoozed(HOUR))
    assert not conversations.wake(make_conversation())
    assert published == []


def test_put_off_again_meanwhile_it_is_not_woken(agent: Agent) -> None:
    conversation = _snoozed(-HOUR)
    as_the_sweeper_saw_it = Conversation.objects.get(pk=conversation.pk)
    conversations.snooze(conversation, until=timezone.now() + HOUR, by=agent)

    assert not conversations.wake(as_the_sweeper_saw_it)
