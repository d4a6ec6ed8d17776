"""inbox.actions.inbound.statuses: what became of what we sent"""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from consent import gate
from inbox import events
from inbox.actions import inbound
from inbox.models import Conversation, Message, ParkedHappening
from tests.factories import make_channel, make_contact, make_conversation, make_message
from tests.inbox.inbound.posting import deliver, of_number, status

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(microsecond=0)


@pytest.fixture
def conversation() -> Conversation:
    contact = make_contact(phone="491700000123")
    return make_conversation(contact=contact, channel=make_channel())


def sent(conversation: Conversation, **fields: Any) -> Message:
    return make_message(conversation, "On its way", direction="out", **fields)


def report(message: Message, *statuses: dict[str, Any]) -> Message:
    deliver(of_number(message.channel, statuses=list(statuses)))
    message.refresh_from_db()
    return message


def told(message: Message, word: str, minutes: int = 0, **keys: Any) -> dict[str, Any]:
    return status(word, message.wamid or "", at=NOW + timedelta(minutes=minutes), **keys)


def failed(message: Message, code: int, **keys: Any) -> dict[str, Any]:
    error = {"code": code, "title": "T", "error_data": {"details": "Because"}}
    return told(message, "failed", errors=[error], **keys)


@pytest.mark.parametrize(
    "order", list(itertools.permutations(["sent", "delivered", "read"])), ids=" ".join
)
@pytest.mark.parametrize("together", [True, False], ids=["one post", "one by one"])
def test_a_status_only_moves_forward(
    conversation: Conversation, order: tuple[str, ...], together: bool
) -> None:
    message = sent(conversation)
    minutes = {"sent": 1, "delivered": 2, "read": 3}
    statuses = [told(message, word, minutes[word]) for word in order]

    for post in [statuses] if together else [[each] for each in statuses]:
        report(message, *post)

    assert message.status == "read"
    assert message.sent_at == NOW + timedelta(minutes=1)
    assert message.delivered_at == NOW + timedelta(minutes=2)
    assert message.read_at == NOW + timedelta(minutes=3)


def test_the_first_moment_of_a_status_counts(conversation: Conversation) -> None:
    message = sent(conversation)
    report(message, told(message, "delivered", 5), told(message, "delivered", 9))

    assert report(message, told(message, "delivered", 7)).delivered_at == NOW + timedelta(
        minutes=5
    )


@pytest.mark.parametrize("later", ["delivered", "read", "played"])
def test_failed_does_not_overwrite_what_arrived(conversation: Conversation, later: str) -> None:
    message = sent(conversation)
    report(message, told(message, later))

    assert report(message, failed(message, 131026)).status == later
    assert message.failure_class == ""


def test_delivered_after_failed_takes_the_failure_back(conversation: Conversation) -> None:
    message = sent(conversation)
    assert report(message, failed(message, 131000)).status == "failed"

    report(message, told(message, "delivered"))

    assert (message.status, message.failure_class, message.failure_code) == (
        "delivered",
        "",
        None,
    )


def test_a_failure_tells_its_class_and_words(conversation: Conversation) -> None:
    message = sent(conversation)
    report(message, failed(message, 131026))

    assert (message.failure_class, message.failure_code) == ("recipient", 131026)
    assert message.failure_detail == "Because"


@pytest.mark.parametrize("state", ["sending", "uncertain", "queued"])
def test_our_own_id_settles_what_has_no_wamid_yet(
    conversation: Conversation, state: str
) -> None:
    message = sent(conversation, status=state, wamid=None, due_at=NOW)
    theirs = status("sent", "wamid.NEW", biz_opaque_callback_data=message.callback_data)

    report(message, theirs)

    assert (message.status, message.wamid, message.due_at) == ("sent", "wamid.NEW", None)


def test_our_id_of_another_number_means_nothing(conversation: Conversation) -> None:
    message = sent(conversation)
    stranger = make_channel()
    theirs = status("read", "wamid.X", biz_opaque_callback_data=message.callback_data)

    deliver(of_number(stranger, statuses=[theirs]))

    message.refresh_from_db()
    assert message.status == "sent"


