"""inbox.actions.rule_work: what comes in is noted, and costs nothing where nobody waits"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inbox.actions import rule_work
from inbox.models import Conversation, Message, Rule, RuleWork
from tests.factories import make_channel
from tests.inbox.automation.rules import adds, make_label, make_rule, work
from tests.inbox.inbound.posting import deliver, message, of_number, text

pytestmark = pytest.mark.django_db
NOTE = {"do": "note", "text": "x"}


def noted() -> list[str]:
    return list(RuleWork.objects.order_by("pk").values_list("trigger", flat=True))


def test_a_first_message_begins_a_conversation_and_is_received(
    nudged: list[tuple[Any, ...]], django_capture_on_commit_callbacks: Any
) -> None:
    make_rule(NOTE, trigger="received")
    make_rule(NOTE, trigger="opened")

    with django_capture_on_commit_callbacks(execute=True):
        deliver(of_number(make_channel(), messages=[text("Hello")]))

    assert sorted(noted()) == ["opened", "received"]
    assert ("follow_rules",) in nudged
    said = Message.objects.get(direction="in")
    assert RuleWork.objects.get(trigger="received").cause == str(said.code)


def test_only_what_some_rule_waits_for_is_noted() -> None:
    make_rule(NOTE, trigger="opened")
    channel = make_channel()

    deliver(of_number(channel, messages=[text("one")]))
    deliver(of_number(channel, messages=[text("two")]))

    assert noted() == ["opened"]


def test_a_button_is_pressed_and_its_words_are_asked_for() -> None:
    label = make_label("Yes")
    make_rule(
        adds(label), trigger="pressed", conditions=[{"test": "words", "words": ["yes please"]}]
    )
    pressed = message("button", {"button": {"text": "Yes, please!", "payload": "go"}})

    deliver(of_number(make_channel(), messages=[pressed]))
    work()

    assert list(Conversation.objects.get().labels.all()) == [label]


def test_the_words_of_the_message_count_and_not_those_of_the_next() -> None:
    label = make_label()
    make_rule(adds(label), conditions=[{"test": "words", "words": ["invoice"]}])
    channel = make_channel()

    deliver(of_number(channel, messages=[text("My invoice!"), text("Thanks")]))
    work()

    assert list(Conversation.objects.get().labels.all()) == [label]


def test_what_is_told_twice_is_noted_once() -> None:
    make_rule(NOTE)
    document = of_number(make_channel(), messages=[text("Hello")])

    deliver(document)
    deliver(document)

    assert noted() == ["received"]


def test_a_message_that_opens_a_closed_conversation_again_opens_it() -> None:
    make_rule(NOTE, trigger="opened")
    channel = make_channel()
    document = text("one")
    deliver(of_number(channel, messages=[document]))
    now = timezone.now() - timedelta(seconds=1)
    Conversation.objects.update(status="closed", closed_at=now)

    deliver(of_number(channel, messages=[text("two")]))

    assert noted() == ["opened", "opened"]


def test_the_way_in_asks_no_more_without_a_rule_for_it() -> None:
    channel = make_channel()
    deliver(of_number(channel, messages=[text("warm")]))

    Rule.objects.all().delete()
    rule_work.awaited()
    with CaptureQueriesContext(connection) as without:
        deliver(of_number(channel, messages=[text("one")]))
    make_rule(NOTE, trigger="closed")
    rule_work.awaited()
    with CaptureQueriesContext(connection) as with_another:
        deliver(of_number(channel, messages=[text("two")]))

    assert len(with_another) == len(without)
    assert not any("inbox_rule" in query["sql"] for query in without.captured_queries)
