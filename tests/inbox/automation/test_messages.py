"""inbox.actions.automation.messages: what rules say, and when they say nothing"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from consent import gate
from inbox.actions import rule_work
from inbox.models import Conversation, Message, QuickReply, QuickReplyFile, RuleFiring
from tests.factories import make_contact, make_conversation, make_message
from tests.inbox.automation.rules import make_reply, make_rule, says, work

pytestmark = pytest.mark.django_db


def heard(body: str = "Hello", **fields: Any) -> Conversation:
    conversation = make_conversation(**fields)
    rule_work.note([make_message(conversation, body)])
    return conversation


def said(conversation: Conversation) -> list[str]:
    ours = conversation.messages.filter(direction="out").order_by("pk")
    return list(ours.values_list("body", flat=True))


def came_of_it() -> str:
    ((_act, outcome),) = RuleFiring.objects.get().outcome
    return str(outcome)


def test_a_rule_says_a_quick_reply_as_an_automatic_message(
    nudged: list[tuple[Any, ...]],
) -> None:
    make_rule(says(make_reply("Hello {{ contact.first_name | you }}, we look at it.")))
    conversation = heard(contact=make_contact(profile_name="Mara Lindt"))

    work()

    message = conversation.messages.get(direction="out")
    assert message.body == "Hello Mara, we look at it."
    assert (message.origin, message.status, message.author) == ("automatic", "queued", None)
    conversation.refresh_from_db()
    assert conversation.waiting_since is not None  # nobody's question is answered


def test_the_customers_language_is_spoken() -> None:
    reply = make_reply("Hello")
    reply.texts.create(language="de", body="Guten Tag")
    make_rule(says(reply))
    conversation = heard(contact=make_contact(language="de"))

    work()

    assert said(conversation) == ["Guten Tag"]


def test_its_buttons_go_along() -> None:
    reply = make_reply()
    reply.texts.update(buttons=["Yes", "No"])
    make_rule(says(reply))
    conversation = heard()

    work()

    message = conversation.messages.get(direction="out")
    assert message.kind == Message.Kind.BUTTONS
    assert [button["title"] for button in message.content["buttons"]] == ["Yes", "No"]


@pytest.mark.parametrize(
    ("fields", "body", "outcome"),
    [
        ({"wrote": timedelta(hours=25)}, "Hello", "not allowed"),
        ({"owned_elsewhere": True}, "Hello", "not now"),
        ({"status": "closed"}, "Hello", "not now"),
        ({}, "STOP", "not allowed"),
    ],
    ids=["window closed", "another app", "closed", "opts out"],
)
def test_nothing_is_said_where_it_may_not_be(
    fields: dict[str, Any], body: str, outcome: str
) -> None:
    make_rule(says(make_reply()))
    conversation = heard(body, **fields)

    work()

    assert said(conversation) == []
    assert came_of_it() == outcome


def test_nobody_who_is_blocked_is_written_to() -> None:
    make_rule(says(make_reply()))
    conversation = heard(contact=make_contact(blocked_at=timezone.now()))

    work()

    assert said(conversation) == []
    assert came_of_it() == "not allowed"


def test_who_wants_no_contact_is_not_written_to() -> None:
    make_rule(says(make_reply()))
    conversation = make_conversation()
    earlier = timezone.now() - timedelta(days=3)
    gate.hear(conversation.contact.consent_subject, "kein Kontakt mehr", at=earlier)
    refused = gate.ask(
        gate.Request(
            subject=conversation.contact.consent_subject,
            sender=conversation.channel.phone_number_id,
            message_class=gate.MessageClass.REPLY,
        ),
        now=timezone.now(),
    )
    rule_work.note([make_message(conversation)])

    work()

    assert bool(said(conversation)) is refused.allowed


def _advertise(reply: QuickReply) -> None:
    QuickReply.objects.update(content_class="advertising")


def _archive(reply: QuickReply) -> None:
    QuickReply.objects.update(archived_at=timezone.now())


def _add_file(reply: QuickReply) -> None:
    QuickReplyFile.objects.create(
        quick_reply=reply, file="x", name="x.pdf", mime="application/pdf", size=1
    )


@pytest.mark.parametrize("change", [_advertise, _archive, _add_file])
def test_one_that_may_not_be_sent_by_itself_any_more_is_not(change: Any) -> None:
    reply = make_reply()
    make_rule(says(reply))
    change(reply)
    conversation = heard()

    work()

    assert said(conversation) == []
    assert came_of_it() == "gone"


def test_nothing_with_a_gap_in_it_is_said() -> None:
    make_rule(says(make_reply("It is {{ agent.name }} who cares.")))
    conversation = heard()

    work()

    assert said(conversation) == []
    assert came_of_it() == "words missing"


def test_a_customer_hears_from_rules_three_times_a_day_at_most() -> None:
    make_rule(says(make_reply()))
    conversation = make_conversation()

    for _ in range(5):
        rule_work.note([make_message(conversation)])
        work()

    assert len(said(conversation)) == 3
