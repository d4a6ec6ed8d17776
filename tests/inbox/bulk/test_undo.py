"""inbox.actions.bulk_acts.undo"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inbox.actions import bulk_acts, conversations, labels
from inbox.actions.bulk_acts import Order
from inbox.models import Agent, BulkAct, Conversation, Label
from tests.factories import make_agent, make_conversation, make_message, make_team
from tests.inbox.bulk.many import counts, done, make_many, undone
from tests.inbox.conversations.events import told

pytestmark = pytest.mark.django_db


def picture(conversation: Conversation) -> list[Any]:
    found = Conversation.objects.get(pk=conversation.pk)
    names = (
        "status closed_at snoozed_until assignee team priority unread_count is_marked_unread "
        "waiting_since queued_at"
    )
    return [*[getattr(found, name) for name in names.split()], list(found.labels.all())]


def _order(what: str, colleague: Agent) -> Order:
    until = timezone.now() + timedelta(hours=5)
    needs: dict[str, dict[str, Any]] = {
        "add_label": {"label": Label.objects.create(name="VIP")},
        "assign": {"to": colleague},
        "snooze": {"until": until},
        "priority": {"priority": 2},
    }
    return Order(what, **needs.get(what, {}))


@pytest.mark.parametrize(
    "what",
    ["add_label", "assign", "give_back", "close", "snooze", "priority", "unread", "read"],
)
def test_everything_is_as_it_was(what: str, agent: Agent, colleague: Agent) -> None:
    until = timezone.now() + timedelta(days=2)
    team, other = make_team(), make_agent()
    open_one = make_conversation(assignee=other, team=team, unread_count=3)
    put_off = make_conversation(status="snoozed", snoozed_until=until, assignee=other)
    make_message(open_one, at=open_one.waiting_since)
    make_message(put_off, at=put_off.waiting_since)
    before = [picture(open_one), picture(put_off)]

    act = done([open_one, put_off], _order(what, colleague), agent)
    assert act.done_count >= 1
    assert [picture(open_one), picture(put_off)] != before
    back = undone(act)

    assert counts(back) == (act.done_count, 0, 0)
    assert [picture(open_one), picture(put_off)] == before


def test_a_team_and_nobody_are_given_back_as_well(agent: Agent) -> None:
    team, other = make_team("Returns"), make_team("Sales")
    free, of_team = make_conversation(), make_conversation(team=other)

    undone(done([free, of_team], Order("assign", to=team), agent))

    free.refresh_from_db()
    of_team.refresh_from_db()
    assert (free.assignee, free.team) == (None, None)
    assert (of_team.assignee, of_team.team) == (None, other)


def test_taking_a_label_off_puts_it_back(agent: Agent) -> None:
    label = Label.objects.create(name="VIP")
    with_it, without = make_many(2)
    labels.add(with_it, label, by=agent)

    act = done([with_it, without], Order("remove_label", label=label), agent)
    undone(act)

    assert counts(act) == (1, 1, 0)
    assert list(with_it.labels.all()) == [label]
    assert list(without.labels.all()) == []


def test_reopened_ones_are_closed_again(agent: Agent) -> None:
    (one,) = make_many(1, status="closed")

    undone(done([one], Order("reopen"), agent))

    one.refresh_from_db()
    assert one.status == "closed"
    assert [word for word, _who in told(one)] == ["reopened", "closed"]


def test_what_somebody_changed_since_is_left_alone(agent: Agent, colleague: Agent) -> None:
    touched, there_and_back, untouched = make_many(3)
    act = done([touched, there_and_back, untouched], Order("assign", to=agent), agent)
    conversations.assign(touched, to=colleague, by=colleague)
    conversations.assign(there_and_back, to=colleague, by=colleague)
    conversations.assign(there_and_back, to=agent, by=colleague)

    back = undone(act)

    assert counts(back) == (1, 2, 0)
    for one, assignee in ((touched, colleague), (there_and_back, agent), (untouched, None)):
        one.refresh_from_db()
        assert one.assignee == assignee


def test_waiting_for_the_customer_is_undone_and_comes_back(agent: Agent) -> None:
    open_one, put_off = make_conversation(), make_conversation(status="snoozed")
    before = [picture(open_one), picture(put_off)]
    for one in (open_one, put_off):
        make_message(one, at=one.waiting_since)

    undone(done([open_one, put_off], Order("snooze"), agent))
    assert [picture(open_one), picture(put_off)] == before
    undone(done([open_one, put_off], Order("close"), agent))
    assert [picture(open_one), picture(put_off)] == before


def test_another_change_of_the_same_conversation_is_no_hindrance(
    agent: Agent, colleague: Agent
) -> None:
    label, other = Label.objects.create(name="VIP"), Label.objects.create(name="Order")
    (one,) = make_many(1)
    act = done([one], Order("add_label", label=label), agent)
    labels.add(one, other, by=colleague)
    conversations.set_priority(one, priority=2, by=colleague)

    back = undone(act)

    assert counts(back) == (1, 0, 0)
    assert list(one.labels.all()) == [other]


def test_it_is_taken_back_once_by_who_did_it_and_within_a_day(
    agent: Agent, colleague: Agent
) -> None:
    act = done(make_many(1), Order("close"), agent)
    with pytest.raises(conversations.NotPossible, match="cannot be taken back"):
        bulk_acts.undo(act, by=colleague)

    BulkAct.objects.filter(pk=act.pk).update(finished_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(conversations.NotPossible):
        bulk_acts.undo(act, by=agent)

    BulkAct.objects.filter(pk=act.pk).update(finished_at=timezone.now())
    back = undone(act)
    with pytest.raises(conversations.NotPossible):
        bulk_acts.undo(act, by=agent)
    with pytest.raises(conversations.NotPossible):
        bulk_acts.undo(back, by=agent)


def test_what_was_done_before_it_was_stopped_can_be_taken_back(agent: Agent) -> None:
    (one,) = make_many(1)
    act = done([one], Order("close"), agent)
    BulkAct.objects.filter(pk=act.pk).update(state="cancelled", total=5)
    act.refresh_from_db()

    back = undone(act)

    one.refresh_from_db()
    assert counts(back) == (1, 0, 0)
    assert one.status == "open"
