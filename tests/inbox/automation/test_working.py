"""inbox.actions.automation: what happens is noted, and rules do what they say, once"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from inbox.actions import automation, conversations, labels, rule_work
from inbox.actions.automation import firing
from inbox.models import Agent, Conversation, ConversationLabel, Message, RuleFiring, RuleWork
from inbox.templatetags.timeline import event_sentence
from tests.factories import make_channel, make_contact, make_conversation, make_message
from tests.inbox.automation.rules import adds, make_label, make_rule, work

pytestmark = pytest.mark.django_db


def heard(body: str = "Where is my invoice?", **fields: Any) -> Conversation:
    """A customer has written, and it is noted as the way in does it."""
    conversation = make_conversation(**fields)
    rule_work.note([make_message(conversation, body)])
    return conversation


def sentences(conversation: Conversation) -> list[str]:
    lines = conversation.messages.filter(kind="event").order_by("pk")
    return [event_sentence(line) for line in lines]


def test_a_message_is_labelled_and_the_timeline_says_by_which_rule() -> None:
    label = make_label("Invoice")
    make_rule(
        adds(label), name="Invoices", conditions=[{"test": "words", "words": ["invoice"]}]
    )
    conversation = heard()

    work()

    assert list(conversation.labels.all()) == [label]
    assert sentences(conversation) == [
        "Rule “Invoices” added the label “Invoice”",
        "Rule “Invoices” applied: adds a label",
    ]
    assert RuleFiring.objects.get().outcome == [["label", "done"]]
    assert RuleWork.objects.get().done_at


def test_what_does_not_match_leaves_nothing() -> None:
    make_rule(adds(make_label()), conditions=[{"test": "words", "words": ["refund"]}])
    conversation = heard()

    work()

    assert not ConversationLabel.objects.exists()
    assert sentences(conversation) == []
    assert not RuleFiring.objects.exists()


def test_without_rules_nothing_is_stored_and_nothing_asked(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    message = make_message(make_conversation())
    make_rule(adds(make_label()), is_on=False)
    rule_work.note([message])  # now it is known by heart

    with django_assert_num_queries(0):
        rule_work.note([message])

    assert not RuleWork.objects.exists()


def test_the_same_work_done_twice_does_nothing_twice() -> None:
    make_rule({"do": "note", "text": "Look at this"})
    conversation = heard()
    work()
    RuleWork.objects.update(done_at=None)

    work()

    note = conversation.messages.get(kind="note")
    assert (note.body, note.author) == ("Look at this", None)


def test_a_worker_that_dies_has_done_nothing_and_the_next_does_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    label = make_label()
    make_rule(adds(label))
    conversation = heard()

    def die(*_: Any, **__: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(firing, "_tell", die)
        work()
    assert not conversation.labels.exists()
    assert not RuleFiring.objects.exists()

    work(timezone.now() + timedelta(minutes=2))

    assert list(conversation.labels.all()) == [label]


def test_what_fails_again_and_again_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    make_rule(adds(make_label()))
    heard()

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(firing, "_tell", fail)
    for minutes in (0, 2, 4):
        work(timezone.now() + timedelta(minutes=minutes))

    given_up = RuleWork.objects.get()
    assert (given_up.tries, given_up.done_at is not None) == (3, True)
    assert not RuleFiring.objects.exists()


def test_what_was_left_gets_a_worker(nudged: list[tuple[Any, ...]]) -> None:
    make_rule(adds(make_label()))
    heard()
    nudged.clear()

    automation.sweep(now=timezone.now() + timedelta(minutes=5))

    assert nudged == [("follow_rules",)]


def test_work_is_handed_over_after_commit(
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    agent: Agent,
) -> None:
    make_rule(adds(make_label()), trigger="closed")
    conversation = make_conversation()

    with django_capture_on_commit_callbacks(execute=True):
        conversations.close(conversation, by=agent)

    assert nudged == [("follow_rules",)]


@pytest.mark.parametrize("trigger", ["assigned", "closed", "opened", "labelled"])
def test_what_agents_do_triggers_rules(trigger: str, agent: Agent) -> None:
    make_rule({"do": "priority", "level": 2}, trigger=trigger, **_label_of(trigger))
    conversation = make_conversation(status="closed" if trigger == "opened" else "open")

    match trigger:
        case "assigned":
            conversations.take(conversation, by=agent)
        case "closed":
            conversations.close(conversation, by=agent)
        case "opened":
            conversations.reopen(conversation, by=agent)
        case "labelled":
            labels.add(conversation, make_label(), by=agent)
    work()

    conversation.refresh_from_db()
    assert conversation.priority == 2


def _label_of(trigger: str) -> dict[str, Any]:
    return {"label": ""} if trigger == "labelled" else {}


def test_a_rule_for_one_label_leaves_others_alone(agent: Agent) -> None:
    wanted, other = make_label("Wanted"), make_label("Other")
    make_rule({"do": "priority", "level": 1}, trigger="labelled", label=str(wanted.code))
    conversation = make_conversation()

    labels.add(conversation, other, by=agent)
    work()

    conversation.refresh_from_db()
    assert conversation.priority == 0


def test_rules_that_call_each_other_come_to_an_end() -> None:
    first, second = make_label("First"), make_label("Second")
    make_rule(adds(first), {"do": "note", "text": "again"}, trigger="received")
    make_rule(
        {"do": "note", "text": "ping"},
        adds(second),
        trigger="labelled",
        label=str(first.code),
    )
    make_rule({"do": "note", "text": "pong"}, trigger="labelled", label="")
    conversation = heard()

    work()

    bodies = sorted(conversation.messages.filter(kind="note").values_list("body", flat=True))
    assert bodies == ["again", "ping", "pong"]  # "pong" once, though two labels were added


def test_too_many_firings_in_an_hour_stop_rules_there(agent: Agent) -> None:
    make_rule({"do": "note", "text": "x"}, trigger="assigned")
    conversation = make_conversation()
    for _ in range(25):
        conversations.take(conversation, by=agent)
        work()
        conversations.give_back(conversation, by=agent)

    assert conversation.messages.filter(kind="note").count() == 20
    assert RuleFiring.objects.filter(outcome=[["", "too often"]]).count() == 5


def test_what_happened_before_it_was_switched_on_is_not_meant() -> None:
    other = make_rule(adds(make_label("Other")))
    conversation = heard()
    late = make_rule(adds(make_label("Late")))
    late.switched_on_at = timezone.now() + timedelta(seconds=1)
    late.save()

    work()

    assert [firing.rule for firing in RuleFiring.objects.all()] == [other]
    assert [label.name for label in conversation.labels.all()] == ["Other"]


def test_a_rule_that_cannot_be_read_holds_up_no_other() -> None:
    broken = make_rule(adds(make_label("A")))
    type(broken).objects.filter(pk=broken.pk).update(conditions=[{"test": "eval"}])
    make_rule(adds(make_label("B")))
    conversation = heard()

    work()

    assert [label.name for label in conversation.labels.all()] == ["B"]


def test_looking_asks_as_much_for_many_rules_as_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(20):
        make_rule(
            adds(make_label(f"L{n}")), conditions=[{"test": "words", "words": ["nothing"]}]
        )
    heard(channel=make_channel(), contact=make_contact())

    # What is due (twice: nothing is, in the end); savepoint; work and its mark; the
    # conversation; rules; what was said; released.
    with django_assert_num_queries(9):
        work()


def test_events_without_a_rule_say_the_desk_did_it() -> None:
    line = Message(kind="event", content={"event": "closed"})

    assert event_sentence(line) == "Supportdesk closed the conversation"
