"""Django's database sessions, with the agent, address and browser beside the session's data."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache as remembered
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from inbox.client_address import client_address
from inbox.models.agent import Agent
from inbox.models.session import AgentSession
from inbox.prepared import Prepared

# How exact "last seen" is: each agent costs at most one write in this time.
SEEN_EVERY = timedelta(minutes=3)
WANTED = "?"


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[AgentSession]:
        return AgentSession

    def load(self) -> dict[str, Any]:
        """Asked for every page, so by a query that was made before."""
        for data, expires_at in _session().ask({WANTED: self.session_key}):
            if expires_at > timezone.now():
                return self.decode(data)
        self._session_key = None  # never one that somebody else made up
        return {}

    def create_model_instance(self, data: dict[str, Any]) -> AgentSession:
        bare = super().create_model_instance(data)
        agent_id = data.get(SESSION_KEY)
        if agent_id:
            _claim(bare.session_key)
        return AgentSession(
            session_key=bare.session_key,
            session_data=bare.session_data,
            expire_date=bare.expire_date,
            agent_id=int(agent_id) if agent_id else None,
            ip_address=data.get("ip_address"),
            user_agent=data.get("user_agent", ""),
            seen_at=timezone.now(),
        )

    def save(self, must_create: bool = False) -> None:
        """Only what the data tells is written again: the row's birth stays what it was."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        row = self.create_model_instance(dict(self.items()))
        fields = ("session_data", "expire_date", "agent_id", "ip_address", "user_agent")
        changes = {field: getattr(row, field) for field in fields}
        if not AgentSession.objects.filter(pk=row.pk).update(**changes):
            raise UpdateError


@remembered
def _session() -> Prepared:
    rows = AgentSession.objects.filter(pk=WANTED)
    return Prepared(rows.values_list("session_data", "expire_date"))


def remember_browser(request: HttpRequest) -> None:
    """Keep with the session where it was opened, so that its owner recognises it."""
    request.session["ip_address"] = client_address(request)
    request.session["user_agent"] = request.headers.get("User-Agent", "")[:300]


def note_seen(request: HttpRequest, agent: Agent, *, now: datetime | None = None) -> None:
    """Refresh "last seen" of the session and its agent, once in a few minutes."""
    key = request.session.session_key
    if key is None or not _claim(key):
        return
    now = now or timezone.now()
    AgentSession.objects.filter(pk=key).update(seen_at=now)
    Agent.objects.filter(pk=agent.pk).update(last_seen_at=now)


def handle_of(session_key: str) -> str:
    """Names a session in pages and addresses; the key itself would be a way in."""
    return salted_hmac("inbox.sessions", session_key, algorithm="sha256").hexdigest()[:24]


def _claim(session_key: str) -> bool:
    """Whether "last seen" is due; asking once answers for the next minutes."""
    seconds = int(SEEN_EVERY.total_seconds())
    return bool(cache.add(f"seen:{handle_of(session_key)}", 1, seconds))
