"""inbox.actions.deliveries.claiming: what may leave now"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection  # noqa: F401 (asked for by a mark below)
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from inbox.actions import replies
from inbox.actions.deliveries.claiming import FEW, Claim, claim
from inbox.models import Agent, Channel, Conversation, Message
from tests.factories import make_channel, make_conversation
from tests.inbox.outbound.conftest import Say

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def channel() -> Channel:
    return make_channel()


def bodies(claimed: Claim) -> list[str]:
    return [parcel.message.body for parcel in claimed.parcels]


def after(seconds: float) -> datetime:
    return timezone.now() + seconds * SECOND


def settle(claimed: Claim) -> None:
    """As if WhatsApp had taken them."""
    pks = [parcel.message.pk for parcel in claimed.parcels]
    Message.objects.filter(pk__in=pks).update(status="sent", due_at=None)


def test_it_claims_the_first_of_each_conversation(channel: Channel, say: Say) -> None:
    ana, ben = make_conversation(channel=channel), make_conversation(channel=channel)
    for conversation, body in ((ana, "A1"), (ben, "B1"), (ana, "A2"), (ben, "B2")):
        say(conversation, body)

    claimed = claim(channel.pk, now=after(0), room=16)

    assert bodies(claimed) == ["A1", "B1"]
    assert set(Message.objects.filter(status="sending").values_list("body", flat=True)) == {
        "A1",
        "B1",
    }


def test_what_is_under_way_holds_its_lane(channel: Channel, say: Say) -> None:
    conversation = make_conversation(channel=channel)
    say(conversation, "First")
    say(conversation, "Second")
    first = claim(channel.pk, now=after(0), room=16)

    assert bodies(claim(channel.pk, now=after(0), room=16)) == []

    settle(first)
    assert bodies(claim(channel.pk, now=after(0), room=16)) == ["Second"]


def test_one_that_waits_holds_those_behind_it(channel: Channel, say: Say) -> None:
    conversation = make_conversation(channel=channel)
    first = say(conversation, "First")
    say(conversation, "Second")
    first.due_at = after(30)
    first.save()

    claimed = claim(channel.pk, now=after(0), room=16)

    assert bodies(claimed) == []
    assert claimed.next_at == first.due_at


def test_there_is_only_so_much_room(channel: Channel, say: Say) -> None:
    for number in range(4):
        say(make_conversation(channel=channel), f"{number}")

    claimed = claim(channel.pk, now=after(0), room=3)

    assert bodies(claimed) == ["0", "1", "2"]  # who waits longest goes first


def test_other_numbers_are_not_its_concern(channel: Channel, say: Say) -> None:
    say(make_conversation())

    assert bodies(claim(channel.pk, now=after(1), room=16)) == []


def test_a_number_sends_so_many_a_second(channel: Channel, say: Say) -> None:
    Channel.objects.update(messages_per_second=2, rate_tokens=2, rate_refilled_at=after(0))
    for number in range(5):
        say(make_conversation(channel=channel), f"{number}")
    start = after(0.1)

    assert len(claim(channel.pk, now=start, room=16).parcels) == 2
    empty = claim(channel.pk, now=start, room=16)
    assert len(empty.parcels) == 0
    assert empty.next_at == start + SECOND / 2

    assert len(claim(channel.pk, now=start + SECOND, room=16).parcels) == 2


def test_a_person_is_written_to_in_bursts_of_five(channel: Channel, say: Say) -> None:
    conversation = make_conversation(channel=channel)
    for number in range(7):
        say(conversation, f"{number}")
    start = after(0.1)
    for _ in range(5):
        settle(claim(channel.pk, now=start, room=16))

    waiting = claim(channel.pk, now=start, room=16)
    assert bodies(waiting) == []
    assert waiting.next_at is not None
    assert 5 * SECOND < waiting.next_at - start <= 6 * SECOND

    assert bodies(claim(channel.pk, now=start + 6 * SECOND, room=16)) == ["5"]


def test_who_writes_fast_does_not_slow_down_others(channel: Channel, say: Say) -> None:
    Conversation.objects.update(pair_tokens=0)
    fast = make_conversation(channel=channel, pair_tokens=0)
    say(fast, "Too fast")
    say(make_conversation(channel=channel), "In time")

    assert bodies(claim(channel.pk, now=after(0), room=16)) == ["In time"]


def test_many_lanes_may_be_due_at_once(channel: Channel, say: Say) -> None:
    for number in range(FEW + 1):
        say(make_conversation(channel=channel), f"{number}")

    assert bodies(claim(channel.pk, now=after(0), room=2)) == ["0", "1"]
    assert len(claim(channel.pk, now=after(0), room=2 * FEW).parcels) == FEW - 1


@pytest.mark.parametrize(
    "fields",
    [{"circuit_opened_at": timezone.now()}, {"retired_at": timezone.now()}],
    ids=["stopped", "given up"],
)
def test_nothing_leaves_a_number_that_is_not_in_use(
    channel: Channel, say: Say, fields: dict[str, datetime]
) -> None:
    say(make_conversation(channel=channel))
    Channel.objects.filter(pk=channel.pk).update(**fields)

    assert bodies(claim(channel.pk, now=after(0), room=16)) == []


def test_somebody_held_back_by_the_gate_is_no_reason_to_stop(
    channel: Channel, say: Say
) -> None:
    say(make_conversation(channel=channel), "Too late")

    claimed = claim(channel.pk, now=after(25 * 3600), room=16)

    assert len(claimed.parcels) == 0
    assert claimed.next_at is not None  # look again at once: others may stand behind it
    assert Message.objects.get().failure_class == "OUT_OF_WINDOW"


def test_a_taken_back_message_does_not_leave(channel: Channel, agent: Agent) -> None:
    conversation = make_conversation(channel=channel)
    message = replies.send_text(conversation, body="Oh no", draft_key=uuid4(), by=agent)
    replies.discard(message, by=agent)

    assert bodies(claim(channel.pk, now=after(0), room=16)) == []


@pytest.mark.skipif(
    "connection.vendor == 'postgresql'", reason="what is prepared there is not counted"
)
@pytest.mark.parametrize("count", [1, 10])
def test_the_number_of_queries(
    count: int, channel: Channel, say: Say, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        say(make_conversation(channel=channel))

    # anything?, savepoint, number, lanes, messages with their conversations, people,
    # decisions, number, conversations, messages, release
    with django_assert_num_queries(11):
        claim(channel.pk, now=after(0), room=16)
