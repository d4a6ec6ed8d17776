"""Who may know of a conversation: ``Conversation.visible_to``, asked the other way round."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from inbox.models import Agent, Conversation


def who_may_see(conversation: Conversation) -> QuerySet[Agent]:
    """By name. Everybody, unless the number belongs to teams."""
    agents = Agent.objects.active()
    teams = list(conversation.channel.teams.values_list("pk", flat=True))
    if teams:
        agents = agents.filter(Q(team__in=teams) | Q(role=Agent.Role.ADMIN))
    return agents.order_by("name", "pk")
