"""Who wants to hear of a conversation: its followers, those who were mentioned, reminders."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from inbox.models.agent import Agent, Team
from inbox.models.conversation import Conversation
from inbox.models.message import Message


class Follower(models.Model):
    """An agent who hears of a conversation without having it. ``Conversation.is_followed``
    says whether there are any, so that nobody looks here in vain."""

    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.CASCADE,
        related_name="followers",
        db_index=False,  # covered by follower_once
    )
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "agent"], name="follower_once"),
        ]

    def __str__(self) -> str:
        return f"Agent {self.agent_id} follows conversation {self.conversation_id}"


class Reminder(models.Model):
    """An agent is to look at a conversation again at a moment.

    PLANNED → WOKEN (``woken_at``; then a ``Mention`` calls the agent). One that is cancelled
    before is deleted.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="reminders"
    )
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+", db_index=False)
    text = models.CharField(max_length=200, blank=True)
    remind_at = models.DateTimeField()
    woken_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            # Used by the sweeper.
            models.Index(
                fields=["remind_at"],
                condition=Q(woken_at__isnull=True),
                name="reminder_due",
            ),
            # Used by the page "For you": what is planned for an agent.
            models.Index(
                fields=["agent", "remind_at"],
                condition=Q(woken_at__isnull=True),
                name="reminder_planned",
            ),
        ]

    def __str__(self) -> str:
        return f"Reminder {self.code}"


class Mention(models.Model):
    """An agent is called to a message: by name in a note, with their team, or by a reminder
    (then the message is the line in the timeline that says so).

    UNREAD → READ (``read_at``), when they opened the conversation or said so.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(
        Message,
        on_delete=models.CASCADE,
        related_name="mentions",
        db_index=False,  # covered by mention_once
    )
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+", db_index=False)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="+")
    reminder = models.OneToOneField(
        Reminder, on_delete=models.CASCADE, null=True, related_name="mention"
    )
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "agent"], name="mention_once"),
        ]
        indexes: ClassVar = [
            # Used by the page "For you".
            models.Index(fields=["agent", "-at", "-id"], name="mention_of_agent"),
            # Used by its count, and when a conversation is opened.
            models.Index(
                fields=["agent", "-at", "-id"],
                condition=Q(read_at__isnull=True),
                name="mention_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"Mention of agent {self.agent_id} in message {self.message_id}"
