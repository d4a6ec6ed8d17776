"""Labels that sort conversations and contacts."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.models.agent import Agent


class LabelQuerySet(models.QuerySet["Label"]):
    def visible_to(self, agent: Agent) -> LabelQuerySet:
        """Nobody else learns of sensitive labels anywhere."""
        return self.all() if agent.data_protection else self.visible_to_all()

    def visible_to_all(self) -> LabelQuerySet:
        return self.filter(is_sensitive=False)


class Label(models.Model):
    """A coloured word on conversations and contacts, such as "Complaint"."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=40)
    colour = models.CharField(_("colour"), max_length=7, default="#0f766e")  # #rrggbb
    description = models.CharField(
        _("description"),
        max_length=200,
        blank=True,
        help_text=_("When to use it. Agents read this where they choose a label."),
    )
    is_sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_("Only agents with the data-protection right see it, anywhere."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = LabelQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "name"]
        constraints: ClassVar = [
            # Each sort by itself: that a name is taken would tell of a sensitive label.
            models.UniqueConstraint(fields=["name", "is_sensitive"], name="label_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class LabelEvent(models.Model):
    """Who made, changed, merged or deleted a label. Append-only.

    Kept by the label's code, since it outlives the label: a sensitive one stays hidden in
    the timelines when it is gone.
    """

    class What(models.TextChoices):
        MADE = "made", _("made")
        CHANGED = "changed", _("changed")
        MERGED = "merged", _("merged")
        DELETED = "deleted", _("deleted")

    label_code = models.UUIDField(db_index=True)
    name = models.CharField(max_length=40)  # as it was then
    was_sensitive = models.BooleanField()
    what = models.CharField(max_length=8, choices=What)
    detail = models.JSONField(default=dict)
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d}"
