"""What can be chosen for a quick reply, read once for a page or for a whole import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from inbox.models import Agent, Label, Team
from inbox.quick_replies import known_places
from inbox.quick_reply_scopes import Scope, scopes_for


@dataclass(frozen=True, slots=True)
class Choices:
    """Names by the codes that acts are stored with."""

    scopes: Mapping[str, Scope]
    labels: Mapping[str, str]  # no sensitive ones: whoever sends may not know of them
    agents: Mapping[str, str]
    mails: Mapping[str, str]  # of the agents
    teams: Mapping[str, str]
    places: Mapping[str, str | Promise]


def choices_for(agent: Agent) -> Choices:
    teams = list(Team.objects.all())
    agents = list(Agent.objects.active())
    return Choices(
        scopes={scope.key: scope for scope in scopes_for(agent, teams)},
        labels={str(label.code): label.name for label in Label.objects.visible_to_all()},
        agents={str(one.code): one.name for one in agents},
        mails={str(one.code): one.email for one in agents},
        teams={str(team.code): team.name for team in teams},
        places=known_places(),
    )
