"""Calling agents to a conversation by their name, or by that of their team."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from inbox import events, mentioning
from inbox.actions import followers, notices
from inbox.actions.conversations import NotPossible
from inbox.colleagues import who_may_see
from inbox.mentioning import Named
from inbox.models import Agent, Conversation, Mention, Message, Team
from inbox.notices import Why


def named_by(conversation: Conversation, picked: Collection[str]) -> list[Named]:
    """Who was picked (``agent:<code>``, ``team:<code>``), in that order.

    Raises ``NotPossible`` for whom this conversation may not be shown to, or is not there.
    """
    if not picked:
        return []
    if len(picked) > mentioning.MOST:
        raise NotPossible(
            _("Mention at most %(most)d colleagues in a note.") % {"most": mentioning.MOST}
        )
    found = _agents(conversation, picked) | _teams(conversation, picked)
    if len(found) < len(set(picked)):
        raise NotPossible(
            _("Somebody you mention may not see this conversation. Choose from the list.")
        )
    return [found[each] for each in dict.fromkeys(picked)]


def call(note: Message, *, but: Iterable[int] = ()) -> list[int]:
    """Tell those a note names, who follow it from now on. Returns whom."""
    named = mentioning.named_in(note.content)
    seers = {agent.pk: agent for agent in who_may_see(note.conversation)} if named else {}
    seers.pop(note.author_id or 0, None)
    direct = [each.pk for each in named if each.kind == "agent" and each.pk in seers]
    called: dict[int, int | None] = dict.fromkeys(direct)
    for team in (each.pk for each in named if each.kind == "team"):
        for agent in seers.values():
            if agent.team_id == team:
                called.setdefault(agent.pk, team)
    new = {pk: team for pk, team in called.items() if pk not in set(but)}
    Mention.objects.bulk_create(
        [Mention(message=note, agent_id=pk, team_id=team) for pk, team in new.items()],
        ignore_conflicts=True,
    )
    followers.add(note.conversation, [seers[pk] for pk in direct])
    if new:
        notices.call(note.conversation, new, Why.MENTION)
    return list(called)


def take_back(note: Message, *, but: Collection[int] = ()) -> None:
    """Those who have not looked yet need not any more."""
    unread = Mention.objects.filter(message=note, read_at=None).exclude(agent__in=but)
    agents = list(unread.values_list("agent", flat=True))
    if agents:
        unread.delete()
        events.publish(events.called(note.conversation, agents, "read"))


@transaction.atomic
def mark_read(conversation: Conversation, *, by: Agent) -> bool:
    """They have the conversation before them. What a reminder asks is not done by that."""
    unread = Mention.objects.filter(agent=by, read_at=None, reminder=None)
    changed = unread.filter(message__conversation=conversation).update(read_at=timezone.now())
    if changed:
        events.publish(events.called(conversation, [by.pk], "read"))
    return bool(changed)


@transaction.atomic
def settle(mention: Mention, *, is_read: bool) -> None:
    """One of the list is done, or is not after all."""
    mention.read_at = timezone.now() if is_read else None
    mention.save(update_fields=["read_at"])
    events.publish(events.called(mention.message.conversation, [mention.agent_id], "read"))


def _agents(conversation: Conversation, picked: Collection[str]) -> dict[str, Named]:
    agents = who_may_see(conversation).filter(code__in=_codes(picked, "agent"))
    return {f"agent:{a.code}": Named("agent", a.pk, a.name) for a in agents}


def _teams(conversation: Conversation, picked: Collection[str]) -> dict[str, Named]:
    teams = teams_for(conversation).filter(code__in=_codes(picked, "team"))
    return {f"team:{t.code}": Named("team", t.pk, t.name) for t in teams}


def teams_for(conversation: Conversation) -> QuerySet[Team]:
    """Teams with somebody who may see it."""
    return Team.objects.filter(agents__in=who_may_see(conversation)).distinct()


def _codes(picked: Collection[str], kind: str) -> list[UUID]:
    codes = []
    for each in picked:
        its_kind, _colon, code = each.partition(":")
        if its_kind == kind:
            try:
                codes.append(UUID(code))
            except ValueError:
                continue
    return codes
