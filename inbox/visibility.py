"""Which numbers an agent may not see: the short form of ``Conversation.visible_to`` for
screens that ask several questions at once.
"""

from __future__ import annotations

from functools import cache

from inbox.models import Agent, Channel, Conversation
from inbox.models.conversation import ConversationQuerySet
from inbox.prepared import Prepared


def hidden_channels(agent: Agent) -> tuple[int, ...]:
    """Numbers that belong to teams, none of them this agent's. Admins see all."""
    if agent.is_admin:
        return ()
    teams: dict[int, set[int]] = {}
    for channel, team in _teams().ask({}):
        teams.setdefault(channel, set()).add(team)
    return tuple(sorted(c for c, its in teams.items() if agent.team_id not in its))


@cache
def _teams() -> Prepared:
    """Asked for every page, so by a query that was made before."""
    return Prepared(Channel.teams.through.objects.values_list("channel_id", "team_id"))


def without(hidden: tuple[int, ...]) -> ConversationQuerySet:
    """The conversations of all other numbers."""
    conversations = Conversation.objects.all()
    return conversations.exclude(channel__in=hidden) if hidden else conversations
