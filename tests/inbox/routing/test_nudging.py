"""When somebody waits or somebody has room, routing is told; where it is off, nobody is"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from inbox.actions import agents, attendance, conversations
from inbox.actions.routing import assigning, routed_numbers
from inbox.models import Agent, Channel, Conversation
from tests.factories import make_channel, make_contact, make_conversation, make_team
from tests.inbox.inbound.posting import deliver, of_number, text
from tests.inbox.routing.desks import routed, waits

pytestmark = pytest.mark.django_db
Nudged = list[tuple[Any, ...]]
ROUTE = ("route",)

ACTS: dict[str, Callable[[Conversation, Agent, Agent], object]] = {
    "close": lambda c, me, _: conversations.close(c, by=me),
    "snooze": lambda c, me, _: conversations.snooze(
        c, until=timezone.now() + timedelta(hours=1), by=me
    ),
    "give back": lambda c, me, _: conversations.give_back(c, by=me),
    "hand over": lambda c, me, other: conversations.assign(c, to=other, by=me),
    "to a team": lambda c, me, _: conversations.assign(c, to=make_team(), by=me),
}


def routes(nudged: Nudged) -> int:
    return nudged.count(ROUTE)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("mode", ["off", "least_busy"])
def test_who_gets_room_gets_the_next(
    agent: Agent,
    colleague: Agent,
    nudged: Nudged,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    act: str,
    mode: str,
) -> None:
    conversation = waits(routed(mode), assignee=agent)

    with django_capture_on_commit_callbacks(execute=True):
        ACTS[act](conversation, agent, colleague)

    assert routes(nudged) == (0 if mode == "off" else 1)


def test_who_comes_online_gets_the_next(
    agent: Agent,
    nudged: Nudged,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    routed()

    with django_capture_on_commit_callbacks(execute=True):
        attendance.note_here([agent.pk])
    assert routes(nudged) == 1

    with django_capture_on_commit_callbacks(execute=True):
        attendance.note_here([agent.pk])
        agents.set_presence(agent, "away")
    assert routes(nudged) == 1

    with django_capture_on_commit_callbacks(execute=True):
        agents.set_presence(agent, "online")
    assert routes(nudged) == 2


@pytest.mark.parametrize(
    ("mode", "assigned", "expected"),
    [("off", False, 0), ("round_robin", False, 1), ("round_robin", True, 0)],
    ids=["off", "nobody has it", "somebody has it"],
)
def test_a_customer_who_writes_is_looked_at(
    agent: Agent,
    nudged: Nudged,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    mode: str,
    assigned: bool,
    expected: int,
) -> None:
    channel = routed(mode)
    make_conversation(
        contact=make_contact(phone="491700000123"),
        channel=channel,
        assignee=agent if assigned else None,
    )

    with django_capture_on_commit_callbacks(execute=True):
        deliver(of_number(channel, messages=[text("Hello?", from_="491700000123")]))

    assert routes(nudged) == expected


@pytest.mark.parametrize("mode", ["off", "round_robin"])
def test_intake_asks_the_database_nothing_more(mode: str) -> None:
    """Neither way: what it has to know of the number is read with it."""
    counts = []
    for each in ("off", mode):
        channel = make_channel(routing=each)
        deliver(of_number(channel, messages=[text("Hello")]))  # makes what is made once
        with CaptureQueriesContext(connection) as queries:
            deliver(of_number(channel, messages=[text("Hello again")]))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_sweeper_finds_who_was_overlooked(nudged: Nudged) -> None:
    assigning.sweep()
    waits(routed("off"))
    assigning.sweep()
    assert routes(nudged) == 0

    waits(routed())
    routed_numbers.forget()
    assigning.sweep()

    assert routes(nudged) == 1


def test_numbers_that_were_given_up_assign_nothing() -> None:
    Channel.objects.filter(pk=routed().pk).update(retired_at=timezone.now())

    assert routed_numbers() == ()
