"""Texts that agents have at hand, with what goes along with them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.models.agent import Agent, Team
from inbox.models.contact import Contact


def no_acts() -> dict[str, Any]:
    return {
        "labels": [],
        "close": False,
        "snooze_hours": None,
        "assign_agent": None,
        "assign_team": None,
    }


class QuickReplyQuerySet(models.QuerySet["QuickReply"]):
    def active(self) -> QuickReplyQuerySet:
        return self.filter(archived_at=None)

    def visible_to(self, agent: Agent) -> QuickReplyQuerySet:
        """What this agent may use: everybody's, their team's and their own."""
        mine = Q(owner=agent) | Q(owner=None, team=None)
        if agent.team_id:
            mine |= Q(team=agent.team_id)
        return self.filter(mine)

    def shown_in_settings(self, agent: Agent) -> QuickReplyQuerySet:
        """Leads and admins see those of all teams as well. Own ones are nobody else's."""
        if not agent.is_lead:
            return self.visible_to(agent)
        return self.filter(Q(owner=None) | Q(owner=agent))


class QuickReply(models.Model):
    """A text found by its shortcut, for one agent, for a team or for all.

    Archived ones are kept with their history, and free their shortcut for another.
    """

    class ContentClass(models.TextChoices):
        """Advertising asks the consent gate like any other advertising."""

        SERVICE = "service", _("Service")
        ADVERTISING = "advertising", _("Advertising")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Small letters, so that case never tells two apart; without the slash.
    shortcut = models.CharField(
        _("shortcut"),
        max_length=40,
        validators=[
            RegexValidator(
                r"^[\w-]+\Z", _("Only letters, digits, hyphens and underscores, no spaces.")
            )
        ],
    )
    name = models.CharField(_("name"), max_length=80)
    folder = models.CharField(_("folder"), max_length=60, blank=True)
    owner = models.ForeignKey(
        Agent, on_delete=models.CASCADE, null=True, blank=True, related_name="quick_replies"
    )
    team = models.ForeignKey(
        Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="quick_replies"
    )
    content_class = models.CharField(
        _("class"), max_length=11, choices=ContentClass, default=ContentClass.SERVICE
    )
    # What happens to the conversation after sending; things by their codes.
    acts = models.JSONField(default=no_acts, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = QuickReplyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["folder", "shortcut", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(owner=None) | Q(team=None), name="quick_reply_has_one_scope"
            ),
            models.UniqueConstraint(
                fields=["shortcut"],
                condition=Q(archived_at=None, owner=None, team=None),
                name="quick_reply_shortcut_of_all",
            ),
            models.UniqueConstraint(
                fields=["team", "shortcut"],
                condition=Q(archived_at=None, team__isnull=False),
                name="quick_reply_shortcut_of_team",
            ),
            models.UniqueConstraint(
                fields=["owner", "shortcut"],
                condition=Q(archived_at=None, owner__isnull=False),
                name="quick_reply_shortcut_of_agent",
            ),
        ]

    def __str__(self) -> str:
        return f"/{self.shortcut}"

    @property
    def is_advertising(self) -> bool:
        return self.content_class == self.ContentClass.ADVERTISING


class QuickReplyText(models.Model):
    """The words for customers of a language who are addressed in a way; "" is any."""

    quick_reply = models.ForeignKey(
        QuickReply, on_delete=models.CASCADE, related_name="texts", db_index=False
    )
    language = models.CharField(_("language"), max_length=8, blank=True)
    form = models.CharField(
        _("form of address"), max_length=3, choices=Contact.AddressForm, blank=True
    )
    body = models.TextField(_("text"), max_length=4096, blank=True)
    buttons = models.JSONField(default=list, blank=True)  # titles, at most three

    class Meta:
        ordering: ClassVar = ["language", "form"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["quick_reply", "language", "form"], name="quick_reply_text_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language or 'any'} {self.form}".strip()


def _stored_name(file: QuickReplyFile, filename: str) -> str:
    """A random path: names come from outside and never reach the disk."""
    return f"quick-replies/{file.code}"


class QuickReplyFile(models.Model):
    """A file that goes along. Its bytes were looked at when it was put there."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quick_reply = models.ForeignKey(QuickReply, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(upload_to=_stored_name, max_length=200)
    name = models.CharField(max_length=255)
    mime = models.CharField(max_length=120)
    size = models.BigIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class QuickReplyUse(models.Model):
    """How often a day. By whom and for whom is not kept."""

    quick_reply = models.ForeignKey(
        QuickReply, on_delete=models.CASCADE, related_name="uses", db_index=False
    )
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            # Also the index of the list, which adds up the last days.
            models.UniqueConstraint(fields=["quick_reply", "day"], name="quick_reply_use_once"),
        ]

    def __str__(self) -> str:
        return f"{self.count} on {self.day}"


class QuickReplyEvent(models.Model):
    """Who did what to a quick reply. Append-only."""

    quick_reply = models.ForeignKey(QuickReply, on_delete=models.CASCADE, related_name="events")
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d}"
