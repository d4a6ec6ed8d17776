"""inbox.actions.automation.moments: rules that wait, and conversations that go idle"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from inbox.actions import automation, rule_work
from inbox.actions.automation import moments
from inbox.models import Conversation, Message, OpeningHours, OpeningWeek, Rule, RuleWork
from tests.factories import make_channel, make_conversation, make_message
from tests.inbox.automation.rules import make_reply, make_rule, says, work

pytestmark = pytest.mark.django_db
NOTE = {"do": "note", "text": "Hurry"}
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def look(now: datetime | None = None) -> None:
    cache.clear()
    moments.look(now=now or timezone.now())


def noted(conversation: Conversation) -> int:
    return conversation.messages.filter(kind="note").count()


def test_who_waits_long_enough_is_seen_once() -> None:
    make_rule(NOTE, trigger="waiting", minutes=10)
    late = make_conversation(wrote=11 * MINUTE)
    early = make_conversation(wrote=9 * MINUTE)

    for _ in range(3):
        look()
        work()

    assert (noted(late), noted(early)) == (1, 0)


def test_who_was_answered_meanwhile_is_left_alone() -> None:
    make_rule(NOTE, trigger="waiting", minutes=10)
    conversation = make_conversation(wrote=11 * MINUTE)
    look()
    Conversation.objects.update(waiting_since=None, queued_at=timezone.now())

    work()

    assert noted(conversation) == 0


def test_whoever_waited_long_enough_before_it_was_switched_on_is_not_meant() -> None:
    rule = make_rule(NOTE, trigger="waiting", minutes=10)
    Rule.objects.filter(pk=rule.pk).update(switched_on_at=timezone.now())
    conversation = make_conversation(wrote=11 * MINUTE)

    look()
    work()

    assert noted(conversation) == 0
    assert RuleWork.objects.get().done_at


def test_only_opening_hours_count() -> None:
    friday = datetime(2026, 11, 20, 16, 50, tzinfo=UTC)  # ten minutes before closing
    hours = OpeningHours.objects.create(name="Shop", time_zone="UTC")
    nine_to_five = [[540, 1020]]
    OpeningWeek.objects.create(
        hours=hours,
        valid_from=datetime(2026, 1, 1, tzinfo=UTC).date(),
        days=[nine_to_five] * 5 + [[], []],
    )
    rule = make_rule(NOTE, trigger="waiting", minutes=30)
    Rule.objects.filter(pk=rule.pk).update(switched_on_at=friday - HOUR)
    conversation = make_conversation(
        channel=make_channel(opening_hours=hours), waiting_since=friday
    )
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    for moment in (friday + HOUR, friday + 24 * HOUR, monday + 19 * MINUTE):
        look(moment)
        work(moment)
    assert noted(conversation) == 0

    look(monday + 20 * MINUTE)
    work(monday + 20 * MINUTE)
    assert noted(conversation) == 1


def idle(**fields: object) -> Conversation:
    """We answered two hours ago, and nobody has said anything since."""
    conversation = make_conversation(wrote=2 * HOUR, waiting_since=None)
    make_message(conversation)
    return conversation


def warned() -> tuple[Conversation, Message]:
    make_rule(
        says(make_reply()),
        {"do": "close", "minutes": 60},
        name="Idle",
        trigger="quiet",
        minutes=90,
    )
    conversation = idle()
    look()
    work()
    return conversation, conversation.messages.get(direction="out")


def test_an_idle_conversation_is_warned_and_then_closed() -> None:
    conversation, warning = warned()
    conversation.refresh_from_db()
    assert (warning.body, conversation.status) == ("Are you still there?", "open")
    Message.objects.filter(pk=warning.pk).update(status="delivered")

    work(timezone.now() + 59 * MINUTE)
    conversation.refresh_from_db()
    assert conversation.status == "open"

    work(timezone.now() + 61 * MINUTE)
    conversation.refresh_from_db()
    assert conversation.status == "closed"
    line = conversation.messages.filter(content__event="closed").get()
    assert line.content["rule"] == "Idle"


def test_who_writes_after_the_warning_is_not_closed() -> None:
    conversation, warning = warned()
    Message.objects.filter(pk=warning.pk).update(status="read")
    Conversation.objects.update(last_message_at=timezone.now())

    work(timezone.now() + 61 * MINUTE)

    conversation.refresh_from_db()
    assert conversation.status == "open"


def test_nobody_is_closed_whom_the_warning_did_not_reach() -> None:
    conversation, warning = warned()
    Message.objects.filter(pk=warning.pk).update(status="failed")

    work(timezone.now() + 61 * MINUTE)

    conversation.refresh_from_db()
    assert conversation.status == "open"


def test_nobody_is_closed_who_could_not_be_warned() -> None:
    make_rule(says(make_reply()), {"do": "close", "minutes": 60}, trigger="quiet", minutes=90)
    conversation = idle()
    Conversation.objects.update(owned_elsewhere=True)

    look()
    work()
    work(timezone.now() + 2 * HOUR)

    conversation.refresh_from_db()
    assert conversation.status == "open"
    assert not RuleWork.objects.filter(is_closing=True).exists()


def test_switched_off_meanwhile_nothing_is_closed() -> None:
    conversation, warning = warned()
    Message.objects.filter(pk=warning.pk).update(status="read")
    Rule.objects.update(switched_on_at=None)

    work(timezone.now() + 61 * MINUTE)

    conversation.refresh_from_db()
    assert conversation.status == "open"


def test_without_such_rules_the_sweeper_looks_for_nobody(
    django_assert_num_queries: object,
) -> None:
    make_conversation(wrote=2 * HOUR)
    rule_work.awaited()

    look()

    assert not RuleWork.objects.exists()


def test_what_is_done_goes_after_some_weeks() -> None:
    make_rule(NOTE, trigger="waiting", minutes=10)
    make_conversation(wrote=11 * MINUTE)
    look()
    work()

    automation.tidy(now=timezone.now() + timedelta(days=19))
    assert RuleWork.objects.exists()
    automation.tidy(now=timezone.now() + timedelta(days=21))
    assert not RuleWork.objects.exists()
