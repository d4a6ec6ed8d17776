"""What consent knows of a person: a random id, when they wrote, what they refused."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from consent.rules import MessageClass, Reason


class Subject(models.Model):
    """A person, by a random id. Who that is only the inbox knows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Set by "STOP" and its kin, by Meta's own opt-out, or by an agent. Only ever set here.
    objected_at = models.DateTimeField(null=True, blank=True)
    objected_by = models.CharField(max_length=40, blank=True)  # keyword, platform, agent
    banned_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)


class ServiceWindow(models.Model):
    """When a person last wrote to one of our numbers, by Meta's clock. Only moves on."""

    subject = models.ForeignKey(
        Subject, on_delete=models.CASCADE, related_name="windows", db_index=False
    )
    sender = models.CharField(max_length=64)  # phone number id
    last_wrote_at = models.DateTimeField()
    # Equal to last_wrote_at while WhatsApp denies the window that message opened; what the
    # person writes next opens a new one.
    denied_for = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "sender"], name="window_once_per_sender"
            ),
        ]

    def __str__(self) -> str:
        return f"Window of {self.subject_id}"


class Decision(models.Model):
    """What the gate said about one message at the moment of leaving. Append-only."""

    subject = models.ForeignKey(
        Subject, on_delete=models.CASCADE, related_name="decisions", db_index=False
    )
    sender = models.CharField(max_length=64)
    message_class = models.CharField(
        max_length=12, choices=[(c.value, c.value) for c in MessageClass]
    )
    allowed = models.BooleanField()
    reason = models.CharField(max_length=24, choices=[(r.value, r.value) for r in Reason])
    policy_version = models.CharField(max_length=12)
    # The standing it was decided on, so that the verdict can be replayed.
    last_wrote_at = models.DateTimeField(null=True)
    objected_at = models.DateTimeField(null=True)
    banned_at = models.DateTimeField(null=True)
    window_denied_for = models.DateTimeField(null=True)
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(allowed=True, reason="OK")
                | (models.Q(allowed=False) & ~models.Q(reason="OK")),
                name="decision_reason_fits_verdict",
            ),
        ]
        indexes: ClassVar = [
            # Used by the page that shows a person's decisions, newest first.
            models.Index(fields=["subject", "-decided_at"], name="decision_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.decided_at:%Y-%m-%d %H:%M}"
