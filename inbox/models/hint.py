"""What browsers are told, where no Redis is."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Hint(models.Model):
    """One hint (inbox.events); read by polling, pruned after a minute."""

    body = models.TextField()  # JSON, no personal data
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Hint {self.pk}"
