"""One timeline: what was said, noted, and what happened."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.models.agent import Agent
from inbox.models.channel import Channel
from inbox.models.conversation import Conversation


class MessageQuerySet(models.QuerySet["Message"]):
    def for_thread(self) -> MessageQuerySet:
        """All that bubbles show, in three queries."""
        return self.select_related("author", "quoted", "quoted__author").prefetch_related(
            "attachments", "reactions"
        )


class Message(models.Model):
    """One entry of a conversation's timeline: incoming, outgoing, note or event.

    An outgoing message is its own outbox entry. It is stored as QUEUED and walks

        QUEUED → SENDING → SENT → DELIVERED → READ → PLAYED (voice)

    - SENDING → QUEUED   surely not sent (throttled, no connection): tried again at ``due_at``
    - SENDING → UNCERTAIN  the answer was lost; a status with our ``code`` settles it, and
      only a person's word sends it again
    - → FAILED           refused by the gate or by WhatsApp, with a reason a person reads

    WhatsApp reports out of order, so a status only moves forward (``RANK``), and FAILED
    never overwrites DELIVERED or better. ``due_at`` is set exactly while somebody has to look
    at the message again; later statuses never touch it, which keeps them off its index.
    """

    class Direction(models.TextChoices):
        IN = "in", _("Incoming")
        OUT = "out", _("Outgoing")
        INTERNAL = "internal", _("Internal")

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        IMAGE = "image", _("Picture")
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio")
        VOICE = "voice", _("Voice message")
        DOCUMENT = "document", _("Document")
        STICKER = "sticker", _("Sticker")
        LOCATION = "location", _("Location")
        CONTACTS = "contacts", _("Contact card")
        BUTTONS = "buttons", _("Message with buttons")
        LIST = "list", _("Message with a list")
        LINK_BUTTON = "link_button", _("Message with a link")
        REQUEST = "request", _("Request")  # for location, contact info or a call
        TEMPLATE = "template", _("Template")
        REACTION = "reaction", _("Reaction")  # one we send; shown at its target
        BUTTON_REPLY = "button_reply", _("Pressed button")
        FLOW_REPLY = "flow_reply", _("Filled form")
        ORDER = "order", _("Order")
        CALL_PERMISSION = "call_permission", _("Answer about calls")
        PENDING_FILE = "pending_file", _("Earlier file")  # imported history; it may follow
        UNSUPPORTED = "unsupported", _("Unsupported message")
        UNKNOWN = "unknown", _("Unknown message")
        NOTE = "note", _("Internal note")
        EVENT = "event", _("Event")

    class Status(models.TextChoices):
        NONE = "", ""  # notes and events
        RECEIVED = "received", _("Received")
        QUEUED = "queued", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        UNCERTAIN = "uncertain", _("Perhaps not sent")
        SENT = "sent", _("Sent")
        DELIVERED = "delivered", _("Delivered")
        READ = "read", _("Read")
        PLAYED = "played", _("Played")
        FAILED = "failed", _("Not sent")

    class Origin(models.TextChoices):
        """Who wrote an outgoing message."""

        NONE = "", ""
        AGENT = "agent", _("Agent")
        AUTOMATIC = "automatic", _("Automatic")
        PHONE_APP = "phone_app", _("Phone app")
        OTHER_APP = "other_app", _("Another app")

    # A reported status applies when its rank is higher than what we have.
    RANK: ClassVar[dict[str, int]] = {
        Status.QUEUED: 0,
        Status.SENDING: 1,
        Status.UNCERTAIN: 2,
        Status.SENT: 3,
        Status.FAILED: 4,
        Status.DELIVERED: 5,
        Status.READ: 6,
        Status.PLAYED: 7,
    }

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    direction = models.CharField(max_length=8, choices=Direction)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.TEXT)
    status = models.CharField(max_length=10, choices=Status, default=Status.NONE, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.NONE, blank=True)
    author = models.ForeignKey(
        Agent, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    # Text, caption or note: what search finds. Structured parts lie in ``content``
    # (shapes in docs/message-content.md).
    body = models.TextField(blank=True)
    content = models.JSONField(default=dict, blank=True)
    quoted = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    quoted_wamid = models.CharField(max_length=320, blank=True)

    wamid = models.CharField(  # noqa: DJ001 (null: unique, and unknown at first)
        "WhatsApp id", max_length=320, null=True
    )
    draft_key = models.UUIDField(null=True, unique=True)  # chosen by the browser, see replies

    # Place in the timeline: Meta's timestamp for theirs, our clock for ours.
    at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)  # when we heard of it
    changed_at = models.DateTimeField(default=timezone.now)  # browsers ask "since"
    edited_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    # First time of each status.
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    played_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    # The way out.
    due_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure_class = models.CharField(max_length=24, blank=True)  # an ErrorClass or Reason
    failure_code = models.IntegerField(null=True)  # Meta's error code
    failure_detail = models.TextField(blank=True)  # Meta's words, for admins
    # What the gate said at the moment of leaving.
    decision = models.ForeignKey(
        "consent.Decision",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
    )
    price_category = models.CharField(max_length=32, blank=True)
    price_type = models.CharField(max_length=32, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "wamid"], name="message_told_once"),
            models.CheckConstraint(
                condition=~Q(direction="in") | Q(author=None),
                name="message_incoming_has_no_author",
            ),
        ]
        indexes: ClassVar = [
            # Used by the thread: newest 50, and 50 older.
            models.Index(fields=["conversation", "-at", "-id"], name="message_of_thread"),
            # Used when a message goes: who quoted it? Without it each deletion reads the table.
            models.Index(
                fields=["quoted"],
                condition=Q(quoted__isnull=False),
                name="message_quoting",
            ),
            # Used by the carrier and the sweeper.
            models.Index(
                fields=["channel", "due_at"],
                condition=Q(due_at__isnull=False),
                name="message_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} message {self.pk}"

    @property
    def is_outgoing(self) -> bool:
        return self.direction == self.Direction.OUT

    @property
    def callback_data(self) -> str:
        """Travels with the message and comes back in each of its statuses."""
        return f"msg:{self.code}"


class MessageVersion(models.Model):
    """What a message said before the customer edited or deleted it. Evidence; append-only."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="versions")
    body = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Version of message {self.message_id}"


class Reaction(models.Model):
    """An emoji on a message: at most one from the contact and one from us. "" is removed."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reactions")
    from_us = models.BooleanField()
    author = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    emoji = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()  # the newest wins

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "from_us"], name="reaction_one_a_side"),
        ]

    def __str__(self) -> str:
        return self.emoji or "(removed)"
