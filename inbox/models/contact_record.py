"""What agents did with a contact: notes, a history, blocks, and merges that can be undone."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.models.agent import Agent
from inbox.models.channel import Channel
from inbox.models.contact import Contact

LONGEST_NOTE = 4000


class ContactNote(models.Model):
    """What colleagues should know about a person, whichever conversation they open."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    body = models.TextField(_("note"), max_length=LONGEST_NOTE)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Note {self.pk}"


class ContactEvent(models.Model):
    """Who changed what of a contact, and when; never the values. Append-only."""

    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="events", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    word = models.CharField(max_length=24)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes: ClassVar = [
            # Used by the contact's page.
            models.Index(fields=["contact", "-at", "-id"], name="contact_event_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.word} of contact {self.contact_id}"


class ContactBlock(models.Model):
    """That a number of ours shall (not) hear of a contact at WhatsApp any more.

    ASKED → DONE or FAILED; asking for the opposite begins again.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="blocks")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    is_wanted = models.BooleanField()  # False: unblock
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    # When a worker should look at it; None when nothing is to be done.
    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    failure_class = models.CharField(max_length=24, blank=True)
    failure_code = models.IntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contact", "channel"], name="contact_block_once"),
        ]
        indexes: ClassVar = [
            # Used by the sweeper; empty when all is well.
            models.Index(
                fields=["due_at"],
                condition=Q(due_at__isnull=False),
                name="contact_block_due",
            ),
        ]

    def __str__(self) -> str:
        return f"Block of contact {self.contact_id} at number {self.channel_id}"


class ContactMerge(models.Model):
    """Two contacts that an agent declared one person, with all that is needed to part them.

    ``gone`` stays as an empty row, so that links to it lead to ``kept``.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kept = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="merged_into")
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    journal = models.JSONField(default=dict)
    split_at = models.DateTimeField(null=True, blank=True)
    split_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(split_at=None), name="contact_merged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Merge {self.pk}"
