"""Who signs in, and who a session's agent is: asked for every page, so asked cheaply."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.backends import ModelBackend
from django.db import DEFAULT_DB_ALIAS

from inbox.models import Agent
from inbox.prepared import Prepared

WANTED = -1


class AgentBackend(ModelBackend):
    def get_user(self, user_id: int) -> Agent | None:
        for row in _agent().ask({WANTED: int(user_id)}):
            agent = Agent.from_db(DEFAULT_DB_ALIAS, _columns(), row)
            return agent if self.user_can_authenticate(agent) else None
        return None


@cache
def _agent() -> Prepared:
    return Prepared(Agent.objects.filter(pk=WANTED).order_by())


@cache
def _columns() -> list[str]:
    return [field.attname for field in Agent._meta.concrete_fields]
