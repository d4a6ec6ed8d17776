"""inbox.actions.channels: connecting, secrets, settings, giving up"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from inbox import events
from inbox.actions import channels, deliveries, replies
from inbox.models import Agent, AppSecret, Channel, ChannelEvent, Message
from tests.factories import APP_SECRET, make_channel, make_conversation, make_team
from tests.fakes import FakeGraph
from tests.inbox.outbound.conftest import Say

pytestmark = pytest.mark.django_db

IDS = {"phone_number_id": "200000000000042", "waba_id": "100000000000042", "app_id": "3042"}
NUMBER = {
    "id": "200000000000042",
    "display_phone_number": "+49 30 901820",
    "verified_name": "Muster GmbH",
    "quality_rating": "GREEN",
    "name_status": "APPROVED",
}


def connect(**fields: Any) -> Channel:
    defaults = {
        "name": "Service",
        **IDS,
        "token": "secret-token",
        "app_secrets": ["secret-one", "secret-two"],
        "verify_token": "our-words",
    }
    return channels.connect(**(defaults | fields))


def test_a_number_is_connected(
    whatsapp: FakeGraph,
    admin: Agent,
    nudged: list[tuple[Any, ...]],
    published: list[events.HintBody],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    whatsapp.number = NUMBER

    with django_capture_on_commit_callbacks(execute=True):
        channel = connect(by=admin)

    channel.refresh_from_db()
    assert (channel.name, channel.app_id) == ("Service", "3042")
    assert (channel.token, channel.verify_token) == ("secret-token", "our-words")
    assert channel.display_phone_number == "+49 30 901820"
    assert (channel.verified_name, channel.quality) == ("Muster GmbH", "GREEN")
    secrets = channel.app_secrets.order_by("pk").values_list("secret", flat=True)
    assert list(secrets) == ["secret-one", "secret-two"]
    assert nudged == [("sync_templates", channel.pk)]
    assert events.ChannelChanged(channel.pk) in published
    event = ChannelEvent.objects.get()
    assert (event.kind, event.data) == ("connected", {"by_name": "Adele Minck"})


def test_its_webhooks_are_asked_for(whatsapp: FakeGraph) -> None:
    connect()

    subscribed = whatsapp.requests[-1]
    assert subscribed.method == "POST"
    assert subscribed.url.path == "/v26.0/100000000000042/subscribed_apps"


def test_secrets_lie_encrypted(whatsapp: FakeGraph) -> None:
    channel = connect()

    with connection.cursor() as cursor:
        cursor.execute("SELECT token, verify_token FROM inbox_channel")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT secret FROM inbox_appsecret")
        stored += str(cursor.fetchall())
    assert "secret-" not in stored
    assert "our-words" not in stored
    assert channel.token == "secret-token"


def test_what_meta_refuses_is_no_reason_to_forget_what_was_typed(whatsapp: FakeGraph) -> None:
    whatsapp.refuse(190, at=IDS["phone_number_id"], status=401)

    channel = connect()

    assert Channel.objects.get() == channel
    assert channel.display_phone_number == ""


def test_connecting_again_brings_it_up_to_date(whatsapp: FakeGraph) -> None:
    channel = connect()
    channels.retire(channel)

    again = connect(token="new-token", app_secrets=["secret-two", "secret-three"])

    assert again.pk == channel.pk
    again.refresh_from_db()
    assert (again.token, again.retired_at) == ("new-token", None)
    assert again.app_secrets.count() == 3
    assert ChannelEvent.objects.filter(kind="reconnected").exists()


def test_a_new_app_secret_counts_beside_the_old_one(whatsapp: FakeGraph, admin: Agent) -> None:
    channel = make_channel()

    channels.add_app_secret(channel, secret="another", by=admin)
    channels.add_app_secret(channel, secret="another", by=admin)

    assert set(channel.app_secrets.values_list("secret", flat=True)) == {APP_SECRET, "another"}


def test_an_old_app_secret_can_go(admin: Agent) -> None:
    channel = make_channel()
    old = channel.app_secrets.get()
    channels.add_app_secret(channel, secret="another", by=admin)

    channels.remove_app_secret(old, by=admin)

    assert channel.app_secrets.get().secret == "another"


def test_the_only_app_secret_stays(admin: Agent) -> None:
    with pytest.raises(channels.OnlySecret):
        channels.remove_app_secret(make_channel().app_secrets.get(), by=admin)

    assert AppSecret.objects.count() == 1


def test_a_new_token_is_used_and_the_queue_tried(
    admin: Agent,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    channel = make_channel()

    with django_capture_on_commit_callbacks(execute=True):
        channels.set_token(channel, token="new", by=admin)
    channels.set_verify_token(channel, verify_token="newer", by=admin)

    channel.refresh_from_db()
    assert (channel.token, channel.verify_token) == ("new", "newer")
    assert nudged == [("carry", channel.pk)]
    # What was done is told, and by whom; the secrets are not.
    told = list(ChannelEvent.objects.values_list("kind", "data"))
    assert ("token_changed", {"by_name": "Adele Minck"}) in told
    assert "new" not in str([data for _, data in told])


def test_settings_are_saved(admin: Agent, published: list[events.HintBody]) -> None:
    channel, team = make_channel(), make_team()

    channels.update(
        channel,
        name="Sales",
        sends_read_marks=False,
        sends_typing=False,
        reopen_hours=48,
        requires_label=True,
        teams=[team],
        by=admin,
    )

    channel.refresh_from_db()
    assert (channel.name, channel.reopen_hours, channel.requires_label) == ("Sales", 48, True)
    assert (channel.sends_read_marks, channel.sends_typing) == (False, False)
    assert list(channel.teams.all()) == [team]
    assert published == [events.ChannelChanged(channel.pk)]


def test_who_takes_note_first_is_remembered(admin: Agent, lead: Agent) -> None:
    event = ChannelEvent.objects.create(
        channel=make_channel(), kind="account_alerts", dedupe_key="a"
    )

    channels.acknowledge(event, by=admin)
    channels.acknowledge(event, by=lead)

    event.refresh_from_db()
    assert event.acknowledged_by == admin
    assert event.acknowledged_at is not None


def test_a_number_given_up_sends_nothing_any_more(
    whatsapp: FakeGraph, say: Say, agent: Agent, admin: Agent
) -> None:
    conversation = make_conversation()
    message = say(conversation)

    channels.retire(conversation.channel, by=admin)
    channels.retire(conversation.channel, by=admin)
    deliveries.carry(conversation.channel_id)

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("failed", "retired")
    assert not whatsapp.requests
    assert ChannelEvent.objects.filter(kind="retired").count() == 1
    with pytest.raises(replies.NotSendable, match="not in use"):
        replies.send_text(conversation, body="Hello", draft_key=uuid4(), by=agent)


def test_what_is_on_its_way_when_a_number_is_given_up_is_left_alone(say: Say) -> None:
    message = say(make_conversation())
    Message.objects.update(status="sending", due_at=timezone.now())

    channels.retire(message.channel)

    message.refresh_from_db()
    assert message.status == "sending"
