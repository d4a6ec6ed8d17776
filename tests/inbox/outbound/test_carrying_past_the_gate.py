"""inbox.actions.deliveries: the gate is asked again at the moment of leaving"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from consent import gate
from inbox.actions import deliveries, replies
from inbox.models import Agent, Conversation
from tests.factories import make_conversation, make_message
from tests.fakes import FakeGraph
from tests.inbox.outbound.conftest import Say
from tests.inbox.outbound.templates import make_template

pytestmark = pytest.mark.django_db


def carry(conversation: Conversation) -> None:
    deliveries.carry(conversation.channel_id)


def test_the_decision_of_the_gate_is_stored_with_it(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())

    carry(message.conversation)

    message.refresh_from_db()
    assert message.decision is not None
    assert message.decision.allowed
    assert message.decision.subject_id == message.conversation.contact.consent_subject


def test_stop_between_queueing_and_leaving_is_obeyed(whatsapp: FakeGraph, agent: Agent) -> None:
    conversation = make_conversation(wrote=None)
    template = make_template(conversation.channel, category="UTILITY")
    message = replies.send_template(
        conversation, template, values={}, draft_key=uuid4(), by=agent
    )
    gate.hear(conversation.contact.consent_subject, "STOP ALLES", at=timezone.now())

    carry(conversation)

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("failed", "CONTACT_BAN")
    assert message.decision is not None
    assert not message.decision.allowed
    assert not whatsapp.requests


def test_a_window_that_closes_while_it_waits_is_obeyed(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    contact, channel = message.conversation.contact, message.channel
    gate.deny_window(contact.consent_subject, channel.phone_number_id)

    carry(message.conversation)

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("failed", "OUT_OF_WINDOW")
    assert not whatsapp.requests


def test_one_that_is_refused_does_not_hold_up_the_next(
    whatsapp: FakeGraph, agent: Agent
) -> None:
    conversation = make_conversation()
    template = make_template(conversation.channel, category="UTILITY")
    replies.send_template(conversation, template, values={}, draft_key=uuid4(), by=agent)
    replies.send_text(conversation, body="Behind it", draft_key=uuid4(), by=agent)
    gate.forbid_contact(conversation.contact.consent_subject, at=timezone.now(), by="agent")

    carry(conversation)

    assert whatsapp.texts == ["Behind it"]


def test_a_template_that_became_advertising_while_it_waited_stays_here(
    whatsapp: FakeGraph, agent: Agent
) -> None:
    conversation = make_conversation()
    template = make_template(conversation.channel, category="UTILITY")
    message = replies.send_template(
        conversation, template, values={}, draft_key=uuid4(), by=agent
    )
    template.category = "MARKETING"
    template.save()

    carry(conversation)

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("failed", "NO_CONSENT")


def test_somebody_blocked_meanwhile_gets_nothing(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    message.conversation.contact.blocked_at = timezone.now()
    message.conversation.contact.save()

    carry(message.conversation)

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("failed", "blocked")


def test_a_restricted_number_keeps_its_queue(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    message.channel.replies_restricted_until = timezone.now() + timedelta(hours=1)
    message.channel.save()

    carry(message.conversation)

    message.refresh_from_db()
    assert message.status == "queued"


def test_a_customer_waits_again_when_the_answer_did_not_leave(
    whatsapp: FakeGraph, say: Say
) -> None:
    conversation = make_conversation()
    asked = make_message(conversation, at=timezone.now() - timedelta(minutes=5))
    say(conversation)
    whatsapp.refuse(131026)

    carry(conversation)

    conversation.refresh_from_db()
    assert conversation.waiting_since == conversation.queued_at == asked.at
    assert conversation.last_message_status == "failed"
