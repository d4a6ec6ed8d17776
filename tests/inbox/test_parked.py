"""inbox.actions.parked: "try again" on the page of parked happenings"""

from __future__ import annotations

import json
from typing import Any

import pytest

from inbox.actions import parked
from inbox.actions.inbound import messages
from inbox.models import Agent, Channel, Message, ParkedHappening, Webhook
from tests.factories import make_channel
from tests.inbox.inbound.posting import deliver, of_number, store, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    return make_channel()


@pytest.fixture
def failed(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> ParkedHappening:
    """A message that a mistake of ours kept out; the mistake is mended."""

    def stumble(*args: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as mistaken:
        mistaken.setattr(messages, "_place", stumble)
        deliver(of_number(channel, messages=[text("first"), text("second")]))
    return ParkedHappening.objects.order_by("pk")[0]


def test_it_applies_what_failed(failed: ParkedHappening, admin: Agent) -> None:
    assert parked.try_again(failed, by=admin)

    failed.refresh_from_db()
    assert (failed.state, failed.tries) == ("done", 1)
    assert failed.settled_at is not None
    assert Message.objects.get(direction="in").body == "first"
    assert ParkedHappening.objects.filter(state="failed").count() == 1


def test_trying_twice_stores_it_once(failed: ParkedHappening, admin: Agent) -> None:
    parked.try_again(failed, by=admin)
    parked.try_again(failed, by=admin)

    assert Message.objects.filter(direction="in").count() == 1


def test_what_fails_again_says_why(
    failed: ParkedHappening, admin: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*args: Any) -> None:
        raise KeyError("another mistake")

    monkeypatch.setattr(messages, "_place", stumble)

    assert not parked.try_again(failed, by=admin)

    failed.refresh_from_db()
    assert (failed.state, failed.tries) == ("failed", 1)
    assert "another mistake" in failed.reason


def test_a_wiped_webhook_cannot_be_tried(failed: ParkedHappening, admin: Agent) -> None:
    Webhook.objects.update(body=b"")

    assert not parked.try_again(failed, by=admin)

    failed.refresh_from_db()
    assert failed.reason == "the webhook has been wiped"


def test_a_deleted_webhook_cannot_be_tried(failed: ParkedHappening, admin: Agent) -> None:
    Webhook.objects.all().delete()
    failed.refresh_from_db()

    assert not parked.try_again(failed, by=admin)


def test_what_named_no_number_is_applied_once_one_is_connected(admin: Agent) -> None:
    first, second = make_channel(waba_id="W"), make_channel(waba_id="W")
    value = {"messages": [text("whose?")]}
    body = {"entry": [{"id": "W", "changes": [{"field": "messages", "value": value}]}]}
    deliver(body)
    waiting = ParkedHappening.objects.get()
    assert waiting.channel is None

    second.retired_at = second.created_at
    second.save()

    assert parked.try_again(waiting, by=admin)
    assert Message.objects.get(direction="in").channel == first


def test_what_we_have_learnt_to_read_meanwhile_is_applied(
    channel: Channel, admin: Agent
) -> None:
    webhook = store(json.dumps(of_number(channel, messages=[text("now known")])).encode())
    unknown = ParkedHappening.objects.create(
        webhook=webhook, channel=channel, state="unknown", kind="Unknown",
        path="entry[0].changes[0].value", reason="unknown field",
    )  # fmt: skip

    assert parked.try_again(unknown, by=admin)
    assert Message.objects.get(direction="in").body == "now known"
