"""What routing remembers: whose turn it was, and what went back to the queue meanwhile."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from inbox.models.agent import Agent
from inbox.models.channel import Channel
from inbox.models.conversation import Conversation


class RoutingTurn(models.Model):
    """Whose turn it was last at a number; the one after them is next.

    Apart from the number itself, which those who send hold all the time.
    """

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, primary_key=True)
    agent = models.BigIntegerField()  # no FK: only where in the round we are

    def __str__(self) -> str:
        return f"Turn of agent {self.agent} at number {self.pk}"


class WentBack(models.Model):
    """A conversation that left an agent while they were absent, until they have seen it."""

    agent = models.ForeignKey(
        Agent, on_delete=models.CASCADE, related_name="went_back", db_index=False
    )
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            # Also the index of the banner and of the agent's list.
            models.UniqueConstraint(fields=["agent", "conversation"], name="went_back_once"),
        ]

    def __str__(self) -> str:
        return f"Conversation {self.conversation_id} went back from agent {self.agent_id}"