def test_the_same_wamid_at_another_number_is_another_message(
    conversation: Conversation,
) -> None:
    message = sent(conversation, wamid="wamid.SAME")
    other = sent(make_conversation(), wamid="wamid.SAME")

    report(message, told(message, "read"))

    other.refresh_from_db()
    assert (message.status, other.status) == ("read", "sent")


def test_a_status_of_a_customers_message_changes_nothing(conversation: Conversation) -> None:
    theirs = make_message(conversation, wamid="wamid.IN")
    assert report(theirs, told(theirs, "read")).status == "received"


def test_what_it_cost_is_noted(conversation: Conversation) -> None:
    message = sent(conversation)
    pricing = {"type": "regular", "category": "utility", "billable": True}
    report(message, told(message, "delivered", pricing=pricing), told(message, "read"))

    assert (message.price_category, message.price_type) == ("utility", "regular")


def test_the_list_shows_the_tick_of_its_last_message(
    conversation: Conversation, published: list[events.HintBody]
) -> None:
    earlier, last = sent(conversation), sent(conversation)
    Conversation.objects.filter(pk=conversation.pk).update(
        last_message_id=last.pk, last_message_status="sent"
    )

    report(earlier, told(earlier, "read"))
    conversation.refresh_from_db()
    assert conversation.last_message_status == "sent"

    report(last, told(last, "delivered"))
    conversation.refresh_from_db()
    assert conversation.last_message_status == "delivered"
    assert published == [events.about(conversation)] * 2


def test_no_news_tells_nobody(
    conversation: Conversation, published: list[events.HintBody]
) -> None:
    message = sent(conversation)
    report(message, told(message, "read"))
    changed, published[:] = message.changed_at, []

    report(message, told(message, "read"))

    assert published == []
    assert message.changed_at == changed


def test_a_closed_window_is_believed(conversation: Conversation) -> None:
    message = sent(conversation)
    report(message, failed(message, 131047))

    conversation.refresh_from_db()
    assert not conversation.window_is_open(timezone.now())
    subject = conversation.contact.consent_subject
    number = conversation.channel.phone_number_id
    request = gate.Request(subject, number, gate.MessageClass.REPLY)
    assert not gate.ask(request, now=timezone.now()).allowed


def test_who_stopped_marketing_at_whatsapp_has_objected(conversation: Conversation) -> None:
    message = sent(conversation)
    report(message, failed(message, 131050))

    subject = conversation.contact.consent_subject
    number = conversation.channel.phone_number_id
    request = gate.Request(subject, number, gate.MessageClass.MARKETING)
    assert gate.ask(request, now=timezone.now()).reason == gate.Reason.OBJECTED
    assert conversation.messages.filter(content__event="opted_out").count() == 1


@pytest.mark.parametrize("code", [190, 368], ids=["auth", "policy"])
def test_a_failed_status_opens_no_circuit(conversation: Conversation, code: int) -> None:
    message = sent(conversation)
    report(message, failed(message, code))

    message.channel.refresh_from_db()
    assert not message.channel.is_circuit_open


def test_a_status_that_overtakes_our_own_row_waits_for_it(conversation: Conversation) -> None:
    channel = conversation.channel
    deliver(of_number(channel, statuses=[status("read", "wamid.LATER")]))
    assert ParkedHappening.objects.get().state == "waiting"

    message = sent(conversation, wamid="wamid.LATER")
    inbound.apply_waiting(channel, ["wamid.LATER"])

    message.refresh_from_db()
    assert message.status == "read"
    assert ParkedHappening.objects.get().state == "done"


def test_many_statuses_cost_as_many_queries_as_few(
    conversation: Conversation, django_assert_max_num_queries: Any
) -> None:
    messages = [sent(conversation) for _ in range(60)]
    statuses = [told(m, word) for m in messages for word in ("delivered", "read")]

    # Lane and rows (4), numbers (2), number heard (1), savepoint (2), messages (1), their
    # update (1), the list's row (1), hints (3), done (1), transaction and next look (3).
    with django_assert_max_num_queries(22):
        report(messages[0], *statuses)

    assert {m.status for m in Message.objects.filter(direction="out")} == {"read"}
