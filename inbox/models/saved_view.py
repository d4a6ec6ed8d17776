"""Lists that people put together themselves and keep."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.models.agent import Agent, Team
from inbox.models.label import Label


class SavedView(models.Model):
    """Somebody's own, a team's, or, with neither, everybody's."""

    class Sort(models.TextChoices):
        WAITING = "waiting", _("Longest waiting")
        NEWEST = "newest", _("Newest")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    owner = models.ForeignKey(
        Agent, on_delete=models.CASCADE, null=True, related_name="saved_views"
    )
    team = models.ForeignKey(
        Team, on_delete=models.CASCADE, null=True, related_name="saved_views"
    )
    tree = models.JSONField()  # inbox.view_trees
    # The labels the tree names, so that who may not know of one is not shown the view.
    labels = models.ManyToManyField(Label, related_name="saved_views")
    # Once it named a sensitive label, also when that is gone by now.
    is_sensitive = models.BooleanField(default=False)
    sort = models.CharField(_("order"), max_length=7, choices=Sort, default=Sort.WAITING)
    position = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(owner=None) | Q(team=None), name="saved_view_of_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SavedViewEvent(models.Model):
    """Who made, changed or deleted a view. Append-only; outlives the view."""

    class What(models.TextChoices):
        MADE = "made", _("made")
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")

    view_code = models.UUIDField(db_index=True)
    what = models.CharField(max_length=8, choices=What)
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d}"
