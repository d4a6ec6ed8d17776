"""The raw way in: what WhatsApp posted, and what of it could not be worked through."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.models.channel import Channel


class Webhook(models.Model):
    """One signed POST, byte for byte, stored before it was answered.

    Bodies are personal data: rows go after ``WEBHOOK_RETENTION_DAYS``, and a body is wiped
    (b"") at once when the person it speaks of is erased.
    """

    received_at = models.DateTimeField(default=timezone.now)
    body = models.BinaryField()
    # The first phone number id in the body; rows of one lane are drained in order.
    lane = models.CharField(max_length=64, blank=True)
    # Which app secret signed it: an update only counts for numbers that have this secret.
    signed_by = models.CharField(max_length=16)
    processed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            # Used by the drainer, oldest first, and by the sweeper.
            models.Index(
                fields=["lane", "id"], condition=Q(processed_at=None), name="webhook_to_drain"
            ),
            # Used by tidying up.
            models.Index(fields=["received_at"], name="webhook_by_age"),
        ]

    def __str__(self) -> str:
        return f"Webhook {self.pk}"


class ParkedHappening(models.Model):
    """One happening of a webhook that waits, failed, or that we do not know.

    WAITING (for the message it speaks of) → DONE, or DROPPED after a day
    FAILED (our mistake) → DONE by "try again"
    UNKNOWN (a kind Meta added) is kept for admins to read
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for its message")
        FAILED = "failed", _("Failed")
        UNKNOWN = "unknown", _("Unknown kind")
        DROPPED = "dropped", _("Given up")
        DONE = "done", _("Done")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    webhook = models.ForeignKey(
        Webhook, on_delete=models.SET_NULL, null=True, related_name="parked"
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, null=True, related_name="parked"
    )
    state = models.CharField(max_length=8, choices=State)
    kind = models.CharField(max_length=64)  # the happening's class name
    path = models.CharField(max_length=200)  # where in the webhook's body it stands
    target_wamid = models.CharField(max_length=320, blank=True)
    reason = models.CharField(max_length=300)  # a fixed word of ours, or a mistake's name
    raw = models.JSONField(default=dict)  # the fragment, as Meta sent it
    tries = models.PositiveSmallIntegerField(default=0)
    parked_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["webhook", "path"], name="parked_happening_once"),
        ]
        indexes: ClassVar = [
            # Used when a message appears: what waits for it?
            models.Index(
                fields=["channel", "target_wamid"],
                condition=Q(state="waiting"),
                name="parked_waiting_for",
            ),
            # Used by the admin page and by tidying up.
            models.Index(fields=["state", "-parked_at"], name="parked_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"
