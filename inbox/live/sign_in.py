"""Whose browser is this? The session cookie tells, as it does for every page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie
from django.utils import timezone

from inbox.models import Agent, AgentSession


@dataclass(frozen=True, slots=True)
class SignIn:
    agent_id: int
    session_key: str
    # Changes with the password, which ends every session that was opened with the old one.
    auth_hash: str


def find(cookies: str) -> SignIn | None:
    """None for strangers, for ended sessions and for agents who may not sign in."""
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    agent = get_user(request)
    if not isinstance(agent, Agent):
        return None
    return SignIn(agent.pk, key, agent.get_session_auth_hash())


def find_ended(sign_ins: Iterable[SignIn]) -> set[SignIn]:
    """Those of these that no longer hold: signed out elsewhere, expired, locked out."""
    asked = set(sign_ins)
    living = set(
        AgentSession.objects.filter(
            pk__in={s.session_key for s in asked}, expire_date__gt=timezone.now()
        ).values_list("pk", flat=True)
    )
    agents = Agent.objects.active().only("password").in_bulk({s.agent_id for s in asked})
    hashes = {pk: agent.get_session_auth_hash() for pk, agent in agents.items()}
    return {
        s for s in asked if s.session_key not in living or hashes.get(s.agent_id) != s.auth_hash
    }
