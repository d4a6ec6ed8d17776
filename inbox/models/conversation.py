"""A case: what is said between a contact and us from the first message to closing."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.models.agent import Agent, Team
from inbox.models.channel import Channel
from inbox.models.contact import Contact
from inbox.models.label import Label

# The window is treated as closed this long before Meta closes it.
WINDOW_SAFETY = timedelta(seconds=60)
END_OF_QUEUE = datetime(9999, 1, 1, tzinfo=UTC)
HANDOVER_NOTE_LENGTH = 500


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, agent: Agent) -> ConversationQuerySet:
        """What this agent may know of (see inbox.permissions)."""
        if agent.is_admin:
            return self
        hidden = Channel.objects.exclude(pk__in=Channel.objects.visible_to(agent).values("pk"))
        return self.exclude(channel__in=list(hidden.values_list("pk", flat=True)))

    def open(self) -> ConversationQuerySet:
        return self.filter(status=Conversation.Status.OPEN)

    def closed(self) -> ConversationQuerySet:
        return self.filter(status=Conversation.Status.CLOSED)

    def snoozed(self) -> ConversationQuerySet:
        return self.filter(status=Conversation.Status.SNOOZED)

    def unassigned(self) -> ConversationQuerySet:
        return self.filter(assignee=None)

    def assigned_to(self, agent: Agent) -> ConversationQuerySet:
        return self.filter(assignee=agent)


class Conversation(models.Model):
    """A case from the first message to closing; one open case per contact and number.

    OPEN ⇄ SNOOZED, both → CLOSED → OPEN. One is snoozed until a moment, or without one until
    the customer writes. A new message of the customer opens a snoozed one either way, and a
    closed one that was closed less than the number's ``reopen_hours`` ago; after that it starts
    a new case.

    Everything a row of the list shows is kept here, so that the list reads no message.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        SNOOZED = "snoozed", _("Snoozed")
        CLOSED = "closed", _("Closed")

    class Priority(models.IntegerChoices):
        LOW = -1, _("Low")
        NORMAL = 0, _("Normal")
        HIGH = 1, _("High")
        URGENT = 2, _("Urgent")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.ForeignKey(
        Channel,
        on_delete=models.PROTECT,
        related_name="conversations",
        db_index=False,  # covered by conversation_number_*
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="conversations",
        db_index=False,  # covered by conversation_of_contact
    )
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    assignee = models.ForeignKey(
        Agent,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="conversations",
        db_index=False,  # covered by conversation_mine_*
    )
    team = models.ForeignKey(
        Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="conversations"
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    # Whose it was when it was given back: it does not come to them again by itself.
    given_back_by = models.BigIntegerField(null=True, blank=True)  # no FK: only compared
    # What the last one wants whoever has it next to know, until they answer.
    handover_note = models.CharField(max_length=HANDOVER_NOTE_LENGTH, blank=True)
    labels = models.ManyToManyField(
        Label, through="ConversationLabel", related_name="conversations", blank=True
    )
    priority = models.SmallIntegerField(choices=Priority, default=Priority.NORMAL)

    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    first_replied_at = models.DateTimeField(null=True, blank=True)

    # The customer's first message that nobody has answered yet; None when it is their turn.
    waiting_since = models.DateTimeField(null=True, blank=True)
    # Sort key of "longest waiting": waiting_since, or END_OF_QUEUE when nobody waits for us.
    # Never null, because SQLite and PostgreSQL sort nulls to different ends.
    queued_at = models.DateTimeField(default=END_OF_QUEUE)
    # 24 hours after the customer's last message by Meta's clock; only ever moves on.
    window_expires_at = models.DateTimeField(null=True, blank=True)

    # When to look whether an automatic text is due; None: not before the customer writes.
    automatic_due_at = models.DateTimeField(null=True, blank=True)

    # The list's row.
    last_message_at = models.DateTimeField(default=timezone.now)
    last_message_id = models.BigIntegerField(null=True, blank=True)  # no FK: see docs/adr
    last_message_kind = models.CharField(max_length=16, blank=True)
    last_message_direction = models.CharField(max_length=8, blank=True)
    last_message_status = models.CharField(max_length=10, blank=True)
    last_message_preview = models.CharField(max_length=160, blank=True)
    unread_count = models.PositiveIntegerField(default=0)
    is_marked_unread = models.BooleanField(default=False)

    # Whether anybody follows it: most are followed by nobody, and then nobody is looked for.
    is_followed = models.BooleanField(default=False)

    # Another app answers this person for now (cloud-api: messaging_handovers, standby).
    owned_elsewhere = models.BooleanField(default=False)

    # Token bucket of the pair (this number, this person): at most one message in 6 seconds.
    pair_tokens = models.FloatField(default=5)
    pair_refilled_at = models.DateTimeField(default=timezone.now)

    changed_at = models.DateTimeField(default=timezone.now)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contact", "channel"],
                condition=~Q(status="closed"),
                name="conversation_one_open_per_contact",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at=None)),
                name="conversation_closed_with_moment",
            ),
            models.CheckConstraint(
                condition=Q(status="snoozed") | Q(snoozed_until=None),
                name="conversation_snoozed_until_only_when_snoozed",
            ),
        ]
        indexes: ClassVar = [
            # Each view of the list pages by (last_message_at, id) or (queued_at, id).
            models.Index(
                fields=["status", "-last_message_at", "-id"], name="conversation_newest"
            ),
            models.Index(
                fields=["status", "queued_at", "id"], name="conversation_longest_waiting"
            ),
            models.Index(
                fields=["assignee", "status", "-last_message_at", "-id"],
                name="conversation_mine_newest",
            ),
            models.Index(
                fields=["assignee", "status", "queued_at", "id"],
                name="conversation_mine_waiting",
            ),
            models.Index(
                fields=["channel", "status", "-last_message_at", "-id"],
                name="conversation_number_newest",
            ),
            models.Index(
                fields=["channel", "status", "queued_at", "id"],
                name="conversation_number_waiting",
            ),
            # The view "waiting for customer". SQLite takes a partial index only when the
            # query says the same conditions, word by word (inbox.folders).
            models.Index(
                fields=["status", "-last_message_at", "-id"],
                condition=Q(waiting_since=None, closed_at=None),
                name="conversation_customers_turn",
            ),
            # Used by the person panel: earlier conversations of this contact.
            models.Index(fields=["contact", "-opened_at"], name="conversation_of_contact"),
            # Used by the sweeper that wakes snoozed conversations.
            models.Index(
                fields=["snoozed_until"],
                condition=Q(status="snoozed"),
                name="conversation_to_wake",
            ),
            # Used by the sweeper that looks after automatic texts.
            models.Index(
                fields=["automatic_due_at"],
                condition=Q(automatic_due_at__isnull=False),
                name="conversation_automatic_due",
            ),
        ]

    def __str__(self) -> str:
        return f"Conversation {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("inbox:conversation", args=[self.code])

    def window_is_open(self, now: datetime) -> bool:
        return (
            self.window_expires_at is not None and now < self.window_expires_at - WINDOW_SAFETY
        )


class ConversationLabel(models.Model):
    """A label on a conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE)
    label = models.ForeignKey(Label, on_delete=models.CASCADE, db_index=False)

    class Meta:
        constraints: ClassVar = [
            # Also the index of the list by label.
            models.UniqueConstraint(
                fields=["label", "conversation"], name="conversation_label_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Label {self.label_id} on conversation {self.conversation_id}"


class FormerCode(models.Model):
    """The code of a conversation that went into another: open tabs and links lead there."""

    code = models.UUIDField(unique=True)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="former_codes"
    )

    def __str__(self) -> str:
        return f"{self.code} is conversation {self.conversation_id}"
