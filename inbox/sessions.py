"""Django's database sessions, with the agent, address and browser beside the session's data."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from inbox.models.session import AgentSession


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[AgentSession]:
        return AgentSession

    def create_model_instance(self, data: dict[str, Any]) -> AgentSession:
        session = super().create_model_instance(data)
        agent_id = data.get(SESSION_KEY)
        session.agent_id = int(agent_id) if agent_id else None
        session.ip_address = data.get("ip_address")
        session.user_agent = data.get("user_agent", "")
        session.seen_at = data.get("seen_at")
        return session
