"""inbox.actions.deliveries.outcomes: what each error of the Graph API does to a message"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from consent import gate
from consent.models import Subject
from inbox import failures
from inbox.actions import deliveries, replies
from inbox.actions.deliveries import calling, claiming, outcomes
from inbox.models import Agent, ChannelEvent, Message, Template
from inbox.whatsapp import ErrorClass
from inbox.whatsapp.errors import BY_CODE
from tests.factories import make_channel, make_contact, make_conversation
from tests.fakes import FakeGraph
from tests.inbox.outbound.conftest import Say
from tests.inbox.outbound.templates import make_template

pytestmark = pytest.mark.django_db

STATUS_BY_CLASS = {
    ErrorClass.RETRY_SAFE: "queued",
    ErrorClass.RETRY_DOUBTFUL: "uncertain",
    ErrorClass.AUTH: "queued",
    ErrorClass.POLICY: "queued",
}
MAINTENANCE = {131057, 2494100}


@pytest.mark.parametrize("code", sorted({*BY_CODE, 0, 999999} - set(range(201, 300))))
def test_every_code_has_its_outcome(whatsapp: FakeGraph, say: Say, code: int) -> None:
    message = say(make_conversation())
    status = 401 if code == 0 else 400
    whatsapp.refuse(code, status=status, error_data={"details": "Meta's own words"})

    deliveries.carry(message.channel_id)

    message.refresh_from_db()
    known = ErrorClass.AUTH if code == 0 else BY_CODE.get(code, ErrorClass.UNKNOWN)
    expected = "queued" if code in MAINTENANCE else STATUS_BY_CLASS.get(known, "failed")
    assert message.status == expected
    assert message.failure_class == known
    assert message.failure_detail == "Meta's own words"
    assert failures.sentence_for(message)
    assert bool(message.due_at) is (expected != "failed")
    assert bool(message.failed_at) is (expected == "failed")
    message.channel.refresh_from_db()
    assert message.channel.is_circuit_open is known.stops_channel
    assert message.wamid is None


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_error_without_a_code_leaves_us_in_doubt(
    whatsapp: FakeGraph, say: Say, status: int
) -> None:
    message = say(make_conversation())
    whatsapp.refuse(0, status=status)

    deliveries.carry(message.channel_id)

    message.refresh_from_db()
    assert message.status == "uncertain"


def test_throttling_is_tried_five_times_and_then_a_person_decides(
    whatsapp: FakeGraph, say: Say
) -> None:
    message = say(make_conversation())
    whatsapp.refuse(130429, times=9)
    pauses = []
    for _ in range(5):
        deliveries.carry(message.channel_id)
        message.refresh_from_db()
        if message.due_at:
            pauses.append((message.due_at - timezone.now()).total_seconds())
        Message.objects.update(due_at=timezone.now())

    message.refresh_from_db()
    assert (message.status, message.attempts) == ("failed", 5)
    assert failures.can_resend(message)
    assert pauses == sorted(pauses)
    assert sum(pauses) < 15 * 60


def test_throttling_keeps_the_order(whatsapp: FakeGraph, say: Say) -> None:
    conversation = make_conversation()
    whatsapp.refuse(130429)
    say(conversation, "First")
    say(conversation, "Second")
    deliveries.carry(conversation.channel_id)
    assert not whatsapp.messages

    Message.objects.filter(body="First").update(due_at=timezone.now())
    deliveries.carry(conversation.channel_id)

    assert whatsapp.texts == ["First", "Second"]


def test_what_meta_asks_to_wait_is_waited(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    whatsapp.refuse(80007, retry_after=600)

    deliveries.carry(message.channel_id)

    message.refresh_from_db()
    assert message.due_at is not None
    assert message.due_at > timezone.now() + timedelta(seconds=590)


def test_the_pair_limit_empties_our_own_count(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    whatsapp.refuse(131056)

    deliveries.carry(message.channel_id)

    message.conversation.refresh_from_db()
    assert message.conversation.pair_tokens == 0


def test_a_closed_window_is_believed(whatsapp: FakeGraph, say: Say) -> None:
    conversation = make_conversation()
    say(conversation)
    whatsapp.refuse(131047)

    deliveries.carry(conversation.channel_id)

    conversation.refresh_from_db()
    now = timezone.now()
    assert not conversation.window_is_open(now)
    assert replies.refusal_for(conversation, now=now).reason is gate.Reason.OUT_OF_WINDOW
    inbound = gate.Inbound(
        conversation.contact.consent_subject, conversation.channel.phone_number_id, now
    )
    gate.note_inbound([inbound])
    assert replies.refusal_for(conversation, now=now).allowed


def test_an_opt_out_at_whatsapp_is_an_objection(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    whatsapp.refuse(131050)

    deliveries.carry(message.channel_id)

    subject = Subject.objects.get(pk=message.conversation.contact.consent_subject)
    assert subject.objected_at is not None
    assert subject.objected_by == "platform"


def test_other_limits_on_advertising_are_no_objection(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    whatsapp.refuse(131049)

    deliveries.carry(message.channel_id)

    assert not Subject.objects.exclude(objected_at=None).exists()


@pytest.mark.parametrize(
    ("code", "status"), [(132015, "PAUSED"), (132016, "DISABLED"), (132001, "APPROVED")]
)
def test_a_template_that_fails_is_looked_at_again(
    whatsapp: FakeGraph,
    agent: Agent,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    code: int,
    status: str,
) -> None:
    conversation = make_conversation()
    template = make_template(conversation.channel)
    replies.send_template(conversation, template, values={}, draft_key=uuid4(), by=agent)
    whatsapp.refuse(code)

    with django_capture_on_commit_callbacks(execute=True):
        deliveries.carry(conversation.channel_id)

    assert Template.objects.get().status == status
    assert ("sync_templates", conversation.channel_id) in nudged


@pytest.mark.parametrize(
    ("code", "severity"), [(131042, "alert"), (131045, "alert"), (131048, "warning")]
)
def test_what_only_an_admin_can_mend_is_told_once_a_day(
    whatsapp: FakeGraph, say: Say, code: int, severity: str
) -> None:
    channel = make_channel()
    whatsapp.refuse(code, times=2)
    say(make_conversation(channel=channel))
    say(make_conversation(channel=channel))

    deliveries.carry(channel.pk)

    event = ChannelEvent.objects.get(channel=channel)
    assert (event.kind, event.severity) == ("sending_refused", severity)
    assert event.data["code"] == code


def test_what_cannot_go_to_an_id_goes_to_the_phone_that_became_known(
    whatsapp: FakeGraph, say: Say
) -> None:
    contact = make_contact(phone="", bsuid="DE.1234567890")
    message = say(make_conversation(contact=contact))
    [parcel] = claiming.claim(message.channel_id, now=timezone.now(), room=1).parcels
    whatsapp.refuse(131062)
    report = calling.call(parcel)
    contact.phone = "4915112345678"
    contact.save()

    outcomes.settle(parcel, report, now=timezone.now())
    deliveries.carry(message.channel_id)

    message.refresh_from_db()
    assert message.status == "sent"
    assert whatsapp.messages[0]["to"] == "+4915112345678"
