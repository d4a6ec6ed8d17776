"""Agents who follow a conversation hear of what is said in it, and of notes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from inbox import events
from inbox.actions import notices, timeline
from inbox.actions.replies.queueing import hold
from inbox.models import Agent, Conversation, Follower
from inbox.notices import Why


@transaction.atomic
def follow(conversation: Conversation, *, by: Agent) -> bool:
    hold(conversation)
    if by.pk in _those_of(conversation):
        return False
    add(conversation, [by])
    timeline.record(conversation, "followed", by=by)
    events.publish(events.about(conversation))
    return True


@transaction.atomic
def unfollow(conversation: Conversation, *, by: Agent) -> bool:
    hold(conversation)
    gone, _per_model = Follower.objects.filter(conversation=conversation, agent=by).delete()
    if not gone:
        return False
    _remember(conversation, Follower.objects.filter(conversation=conversation).exists())
    timeline.record(conversation, "unfollowed", by=by)
    events.publish(events.about(conversation))
    return True


def add(conversation: Conversation, agents: Iterable[Agent]) -> None:
    """Without a line in the timeline: something there says why. Its row must be held."""
    followers = [Follower(conversation=conversation, agent=agent) for agent in agents]
    if followers:
        Follower.objects.bulk_create(followers, ignore_conflicts=True)
        _remember(conversation, True)


def call(conversation: Conversation, why: Why, *, but: Collection[int]) -> None:
    """Tell its followers, but for those who know already."""
    if conversation.is_followed:
        agents = [pk for pk in _those_of(conversation) if pk not in but]
        if agents:
            notices.call(conversation, agents, why)


def _those_of(conversation: Conversation) -> list[int]:
    rows = Follower.objects.filter(conversation=conversation)
    return list(rows.order_by("agent").values_list("agent", flat=True))


def _remember(conversation: Conversation, is_followed: bool) -> None:
    conversation.is_followed, conversation.changed_at = is_followed, timezone.now()
    conversation.save(update_fields=["is_followed", "changed_at"])
