"""Files that belong to messages."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.models.message import Message


def _stored_name(attachment: Attachment, filename: str) -> str:
    """A random path: names come from outside and never reach the disk."""
    return f"{attachment.created_at:%Y/%m/%d}/{attachment.code}"


def _thumbnail_name(attachment: Attachment, filename: str) -> str:
    return f"{_stored_name(attachment, filename)}.thumb"


class Attachment(models.Model):
    """A picture, video, sound or document of a message.

    Incoming: PENDING → STORED, or FAILED with a reason and tries left until ``due_at`` is None.
    Outgoing: STORED from the start; ``media_id`` is filled when it was uploaded.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Being fetched")
        STORED = "stored", _("Stored")
        FAILED = "failed", _("Could not be fetched")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=16)  # image, video, audio, document, sticker
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    media_id = models.CharField(max_length=128, blank=True)
    media_id_at = models.DateTimeField(null=True)  # our uploads live 30 days at Meta
    claimed_type = models.CharField(max_length=120, blank=True)  # what the sender says
    mime_type = models.CharField(max_length=120, blank=True)  # what the bytes say
    filename = models.CharField(max_length=255, blank=True)
    size = models.BigIntegerField(default=0)
    claimed_sha256 = models.CharField(max_length=64, blank=True)  # hex
    sha256 = models.CharField(max_length=64, blank=True)  # hex
    hash_differs = models.BooleanField(default=False)
    file = models.FileField(upload_to=_stored_name, max_length=200, blank=True)
    thumbnail = models.FileField(upload_to=_thumbnail_name, max_length=200, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    failure = models.CharField(max_length=40, blank=True)  # a word; the sentence is the view's
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            # Used by the sweeper: files still to fetch.
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="attachment_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
