"""inbox.actions.deliveries.outcomes, when something else came first"""

from __future__ import annotations

import pytest
from django.utils import timezone

from inbox.actions import deliveries
from inbox.actions.deliveries import calling, claiming, outcomes
from inbox.models import Message
from tests.factories import make_conversation
from tests.fakes import FakeGraph
from tests.inbox.outbound.conftest import Say

pytestmark = pytest.mark.django_db


def test_a_status_that_came_first_stays(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    delivered_at = timezone.now()
    [parcel] = claiming.claim(message.channel_id, now=timezone.now(), room=1).parcels
    report = calling.call(parcel)
    Message.objects.update(
        status="delivered", delivered_at=delivered_at, sent_at=delivered_at, due_at=None
    )

    outcomes.settle(parcel, report, now=timezone.now())

    message.refresh_from_db()
    assert (message.status, message.wamid) == ("delivered", "wamid.OUT1")
    assert (message.sent_at, message.delivered_at) == (delivered_at, delivered_at)


def test_a_failure_that_came_first_stays(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    [parcel] = claiming.claim(message.channel_id, now=timezone.now(), room=1).parcels
    report = calling.call(parcel)
    Message.objects.update(status="failed", failure_class="recipient", due_at=None)

    outcomes.settle(parcel, report, now=timezone.now())

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("failed", "recipient")
    assert message.wamid == "wamid.OUT1"


def test_an_error_changes_nothing_about_what_was_delivered(
    whatsapp: FakeGraph, say: Say
) -> None:
    message = say(make_conversation())
    [parcel] = claiming.claim(message.channel_id, now=timezone.now(), room=1).parcels
    whatsapp.refuse(131000)
    report = calling.call(parcel)
    Message.objects.update(status="delivered", due_at=None)

    outcomes.settle(parcel, report, now=timezone.now())

    message.refresh_from_db()
    assert message.status == "delivered"


def test_an_id_that_an_echo_took_first_is_left_to_it(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    Message.objects.create(
        conversation=message.conversation,
        channel=message.channel,
        direction="out",
        origin="phone_app",
        status="sent",
        wamid="wamid.OUT1",
    )

    deliveries.carry(message.channel_id)

    message.refresh_from_db()
    assert (message.status, message.wamid) == ("sent", None)


def test_storing_an_outcome_twice_changes_nothing(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    whatsapp.refuse(130429)
    [parcel] = claiming.claim(message.channel_id, now=timezone.now(), room=1).parcels
    report = calling.call(parcel)

    outcomes.settle(parcel, report, now=timezone.now())
    first = Message.objects.values().get()
    outcomes.settle(parcel, report, now=timezone.now())

    assert Message.objects.values().get() == first


def test_a_late_no_after_the_sweeper_gave_up_is_a_no(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    [parcel] = claiming.claim(message.channel_id, now=timezone.now(), room=1).parcels
    whatsapp.refuse(130429)
    report = calling.call(parcel)
    deliveries.sweep(now=timezone.now() + claiming.PATIENCE)

    outcomes.settle(parcel, report, now=timezone.now())

    message.refresh_from_db()
    assert message.status == "failed"  # and not queued: a person may have sent it again
