"""inbox.actions.bulk_acts: working an act through"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inbox import events
from inbox.actions import bulk_acts, conversations, labels, sweeping
from inbox.actions.bulk_acts import Order, orders, running
from inbox.models import Agent, BulkAct, BulkChange, Conversation, Label
from tests.factories import (
    make_agent,
    make_channel,
    make_contact,
    make_conversation,
    make_team,
)
from tests.inbox.bulk.many import counts, done, make_many, started
from tests.inbox.conversations.events import told
from tests.inbox.replies_views.drafts import hidden_channel

pytestmark = pytest.mark.django_db


def test_all_are_closed_each_with_its_line(agent: Agent) -> None:
    many = make_many(3)

    act = done(many, Order("close"), agent)

    assert act.state == "done"
    assert act.finished_at
    assert counts(act) == (3, 0, 0)
    for one in many:
        one.refresh_from_db()
        assert one.status == "closed"
        assert told(one) == [("closed", "Anna Keller")]


def _orders(colleague: Agent) -> list[Order]:
    label = Label.objects.create(name="VIP")
    return [
        Order("add_label", label=label),
        Order("remove_label", label=label),
        Order("assign", to=make_team("Returns")),
        Order("assign", to=colleague),
        Order("give_back"),
        Order("priority", priority=2),
        Order("unread"),
        Order("read"),
        Order("snooze", until=timezone.now() + timedelta(hours=3)),
        Order("reopen"),
        Order("close"),
    ]


def test_it_does_what_the_single_actions_do(agent: Agent, colleague: Agent) -> None:
    """One conversation by many acts, and one by single actions, end up alike."""
    together, single = make_many(2, assignee=colleague, unread_count=2)

    for order in _orders(colleague):
        act = done([together], order, agent)
        assert act.failed_count == 0, (order, act.refusals)
        single.refresh_from_db()
        orders.carry_out(single, order, by=agent, had=single.assignee_id)
        assert picture(together) == picture(single), order

    words = [word for word, _who in told(together)]
    assert words == [word for word, _who in told(single)]
    assert words == [
        *("labelled", "unlabelled", "assigned", "assigned", "given_back", "priority"),
        *("snoozed", "reopened", "closed"),
    ]


def picture(conversation: Conversation) -> list[Any]:
    conversation.refresh_from_db()
    names = "status assignee_id team_id priority snoozed_until unread_count is_marked_unread"
    values = [getattr(conversation, name) for name in names.split()]
    return [*values, list(conversation.labels.values_list("name", flat=True))]


def test_what_cannot_be_done_is_counted_with_its_sentence(agent: Agent) -> None:
    contact = make_contact()
    many = make_many(2, status="closed")
    newer = make_conversation(contact=contact, channel=many[0].channel)
    older = make_conversation(contact=contact, channel=many[0].channel, status="closed")

    act = done([*many, older, newer], Order("reopen"), agent)

    assert counts(act) == (2, 1, 1)
    assert act.refusals == {
        "This person has a newer conversation that is open. Answer there.": 1
    }
    older.refresh_from_db()
    assert (older.status, told(older)) == ("closed", [])
    assert [told(one) for one in many] == [[("reopened", "Anna Keller")]] * 2


def test_what_a_colleague_took_meanwhile_stays_theirs(agent: Agent, colleague: Agent) -> None:
    taken, free = make_many(2)
    act = started([taken, free], Order("assign", to=agent), agent)
    conversations.take(taken, by=colleague)

    bulk_acts.run(act.pk)

    act.refresh_from_db()
    assert counts(act) == (1, 0, 1)
    assert act.refusals == {"Jana Meier has taken this conversation meanwhile.": 1}
    taken.refresh_from_db()
    free.refresh_from_db()
    assert (taken.assignee, free.assignee) == (colleague, agent)


def test_rights_are_asked_again_for_each(agent: Agent) -> None:
    seen, hidden = make_conversation(), make_conversation()
    act = started([seen, hidden], Order("close"), agent)
    hidden.channel.teams.add(make_team())

    bulk_acts.run(act.pk)

    act.refresh_from_db()
    hidden.refresh_from_db()
    assert counts(act) == (1, 0, 1)
    assert act.refusals == {"It is not here any more.": 1}
    assert hidden.status == "open"


def test_what_one_may_not_see_is_not_chosen(agent: Agent) -> None:
    hidden = make_conversation(channel=hidden_channel())

    assert bulk_acts.freeze([hidden.code], by=agent) == []


def test_who_was_locked_out_does_nothing_more(agent: Agent) -> None:
    (one,) = make_many(1)
    act = started([one], Order("close"), agent)
    Agent.objects.filter(pk=agent.pk).update(is_active=False)

    bulk_acts.run(act.pk)

    act.refresh_from_db()
    one.refresh_from_db()
    assert (act.state, one.status) == ("cancelled", "open")


def test_a_label_that_is_deleted_meanwhile_is_said(agent: Agent) -> None:
    label = Label.objects.create(name="VIP")
    act = started(make_many(2), Order("add_label", label=label), agent)
    labels.delete(label)

    bulk_acts.run(act.pk)

    act.refresh_from_db()
    assert counts(act) == (0, 0, 2)
    assert act.refusals == {"This label has been deleted.": 2}


def test_a_fault_in_one_does_not_hold_back_the_others(
    agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = make_many(3)
    close = conversations.close

    def faulty(conversation: Conversation, *, by: Agent) -> bool:
        done = close(conversation, by=by)
        if conversation.pk == many[1].pk:
            raise RuntimeError("a fault after the change")
        return done

    monkeypatch.setattr(conversations, "close", faulty)
    act = started(many, Order("close"), agent)
    bulk_acts.run(act.pk)

    act.refresh_from_db()
    assert counts(act) == (2, 0, 1)
    assert act.refusals == {"That did not work.": 1}


def test_a_killed_worker_is_followed_by_one_that_goes_on(
    agent: Agent, monkeypatch: pytest.MonkeyPatch, nudged: list[Any]
) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 2)
    many = make_many(5)
    act = started(many, Order("add_label", label=Label.objects.create(name="VIP")), agent)
    dying = iter([True, True, False])
    add = labels.add

    def killed(conversation: Conversation, label: Label, *, by: Agent) -> bool:
        if not next(dying):
            raise OperationalError("the worker was killed")
        return add(conversation, label, by=by)

    with monkeypatch.context() as patched:
        patched.setattr(labels, "add", killed)
        with pytest.raises(OperationalError):
            bulk_acts.run(act.pk)
    act.refresh_from_db()
    assert (act.position, act.done_count, act.state) == (2, 2, "running")

    sweeping.sweep(now=timezone.now() + timedelta(minutes=1))
    assert ("run_bulk_act", act.pk) in nudged
    bulk_acts.run(act.pk)
    bulk_acts.run(act.pk)

    act.refresh_from_db()
    assert counts(act) == (5, 0, 0)
    assert all(told(one) == [("labelled", "Anna Keller")] for one in many)


def test_it_tells_how_far_it_is_and_each_conversation_once(
    agent: Agent, published: list[events.HintBody], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 2)
    many = make_many(3)

    act = done(many, Order("close"), agent)

    moved = events.BulkActMoved(agent=agent.pk, code=str(act.code))
    assert published.count(moved) == 2
    for one in many:
        assert published.count(events.about(one)) == 1


def test_it_can_be_stopped_on_the_way(agent: Agent, colleague: Agent) -> None:
    (one,) = make_many(1)
    act = started([one], Order("close"), agent)

    assert not bulk_acts.cancel(act, by=colleague)
    assert bulk_acts.cancel(act, by=agent)
    bulk_acts.run(act.pk)

    one.refresh_from_db()
    assert one.status == "open"


def test_a_choice_nobody_used_and_old_ways_back_go(agent: Agent) -> None:
    unused = bulk_acts.choose([], by=agent)
    act = done(make_many(1), Order("close"), agent)

    running.tidy(now=timezone.now() + timedelta(hours=25))
    assert list(BulkAct.objects.all()) == [act]
    assert BulkChange.objects.count() == 1
    running.tidy(now=timezone.now() + timedelta(days=8))

    assert not BulkAct.objects.filter(pk=unused.pk).exists()
    assert BulkChange.objects.count() == 0


def test_each_asks_for_its_own_change_and_nothing_else(agent: Agent) -> None:
    done(make_many(1), Order("close"), agent)  # what is kept for a moment is there

    few, more = (statements(started(make_many(n), Order("close"), agent)) for n in (2, 12))

    # A savepoint, its end, and the UPDATE, which is not recorded on PostgreSQL.
    assert 2 * 10 <= more - few <= 3 * 10


def statements(act: BulkAct) -> int:
    with CaptureQueriesContext(connection) as asked:
        bulk_acts.run(act.pk)
    return len(asked)


def test_where_a_label_is_required_those_without_stay_open(agent: Agent) -> None:
    with_it, without = make_many(2, make_channel(requires_label=True))
    with_it.labels.add(Label.objects.create(name="Order"))

    act = done([with_it, without], Order("close"), agent)

    assert counts(act) == (1, 0, 1)
    assert act.refusals == {"Choose a label first: it is needed to close this conversation.": 1}
    without.refresh_from_db()
    assert without.status == "open"


def test_sentences_are_in_the_language_of_who_asked(colleague: Agent) -> None:
    agent = make_agent(language="de")
    (one,) = make_many(1)
    act = started([one], Order("assign", to=agent), agent)
    conversations.take(one, by=colleague)

    bulk_acts.run(act.pk)

    act.refresh_from_db()
    assert list(act.refusals) == ["Jana Meier hat diese Unterhaltung inzwischen übernommen."]


def test_a_sensitive_label_is_not_put_on_by_who_may_not_see_it(agent: Agent) -> None:
    label = Label.objects.create(name="Illness", is_sensitive=True)

    act = done(make_many(1), Order("add_label", label=label), agent)

    assert counts(act) == (0, 0, 1)


def test_who_is_given_many_at_once_is_called_to_a_few(
    agent: Agent, colleague: Agent, published: list[events.HintBody]
) -> None:
    done(make_many(12), Order("assign", to=colleague), agent)

    calls = [hint for hint in published if hint.kind == "called"]
    assert len(calls) == 3
