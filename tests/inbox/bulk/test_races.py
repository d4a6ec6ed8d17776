"""Several workers at one act, and an agent at a conversation in it, at the same moment"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import connection

from inbox.actions import bulk_acts, conversations
from inbox.actions.bulk_acts import Order
from inbox.models import Agent, Conversation, Label
from tests.factories import make_agent
from tests.inbox.bulk.many import counts, make_many, started
from tests.inbox.conversations.events import told

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"
    ),
]


def at_once(*doings: Callable[[], object]) -> None:
    start = threading.Barrier(len(doings))
    mistakes: list[Exception] = []

    def run(do: Callable[[], object]) -> None:
        start.wait()
        try:
            do()
        except Exception as mistake:
            mistakes.append(mistake)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(do,)) for do in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mistakes == []


def test_three_workers_do_each_conversation_once() -> None:
    agent, many = make_agent(), make_many(120)
    label = Label.objects.create(name="VIP")
    act = started(many, Order("add_label", label=label), agent)

    at_once(*[lambda: bulk_acts.run(act.pk)] * 3)
    bulk_acts.run(act.pk)

    act.refresh_from_db()
    assert counts(act) == (120, 0, 0)
    assert all(len(told(one)) == 1 for one in many)


def test_of_an_act_and_a_colleague_who_take_the_same_one_gets_it() -> None:
    agent, colleague = make_agent(), make_agent("Jana Meier")
    many = make_many(40)
    act = started(many, Order("assign", to=agent), agent)

    def take_all() -> None:
        for one in reversed(many):
            take(one, colleague)

    at_once(lambda: bulk_acts.run(act.pk), take_all)
    bulk_acts.run(act.pk)

    act.refresh_from_db()
    theirs = Conversation.objects.filter(assignee=colleague).count()
    assert counts(act) == (40 - theirs, 0, theirs)
    assert all(len(told(one)) == 1 for one in many)


def take(conversation: Conversation, by: Agent) -> None:
    with suppress(conversations.TakenMeanwhile):
        conversations.take(conversation, by=by)
