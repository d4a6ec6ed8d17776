"""What routing decides by, read from the tables in a few queries for all that wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from inbox.models import Agent, Channel, Conversation, Message, RoutingTurn
from inbox.routing.absence import SEEN_WITHIN
from inbox.routing.rules import Candidate, Case, Mode, Round, Spoken

# Whoever spoke with a customer longer ago is no longer "their" agent.
REMEMBERED = timedelta(days=365)


@dataclass(slots=True)
class Desk:
    """Who is here, how much each has, and how each number chooses. Kept true by ``note``."""

    numbers: dict[int, Channel]
    teams: dict[int, set[int]]  # of numbers that belong to teams
    agents: list[Agent]
    loads: dict[int, int]
    turns: dict[int, int]

    def candidates(self, number: int) -> list[Candidate]:
        its = self.numbers[number]
        return [
            Candidate(
                agent=agent.pk,
                team=agent.team_id,
                load=self.loads.get(agent.pk, 0),
                limit=limit_of(agent, its),
            )
            for agent in self.agents
            if self._sees(agent, number)
        ]

    def round_of(self, number: int) -> Round:
        its = self.numbers[number]
        return Round(Mode(its.routing), its.last_agent_first, self.turns.get(number))

    def with_room(self) -> dict[int, set[int | None]]:
        """Numbers where somebody has room, and the teams of those who have."""
        found = {
            number: {each.team for each in self.candidates(number) if each.has_room}
            for number in self.numbers
        }
        return {number: teams for number, teams in found.items() if teams}

    def note(self, agent: int) -> None:
        """They have one more."""
        self.loads[agent] = self.loads.get(agent, 0) + 1

    def _sees(self, agent: Agent, number: int) -> bool:
        teams = self.teams.get(number)
        return teams is None or agent.is_admin or agent.team_id in teams


def desk(numbers: Iterable[int], *, now: datetime) -> Desk:
    channels = Channel.objects.in_use().filter(pk__in=numbers)
    only = ("routing", "last_agent_first", "conversation_limit")
    agents = list(here(now=now).only("name", "role", "team_id", "conversation_limit"))
    teams: dict[int, set[int]] = {}
    links = Channel.teams.through.objects.filter(channel__in=numbers)
    for channel, team in links.values_list("channel_id", "team_id"):
        teams.setdefault(channel, set()).add(team)
    return Desk(
        numbers={channel.pk: channel for channel in channels.only(*only)},
        teams=teams,
        agents=agents,
        loads=loads_of(agent.pk for agent in agents),
        turns=dict(RoutingTurn.objects.filter(pk__in=numbers).values_list("pk", "agent")),
    )


def here(*, now: datetime) -> QuerySet[Agent]:
    """Online, in a browser that is open (as inbox.routing.absence says)."""
    online = Agent.objects.active().filter(presence=Agent.Presence.ONLINE)
    return online.filter(last_seen_at__gte=now - SEEN_WITHIN).order_by("pk")


def limit_of(agent: Agent, number: Channel) -> int:
    own = agent.conversation_limit
    return number.conversation_limit if own is None else own


def who_sees(number: Channel) -> QuerySet[Agent]:
    """Everybody who could have a conversation of this number, by name."""
    teams = list(number.teams.values_list("pk", flat=True))
    agents = Agent.objects.active().order_by("name", "pk")
    if teams:
        agents = agents.filter(Q(team__in=teams) | Q(role=Agent.Role.ADMIN))
    return agents


def loads_of(agents: Iterable[int]) -> dict[int, int]:
    """How many open conversations each has, on all numbers."""
    # Agent by agent, each through their part of an index: counted together, PostgreSQL reads
    # all open conversations of the house.
    held = Conversation.objects.open().filter(assignee=OuterRef("pk")).order_by()
    load = Subquery(held.values("assignee").annotate(load=Count("pk")).values("load"))
    counted = Agent.objects.filter(pk__in=list(agents)).order_by()
    return dict(counted.values_list("pk", Coalesce(load, 0)))


def cases_of(waiting: Iterable[Conversation], desk: Desk, *, now: datetime) -> list[Case]:
    """What the rule wants to know of each, in their order."""
    waiting = list(waiting)
    asked = [each for each in waiting if desk.numbers[each.channel_id].last_agent_first]
    spoken = _spoken(asked, now=now)
    return [
        Case(
            team=each.team_id,
            given_back_by=each.given_back_by,
            spoken=spoken.get((each.contact_id, each.channel_id)),
        )
        for each in waiting
    ]


def _spoken(waiting: list[Conversation], *, now: datetime) -> dict[tuple[int, int], Spoken]:
    """Who answered each of these customers last, on the same number: what was said on others
    is not everybody's business."""
    if not waiting:
        return {}
    answers = Message.objects.filter(
        conversation=OuterRef("pk"), direction=Message.Direction.OUT, author__isnull=False
    ).order_by("-at", "-pk")
    earlier = Conversation.objects.filter(
        contact__in={each.contact_id for each in waiting},
        channel__in={each.channel_id for each in waiting},
        first_replied_at__isnull=False,
        last_message_at__gte=now - REMEMBERED,
    )
    rows = earlier.order_by().values_list(
        "contact_id",
        "channel_id",
        Subquery(answers.values("author")[:1]),
        Subquery(answers.values("at")[:1]),
    )
    found: dict[tuple[int, int], Spoken] = {}
    for contact, channel, agent, at in rows:
        known = found.get((contact, channel))
        if agent is not None and (known is None or known.at < at):
            found[contact, channel] = Spoken(agent, at)
    return found
