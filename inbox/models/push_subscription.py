"""Browsers that want to be told while the desk is not open in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from inbox.encryption import EncryptedTextField
from inbox.models.session import AgentSession


class PushSubscription(models.Model):
    """One signed-in browser. It goes with its session: who is signed out hears no more."""

    session = models.OneToOneField(
        AgentSession, on_delete=models.CASCADE, related_name="push_subscription"
    )
    # Whoever has these can send to that browser.
    endpoint = EncryptedTextField()
    p256dh = EncryptedTextField()
    auth = EncryptedTextField()
    fingerprint = models.CharField(max_length=16, unique=True)  # of the endpoint
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"Push subscription {self.fingerprint}"
