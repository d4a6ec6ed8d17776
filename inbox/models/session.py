"""Where agents are signed in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models


class AgentSession(AbstractBaseSession):
    """One browser in which an agent is signed in: a Django session that knows whose it is.

    The row is the session itself, so deleting it signs that browser out at once.
    """

    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessions"
    )
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True)

    objects: ClassVar = BaseSessionManager()

    class Meta:
        indexes: ClassVar = [
            # Used by the list of an agent's sessions, and by locking somebody out.
            models.Index(fields=["agent", "-seen_at"], name="session_of_agent"),
        ]

    @classmethod
    def get_session_store_class(cls) -> type:
        from inbox.sessions import SessionStore

        return SessionStore
