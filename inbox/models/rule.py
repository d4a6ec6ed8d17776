"""Small automations that admins make, what they did, and what waits to be looked at."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inbox.automation.acts import Act, is_complete, read_acts
from inbox.automation.conditions import Condition, read_conditions
from inbox.automation.triggers import When, read_when
from inbox.models.agent import Agent
from inbox.models.conversation import Conversation

# There from the start (migration 0021), so nobody has named it in the company's language.
SHIPPED = "Close idle conversations, with a warning first"


class RuleQuerySet(models.QuerySet["Rule"]):
    def on(self) -> RuleQuerySet:
        return self.filter(switched_on_at__isnull=False)


class Rule(models.Model):
    """When, if, then. Off (``switched_on_at`` is None) ⇄ on, which starts anew: what was due
    before is not done afterwards.

    What is stored was read before (inbox.automation); it is read again each time it is used.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    # Which of the rules that wait for this trigger are looked at; the rest stands in ``when``.
    trigger = models.CharField(max_length=10)
    when = models.JSONField()
    conditions = models.JSONField(default=list)
    acts = models.JSONField()
    position = models.PositiveIntegerField(default=0)
    switched_on_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        if self.name == SHIPPED:
            return gettext("Close idle conversations, with a warning first")
        return self.name

    @property
    def is_on(self) -> bool:
        return self.switched_on_at is not None

    @cached_property
    def read_when(self) -> When:
        return read_when(self.when)

    @cached_property
    def read_conditions(self) -> tuple[Condition, ...]:
        return read_conditions(self.conditions)

    @cached_property
    def read_acts(self) -> tuple[Act, ...]:
        return read_acts(self.acts)

    @property
    def is_complete(self) -> bool:
        return is_complete(self.read_acts)


class RuleEvent(models.Model):
    """Who made, changed, switched or deleted a rule. Append-only, and outlives it."""

    class What(models.TextChoices):
        MADE = "made", _("made")
        CHANGED = "changed", _("changed")
        SWITCHED_ON = "on", _("switched on")
        SWITCHED_OFF = "off", _("switched off")
        DELETED = "deleted", _("deleted")

    rule_code = models.UUIDField(db_index=True)
    name = models.CharField(max_length=80)  # as it was then
    what = models.CharField(max_length=8, choices=What)
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d}"


class RuleFiring(models.Model):
    """A rule did something in a conversation, once for each cause.

    ``cause`` is the code of the line or message it all began with, or since when somebody
    waits. ``outcome`` has a row [word of the act, done?, why not] for each act.
    """

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="firings")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    cause = models.CharField(max_length=40)
    outcome = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            # Also the index by conversation: how often rules fired there.
            models.UniqueConstraint(
                fields=["conversation", "rule", "cause"], name="rule_firing_once"
            ),
        ]
        indexes: ClassVar = [
            # Used by the page of a rule.
            models.Index(fields=["rule", "-at", "-id"], name="rule_firing_newest"),
        ]

    def __str__(self) -> str:
        return f"Rule {self.rule_id} in conversation {self.conversation_id}"


class RuleWork(models.Model):
    """Something happened, and rules are to be looked at: an outbox entry, stored together with
    what happened. Or a rule is due at a moment (``rule``, ``since``).

    WAITING (``done_at`` is None) → DONE, in the transaction that did it. Three mistakes, and it
    is given up: ``tries`` counts them, ``due_at`` puts the next try off.
    """

    MOST_TRIES: ClassVar = 3

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    trigger = models.CharField(max_length=10)
    cause = models.CharField(max_length=40)
    depth = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=36, blank=True)  # code of the one that was added
    # One rule alone: it waits for a moment, or has to close what it warned of.
    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, null=True, related_name="work")
    is_closing = models.BooleanField(default=False)
    since = models.DateTimeField(null=True)  # nothing may have been said meanwhile
    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            # A moment is found by several lookers, and once is enough.
            models.UniqueConstraint(
                fields=["conversation", "rule", "since", "is_closing"],
                condition=Q(rule__isnull=False),
                name="rule_work_once",
            ),
        ]
        indexes: ClassVar = [
            # Used by workers and the sweeper.
            models.Index(
                fields=["due_at", "id"], condition=Q(done_at=None), name="rule_work_due"
            ),
            # Used by tidying.
            models.Index(
                fields=["done_at"], condition=Q(done_at__isnull=False), name="rule_work_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trigger} in conversation {self.conversation_id}"
