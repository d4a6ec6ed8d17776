"""Two who want the same at once: agents who take it, workers who give it away"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from inbox.actions import conversations
from inbox.actions.routing import assigning
from inbox.models import Agent, Conversation, Message
from tests.factories import make_agent, make_channel, make_conversation
from tests.inbox.routing.desks import here, routed, waits

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each returned or raised, all started together, each on its own connection."""
    start = threading.Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        start.wait()
        try:
            outcomes[number] = act()
        except Exception as mistake:
            outcomes[number] = mistake
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def take(conversation: Conversation, by: Agent) -> Callable[[], bool]:
    mine = Conversation.objects.get(pk=conversation.pk)
    return lambda: conversations.take(mine, by=by)


def test_of_agents_who_take_the_same_one_gets_it_and_all_others_are_told() -> None:
    people = [make_agent(f"Agent {number}") for number in range(4)]
    conversation = make_conversation()

    outcomes = at_once(*(take(conversation, by) for by in people))

    conversation.refresh_from_db()
    [winner] = [by for by, outcome in zip(people, outcomes, strict=True) if outcome is True]
    assert conversation.assignee == winner
    refused = [outcome for outcome in outcomes if outcome is not True]
    assert [type(each) for each in refused] == [conversations.TakenMeanwhile] * 3
    assert {str(each) for each in refused} == {
        f"{winner.name} has taken this conversation meanwhile."
    }
    assert Message.objects.filter(kind="event").count() == 1


def test_workers_who_route_at_once_give_nothing_twice_and_nobody_too_much() -> None:
    people = [here(f"Agent {number}", conversation_limit=3) for number in range(3)]
    for number in range(3):
        channel = routed("round_robin")
        for minutes in range(5):
            waits(channel, 10 * number + minutes + 1)

    outcomes = at_once(*[assigning.route] * 4)

    assert outcomes == [None] * 4
    held = Conversation.objects.exclude(assignee=None)
    assert Counter(held.values_list("assignee", flat=True)) == {each.pk: 3 for each in people}
    lines = Message.objects.filter(kind="event").values_list("conversation", flat=True)
    assert sorted(lines) == sorted(held.values_list("pk", flat=True))


def test_an_agent_who_takes_while_it_is_given_away_is_told_or_has_it() -> None:
    taker = make_agent("Taker")
    here("Routed to")
    channel = routed()
    for minutes in range(6):
        waits(channel, minutes + 1)
    taking = [take(each, taker) for each in Conversation.objects.all()]

    outcomes = at_once(assigning.route, *taking)

    assert outcomes[0] is None
    for one, outcome in zip(Conversation.objects.order_by("pk"), outcomes[1:], strict=True):
        lines = Message.objects.filter(conversation=one, kind="event")
        if outcome is True:
            assert one.assignee == taker
            continue
        assert isinstance(outcome, conversations.TakenMeanwhile)
        assert one.assignee is not None
        assert one.assignee.name == "Routed to"
        assert lines.count() == 1


def test_a_conversation_that_is_held_does_not_hold_up_the_others() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    here("Anna")
    channel = make_channel(routing="least_busy")
    held, free = waits(channel, 9), waits(channel, 1)
    let_go, is_held = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(Conversation.objects.select_for_update().filter(pk=held.pk))
            is_held.set()
            let_go.wait(20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    is_held.wait(20)
    try:
        assigning.route()
    finally:
        let_go.set()
        holder.join()

    held.refresh_from_db()
    free.refresh_from_db()
    assert (held.assignee, free.assignee is not None) == (None, True)
    assigning.route()
    held.refresh_from_db()
    assert held.assignee is not None
