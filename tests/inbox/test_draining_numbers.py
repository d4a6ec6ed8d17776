"""inbox.actions.draining: which of our numbers a post speaks of, and who may say so"""

from __future__ import annotations

import pytest

from inbox.models import Channel, Conversation, ParkedHappening, Webhook
from tests.factories import APP_SECRET, make_channel
from tests.inbox.inbound.posting import bodies, change, deliver, of_number, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    return make_channel()


def test_a_number_that_is_not_ours_is_dropped_with_a_line_in_the_log(
    channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = Channel(phone_number_id="555", waba_id="777", display_phone_number="1")
    with caplog.at_level("INFO"):
        deliver(of_number(stranger, messages=[text("Private words")]))

    assert bodies() == []
    assert not ParkedHappening.objects.exists()
    assert "not about a number of ours" in caplog.text
    assert "Private" not in caplog.text
    assert "491700000123" not in caplog.text


def test_a_signer_may_only_speak_of_its_own_numbers(channel: Channel) -> None:
    make_channel(secret="somebody else's")
    deliver(of_number(channel, messages=[text("forged")]), secret="somebody else's")

    assert bodies() == []
    deliver(of_number(channel, messages=[text("real")]), secret=APP_SECRET)
    assert bodies() == ["real"]


def test_a_message_without_a_number_goes_to_the_only_one(channel: Channel) -> None:
    channel.waba_id = "solo"
    channel.save()
    deliver(change(channel, "messages", {"messages": [text("whose?")]}))

    assert bodies() == ["whose?"]


def test_a_message_without_a_number_among_several_is_parked(channel: Channel) -> None:
    make_channel(waba_id=channel.waba_id)
    deliver(change(channel, "messages", {"messages": [text("whose?")]}))

    assert bodies() == []
    assert ParkedHappening.objects.get().reason == "names no number"


def test_it_remembers_when_it_last_heard_of_a_number(channel: Channel) -> None:
    deliver(of_number(channel, messages=[text()]))
    channel.refresh_from_db()
    assert channel.webhook_heard_at == Webhook.objects.get().received_at


def test_several_numbers_in_one_post(channel: Channel) -> None:
    other = make_channel()
    both = of_number(channel, messages=[text("here")])
    both["entry"] += of_number(other, messages=[text("there")])["entry"]

    deliver(both)

    assert set(Conversation.objects.values_list("channel", flat=True)) == {channel.pk, other.pk}
