"""Giving conversations that nobody has to agents who have room, longest waiting first.

One process at a time does so, for all numbers: agents have one limit for everything, so two
who choose at once could both give somebody their last place. Each conversation is taken under
the lock of its row, and one that somebody else holds at the moment is left to the next look.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from inbox import events, nudges, tasks
from inbox.actions import bulk, notices, rule_work, timeline
from inbox.actions.routing import facts, routed_numbers
from inbox.actions.statements import fetch
from inbox.models import Conversation, Message, RoutingTurn
from inbox.models.conversation import END_OF_QUEUE, ConversationQuerySet
from inbox.notices import Why
from inbox.paging import Key, Pair
from inbox.routing import rules

# Beside those of inbox.actions.draining.
ROUTING_LOCK = 7203
AT_ONCE = 50


def route(*, now: datetime | None = None) -> None:
    """Until nobody waits, or nobody has room for those who wait."""
    after: Key | None = None
    while _queue(routed_numbers()).exists():
        after = _route_some(after, now or timezone.now())
        if after is None:
            return


def sweep() -> None:
    """Whoever was overlooked is looked at again."""
    numbers = routed_numbers()
    if numbers and _queue(numbers).exists():
        nudges.now(tasks.route)


def queue_of(number: int) -> ConversationQuerySet:
    """Who waits at this number and has nobody."""
    return _queue((number,))


@transaction.atomic
def _route_some(after: Key | None, now: datetime) -> Key | None:
    """Returns where to go on, if there is more to be done."""
    _take_turn()
    desk = facts.desk(routed_numbers(), now=now)
    waiting = _longest_waiting(desk, after)
    told: list[Message] = []
    for conversation, case in zip(waiting, facts.cases_of(waiting, desk, now=now), strict=True):
        number = conversation.channel_id
        choice = rules.choose(case, desk.candidates(number), desk.round_of(number))
        if choice is not None:
            told.append(_give(conversation, choice, desk, now))
    bulk.insert(told)
    rule_work.note(told)
    events.publish(*(events.about(line.conversation) for line in told))
    with notices.together():
        for line in told:
            notices.call(line.conversation, [line.conversation.assignee_id or 0], Why.ASSIGNED)
    if len(waiting) < AT_ONCE:
        return None
    return Key(waiting[-1].queued_at, waiting[-1].pk)


def _give(
    conversation: Conversation, choice: rules.Choice, desk: facts.Desk, now: datetime
) -> Message:
    conversation.assignee = next(a for a in desk.agents if a.pk == choice.agent)
    conversation.assigned_at = conversation.changed_at = now
    conversation.given_back_by = None
    conversation.save(update_fields=["assignee", "assigned_at", "changed_at", "given_back_by"])
    desk.note(choice.agent)
    if choice.reason is not rules.Reason.LAST_AGENT:
        _remember_turn(conversation.channel_id, choice.agent, desk)
    return timeline.event(
        conversation,
        "routed",
        to_name=conversation.assignee.name,
        why=choice.reason.value,
        load=choice.load,
        spoke_at=choice.spoke_at.isoformat() if choice.spoke_at else "",
    )


def _remember_turn(number: int, agent: int, desk: facts.Desk) -> None:
    desk.turns[number] = agent
    RoutingTurn.objects.update_or_create(pk=number, defaults={"agent": agent})


def _longest_waiting(desk: facts.Desk, after: Key | None) -> Sequence[Conversation]:
    """Of those for whom there may be somebody. Their rows are held until commit."""
    fitting = Q(pk=None)
    for number, teams in desk.with_room().items():
        its_team = Q(team=None) | Q(team__in=[team for team in teams if team])
        fitting |= Q(channel=number) & its_team
    rows = _queue(desk.numbers).filter(fitting)
    if after is not None:
        rows = rows.filter(GreaterThan(Pair(F("queued_at"), F("pk")), after.as_pair()))
    locked = rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
    return list(locked.order_by("queued_at", "pk")[:AT_ONCE])


def _queue(numbers: Iterable[int]) -> ConversationQuerySet:
    """Through the index conversation_mine_waiting, which ends where nobody waits."""
    waiting = Conversation.objects.open().unassigned().filter(queued_at__lt=END_OF_QUEUE)
    return waiting.filter(channel__in=list(numbers), owned_elsewhere=False)


def _take_turn() -> None:
    """On SQLite the write transaction itself is the lock."""
    if connection.vendor == "postgresql":
        fetch("SELECT 1 FROM pg_advisory_xact_lock(%b::bigint)", ROUTING_LOCK)
