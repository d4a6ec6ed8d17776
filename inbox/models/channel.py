"""A business number, its secrets, its health, and what Meta said about it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.encryption import EncryptedTextField
from inbox.models.agent import Agent, Team
from inbox.models.opening_hours import OpeningHours
from inbox.routing.rules import Mode

_CIRCUIT_SENTENCES = {
    "auth": _("WhatsApp no longer accepts the access of this number."),
    "policy": _("WhatsApp has stopped this number because of its rules."),
    "payment": _("WhatsApp has stopped this number because of its payment."),
    "registration": _("This number is not registered with WhatsApp."),
}


class ChannelQuerySet(models.QuerySet["Channel"]):
    def in_use(self) -> ChannelQuerySet:
        return self.filter(retired_at=None)

    def visible_to(self, agent: Agent) -> ChannelQuerySet:
        """Numbers without teams are everyone's; the others belong to their teams and admins."""
        if agent.is_admin:
            return self
        return self.filter(Q(teams=None) | Q(teams=agent.team_id)).distinct()


class Channel(models.Model):
    """A WhatsApp business number that customers write to.

    The circuit: closed while sending works. An AUTH or POLICY error opens it
    (``circuit_opened_at``), then the queue waits and a probe closes it again.
    """

    class Routing(models.TextChoices):
        """How conversations that nobody has find somebody."""

        OFF = Mode.OFF.value, _("By hand: agents take them from the queue")
        ROUND_ROBIN = Mode.ROUND_ROBIN.value, _("In turn: one after the other")
        LEAST_BUSY = Mode.LEAST_BUSY.value, _("To whoever has the fewest open conversations")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80)

    # Graph ids are digit strings, and stay text.
    phone_number_id = models.CharField(_("phone number id"), max_length=64, unique=True)
    waba_id = models.CharField(_("WhatsApp Business Account id"), max_length=64, db_index=True)
    portfolio_id = models.CharField(_("business portfolio id"), max_length=64, blank=True)
    app_id = models.CharField(_("app id"), max_length=64, blank=True)
    display_phone_number = models.CharField(_("number"), max_length=32, blank=True)
    verified_name = models.CharField(_("verified name"), max_length=160, blank=True)

    token = EncryptedTextField(_("access token"), blank=True)
    verify_token = EncryptedTextField(_("verify token"), blank=True)
    graph_base_url = models.URLField(_("Graph address"), blank=True)  # "" means the setting's
    graph_version = models.CharField(_("Graph version"), max_length=12, blank=True)

    teams = models.ManyToManyField(
        Team,
        verbose_name=_("teams"),
        blank=True,
        related_name="channels",
        help_text=_("Only these teams see its conversations; none chosen: everyone."),
    )
    sends_read_marks = models.BooleanField(_("show customers that we have read"), default=True)
    sends_typing = models.BooleanField(_("show customers that we are writing"), default=True)
    reopen_hours = models.PositiveIntegerField(
        _("reopen within hours"),
        default=24,
        help_text=_(
            "A customer who writes this soon after closing comes back to the same case."
        ),
    )

    requires_label = models.BooleanField(
        _("ask for a label before closing"),
        default=False,
        help_text=_("A conversation of this number is closed only when it has a label."),
    )

    # Who gets a conversation that nobody has (inbox.routing.rules).
    routing = models.CharField(_("how"), max_length=12, choices=Routing, default=Routing.OFF)
    last_agent_first = models.BooleanField(
        _("first whoever spoke with the customer last"),
        default=True,
        help_text=_("If they are online and have room."),
    )
    conversation_limit = models.PositiveSmallIntegerField(
        _("open conversations per agent"),
        default=10,
        help_text=_(
            "Whoever has so many, on all numbers together, gets no more by themselves."
            " People can have a limit of their own."
        ),
    )
    # Conversations of somebody who is away go back to the queue after so long; None: never.
    absence_minutes = models.PositiveSmallIntegerField(
        _("back to the queue after minutes"),
        null=True,
        blank=True,
        help_text=_("Empty: they stay with whoever has them."),
    )
    absence_takes_all = models.BooleanField(
        _("also conversations in which no customer waits"), default=False
    )

    # None: somebody is always there.
    opening_hours = models.ForeignKey(
        OpeningHours, on_delete=models.SET_NULL, null=True, related_name="channels"
    )

    # Some automatic text is switched on: the way in need not look for any otherwise.
    answers_automatically = models.BooleanField(default=False, editable=False)

    # Health as Meta tells it.
    quality = models.CharField(max_length=16, blank=True)
    messaging_limit = models.CharField(max_length=32, blank=True)
    name_status = models.CharField(max_length=32, blank=True)
    account_status = models.CharField(max_length=64, blank=True)
    username = models.CharField(max_length=64, blank=True)
    health = models.JSONField(default=dict, blank=True)
    # Set while Meta restricts us: no answers at all, or none that we start.
    replies_restricted_until = models.DateTimeField(null=True, blank=True)
    business_initiated_restricted_until = models.DateTimeField(null=True, blank=True)

    circuit_opened_at = models.DateTimeField(null=True, blank=True)
    circuit_reason = models.CharField(max_length=32, blank=True)  # an ErrorClass
    circuit_code = models.IntegerField(null=True, blank=True)  # Meta's error code
    circuit_probe_at = models.DateTimeField(null=True, blank=True)

    # Token bucket of the number; the claiming transaction holds this row.
    messages_per_second = models.PositiveIntegerField(default=60)
    rate_tokens = models.FloatField(default=60)
    rate_refilled_at = models.DateTimeField(default=timezone.now)

    webhook_heard_at = models.DateTimeField(null=True, blank=True)
    templates_synced_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def identity_scope(self) -> str:
        """Where a person's business-scoped id holds: the portfolio, or at least the account."""
        return self.portfolio_id or self.waba_id

    @property
    def circuit_sentence(self) -> str:
        """Why nothing can be sent from this number at the moment."""
        return str(_CIRCUIT_SENTENCES.get(self.circuit_reason, _("WhatsApp refuses to send.")))

    @property
    def is_circuit_open(self) -> bool:
        return self.circuit_opened_at is not None


class AppSecret(models.Model):
    """A secret that signs webhooks of a number; several while one is being replaced."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="app_secrets")
    secret = EncryptedTextField()
    # Tells which secret signed a webhook without storing the secret twice (keyed hash).
    fingerprint = models.CharField(max_length=16)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "fingerprint"], name="app_secret_once"),
        ]

    def __str__(self) -> str:
        return f"App secret {self.fingerprint}"


class ChannelEvent(models.Model):
    """Something Meta told us about a number or its account: the number's own timeline."""

    class Severity(models.TextChoices):
        INFO = "info", _("Information")
        WARNING = "warning", _("Warning")
        ALERT = "alert", _("Alert")

    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, null=True, related_name="events"
    )
    waba_id = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=64)  # the webhook field, or our own word
    severity = models.CharField(max_length=8, choices=Severity, default=Severity.INFO)
    data = models.JSONField(default=dict)  # as Meta sent it
    at = models.DateTimeField(default=timezone.now)
    dedupe_key = models.CharField(max_length=64, unique=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [
            # Used by a number's page, newest first.
            models.Index(fields=["channel", "-at"], name="channel_event_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
