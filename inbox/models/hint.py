"""What browsers are told, where no Redis is."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Hint(models.Model):
    """Hints told together (inbox.events); read by polling, pruned after a minute."""

    body = models.TextField()  # a line of JSON each, no personal data
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Hints {self.pk}"
