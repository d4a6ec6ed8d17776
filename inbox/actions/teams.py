"""Teams: agents who share work, and the numbers that only they see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from inbox import events
from inbox.actions import agents, quick_replies
from inbox.models import Agent, Channel, Team


class NotPossible(Exception):
    """Why this cannot be done to this team. The text is what an admin reads."""


def create(*, name: str) -> Team:
    return Team.objects.create(name=name)


@transaction.atomic
def rename(team: Team, *, name: str) -> None:
    team.name = name
    team.save(update_fields=["name"])
    _tell(team.agents.values_list("pk", flat=True))


@transaction.atomic
def set_members(team: Team, members: Iterable[Agent], *, by: Agent) -> None:
    """Exactly these are in the team from now on; whoever comes leaves their old team."""
    wanted = {agent.pk: agent for agent in members}
    changed: list[int] = []
    for agent in team.agents.select_for_update().exclude(pk__in=wanted):
        agents.note_team(agent, was=team, team=None, by=by)
        changed.append(agent.pk)
    Agent.objects.filter(pk__in=changed).update(team=None)

    coming = Agent.objects.filter(pk__in=wanted).exclude(team=team)
    for agent in coming.select_for_update(of=("self",)).select_related("team"):
        agents.note_team(agent, was=agent.team, team=team, by=by)
        changed.append(agent.pk)
    Agent.objects.filter(pk__in=wanted).update(team=team)
    _tell(changed)


@transaction.atomic
def delete(team: Team, *, by: Agent) -> None:
    """Its agents and conversations stay, without a team. Its quick replies are archived.

    Refused while a number is only this team's: without any team everyone would see it.
    """
    if numbers := only_theirs(team):
        raise NotPossible(
            _("Only this team sees %(numbers)s. Choose another team for it first.")
            % {"numbers": ", ".join(number.name for number in numbers)}
        )
    members = list(team.agents.all())
    for agent in members:
        agents.note_team(agent, was=team, team=None, by=by)
    # Without their team they would be everybody's.
    for reply in team.quick_replies.active():
        quick_replies.archive(reply, by=by)
    team.delete()
    _tell(agent.pk for agent in members)


def only_theirs(team: Team) -> list[Channel]:
    """The numbers that no other team sees."""
    shared = Channel.objects.annotate(team_count=Count("teams")).filter(team_count__gt=1)
    return list(team.channels.exclude(pk__in=shared.values("pk")))


def _tell(agent_ids: Iterable[int]) -> None:
    if hints := [events.AgentChanged(pk) for pk in agent_ids]:
        events.publish(*hints)
