"""Message templates as Meta approved them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Template(models.Model):
    """One template in one language, synced from Graph. Sent where a window is closed."""

    class Status(models.TextChoices):
        APPROVED = "APPROVED", _("Approved")
        PENDING = "PENDING", _("In review")
        REJECTED = "REJECTED", _("Rejected")
        PAUSED = "PAUSED", _("Paused")
        DISABLED = "DISABLED", _("Disabled")
        OTHER = "OTHER", _("Not usable")

    class Category(models.TextChoices):
        MARKETING = "MARKETING", _("Advertising")
        UTILITY = "UTILITY", _("Order or request")
        AUTHENTICATION = "AUTHENTICATION", _("Security code")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    waba_id = models.CharField(max_length=64)
    meta_id = models.CharField(max_length=64)
    name = models.CharField(max_length=512)
    language = models.CharField(max_length=16)  # with underscore, as in the API: en_US
    status = models.CharField(max_length=24)  # Meta's word; unknown ones are not usable
    category = models.CharField(max_length=24)  # a Category, or a word that Meta adds
    parameter_format = models.CharField(max_length=12, blank=True)  # POSITIONAL, NAMED
    components = models.JSONField(default=list)
    quality = models.CharField(max_length=16, blank=True)
    rejected_reason = models.CharField(max_length=200, blank=True)
    previous_category = models.CharField(max_length=24, blank=True)
    synced_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True)  # no longer listed by Meta

    class Meta:
        ordering: ClassVar = ["name", "language"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["waba_id", "name", "language"], name="template_once_per_language"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["meta_id"], name="template_by_meta_id"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

    @property
    def category_name(self) -> str:
        """In words; Meta's own word for categories that are new to us."""
        return str(dict(self.Category.choices).get(self.category, self.category))

    @property
    def is_usable(self) -> bool:
        return self.status == self.Status.APPROVED and self.gone_at is None
