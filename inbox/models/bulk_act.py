"""One act on many conversations: what was chosen, how far it is, and the way back."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from inbox.models.agent import Agent
from inbox.models.conversation import Conversation


class BulkAct(models.Model):
    """Who does what to which conversations, and how far it is. Kept: it says who did it.

    CHOSEN → RUNNING → DONE, or CANCELLED on the way. A choice that nothing was done with
    goes after a day.
    """

    class What(models.TextChoices):
        ADD_LABEL = "add_label"
        REMOVE_LABEL = "remove_label"
        ASSIGN = "assign"
        GIVE_BACK = "give_back"
        CLOSE = "close"
        REOPEN = "reopen"
        SNOOZE = "snooze"
        READ = "read"
        UNREAD = "unread"
        PRIORITY = "priority"

    class State(models.TextChoices):
        CHOSEN = "chosen"
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="bulk_acts")
    what = models.CharField(max_length=12, choices=What, blank=True)
    # Ids, numbers and moments only: {"label": 3}, {"until": "2026-11-23T09:00:00+01:00"}.
    arguments = models.JSONField(default=dict)
    undo_of = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, related_name="undone_by"
    )
    # What was chosen stays as it was then: [conversation, who had it] each, in their order.
    chosen = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)

    state = models.CharField(max_length=10, choices=State, default=State.CHOSEN)
    # So many of the chosen are through; moves on together with what was done to them.
    position = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    skipped_count = models.PositiveIntegerField(default=0)
    failed_count = models.PositiveIntegerField(default=0)
    # Why some could not be done, in the words of who did it: {sentence: how many}.
    refusals = models.JSONField(default=dict)

    created_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            # Used by the sweeper: acts whose worker is gone, choices nobody used.
            models.Index(
                fields=["moved_at"],
                condition=Q(finished_at=None),
                name="bulk_act_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return f"Bulk act {self.code}"

    @property
    def is_over(self) -> bool:
        return self.finished_at is not None


class BulkChange(models.Model):
    """What an act changed in one conversation, and how it was before: for taking it back."""

    act = models.ForeignKey(
        BulkAct, on_delete=models.CASCADE, related_name="changes", db_index=False
    )
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField()
    after = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["act", "conversation"], name="bulk_change_once"),
        ]

    def __str__(self) -> str:
        return f"Change of conversation {self.conversation_id} by bulk act {self.act_id}"
