"""For whom a quick reply is, and who may make or change it.

Everybody makes their own, team leads those of their team, admins those of all teams and of
everybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from inbox.models import Agent, QuickReply, Team

ALL, MINE, TEAM = "all", "me", "team:"


@dataclass(frozen=True, slots=True)
class Scope:
    """``key`` is how forms and tables name it: "all", "me", "team:" and the team's code."""

    key: str
    owner: Agent | None = None
    team: Team | None = None

    @property
    def name(self) -> str:
        if self.team:
            return _("Team %(name)s") % {"name": self.team.name}
        return _("Only me") if self.owner else _("Everybody")


def scopes_for(agent: Agent, teams: Iterable[Team]) -> list[Scope]:
    """Those this agent may make quick replies for, the widest first."""
    scopes = [Scope(ALL)] if agent.is_admin else []
    scopes += [
        Scope(f"{TEAM}{team.code}", team=team) for team in teams if _leads(agent, team.pk)
    ]
    return [*scopes, Scope(MINE, owner=agent)]


def scope_of(reply: QuickReply) -> Scope:
    if reply.team:
        return Scope(f"{TEAM}{reply.team.code}", team=reply.team)
    return Scope(MINE, owner=reply.owner) if reply.owner else Scope(ALL)


def may_change(agent: Agent, reply: QuickReply) -> bool:
    if reply.owner_id:
        return reply.owner_id == agent.pk
    return _leads(agent, reply.team_id) if reply.team_id else agent.is_admin


def _leads(agent: Agent, team_id: int) -> bool:
    return agent.is_admin or (agent.is_lead and agent.team_id == team_id)
