"""inbox.actions.channels.check, and ``manage.py check_number``"""

from __future__ import annotations

import io
import time
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from inbox.actions import channels
from inbox.models import Channel
from tests.factories import make_channel
from tests.fakes import FakeGraph
from tests.inbox.outbound.templates import make_template

pytestmark = pytest.mark.django_db

NUMBER_ID, ACCOUNT_ID, APP_ID = "200000000000042", "100000000000042", "3042"
ADDRESS = "http://127.0.0.1:8000/webhooks/whatsapp/"
TOKEN = {
    "is_valid": True,
    "app_id": APP_ID,
    "scopes": ["whatsapp_business_messaging", "whatsapp_business_management"],
    "expires_at": 0,
}
NUMBER = {
    "id": NUMBER_ID,
    "display_phone_number": "+49 30 901820",
    "verified_name": "Muster GmbH",
    "quality_rating": "GREEN",
    "name_status": "APPROVED",
    "status": "CONNECTED",
    "health_status": {"can_send_message": "AVAILABLE"},
    "webhook_configuration": {"application": ADDRESS},
}
APP = {"whatsapp_business_api_data": {"id": APP_ID, "name": "Desk"}}


@pytest.fixture(autouse=True)
def _own_key(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = ["a key of our own that is long enough"]
    settings.PUBLIC_URL = "http://127.0.0.1:8000"


@pytest.fixture
def channel(whatsapp: FakeGraph) -> Channel:
    """A number with which nothing is wrong."""
    whatsapp.documents = {
        "debug_token": {"data": TOKEN},
        NUMBER_ID: NUMBER,
        ACCOUNT_ID: {"id": ACCOUNT_ID},
        "phone_numbers": {"data": [NUMBER]},
        "subscribed_apps": {"data": [APP]},
    }
    channel = make_channel(
        phone_number_id=NUMBER_ID,
        waba_id=ACCOUNT_ID,
        app_id=APP_ID,
        webhook_heard_at=timezone.now(),
    )
    make_template(channel)
    return channel


def wrong(channel: Channel) -> list[str]:
    return [finding.what for finding in channels.check(channel) if finding.ok is False]


def noted(channel: Channel) -> list[str]:
    return [finding.what for finding in channels.check(channel) if finding.ok is None]


def test_a_number_with_which_nothing_is_wrong(channel: Channel) -> None:
    assert all(finding.ok for finding in channels.check(channel))


def test_what_meta_says_is_remembered(channel: Channel) -> None:
    channels.check(channel)

    channel.refresh_from_db()
    assert (channel.display_phone_number, channel.quality) == ("+49 30 901820", "GREEN")


@pytest.mark.parametrize(
    ("document", "changed", "words"),
    [
        ("debug_token", {"data": {**TOKEN, "is_valid": False}}, "not valid"),
        ("debug_token", {"data": {**TOKEN, "scopes": []}}, "lacks a permission"),
        (
            "debug_token",
            {
                "data": {
                    **TOKEN,
                    "granular_scopes": [{"scope": "x", "target_ids": ["another"]}],
                }
            },
            "not for this",
        ),
        ("debug_token", {"data": {**TOKEN, "expires_at": int(time.time()) - 60}}, "runs out"),
        (NUMBER_ID, {**NUMBER, "status": "DISCONNECTED"}, "not connected"),
        (NUMBER_ID, {**NUMBER, "name_status": "DECLINED"}, "display name"),
        (NUMBER_ID, {**NUMBER, "quality_rating": "RED"}, "Quality"),
        (NUMBER_ID, {**NUMBER, "health_status": {"can_send_message": "BLOCKED"}}, "BLOCKED"),
        (
            NUMBER_ID,
            {
                **NUMBER,
                "webhook_configuration": {
                    "application": ADDRESS,
                    "phone_number": "https://other.example/hook",
                },
            },
            "other.example",
        ),
        (
            ACCOUNT_ID,
            {"id": ACCOUNT_ID, "health_status": {"can_send_message": "BLOCKED"}},
            "account: not possible (BLOCKED)",
        ),
        ("phone_numbers", {"data": []}, "does not belong"),
        ("subscribed_apps", {"data": []}, "not subscribed"),
    ],
)
def test_what_is_wrong_at_meta_is_found(
    whatsapp: FakeGraph, channel: Channel, document: str, changed: Any, words: str
) -> None:
    whatsapp.documents[document] = changed

    [what] = wrong(channel)

    assert words in what


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("debug_token", "could not be examined"),
        (NUMBER_ID, "about this number"),
        (ACCOUNT_ID, "about the account"),
        ("subscribed_apps", "who gets the webhooks"),
    ],
)
def test_a_question_that_meta_refuses_is_a_finding(
    whatsapp: FakeGraph, channel: Channel, at: str, words: str
) -> None:
    whatsapp.refuse(190, at=at, status=401)

    [finding] = [finding for finding in channels.check(channel) if finding.ok is False]

    assert words in finding.what
    assert "190" in finding.hint


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"verify_token": ""}, "No verify token"),
        ({"webhook_heard_at": None}, "No webhook"),
        ({"circuit_opened_at": timezone.now(), "circuit_reason": "auth"}, "stopped"),
        ({"circuit_opened_at": timezone.now(), "circuit_reason": "who knows"}, "stopped"),
        ({"graph_version": "v20.0"}, "v20.0"),
    ],
)
def test_what_is_wrong_here_is_found(
    channel: Channel, fields: dict[str, Any], words: str
) -> None:
    for name, value in fields.items():
        setattr(channel, name, value)

    [what] = wrong(channel)

    assert words in what


def test_a_number_without_app_secrets_hears_nothing(channel: Channel) -> None:
    channel.app_secrets.all().delete()

    [what] = wrong(channel)

    assert "every webhook is refused" in what


def test_what_is_worth_knowing_is_no_fault(
    whatsapp: FakeGraph, channel: Channel, settings: Settings
) -> None:
    settings.ENCRYPTION_KEYS = [settings.DEVELOPMENT_ENCRYPTION_KEY]
    channel.webhook_heard_at = timezone.now() - timedelta(days=4)
    channel.waba_id = "100000000000077"  # no templates
    whatsapp.documents[NUMBER_ID] = {**NUMBER, "quality_rating": "YELLOW"}

    notes = noted(channel)

    assert not wrong(channel)
    for words in ("key for development", "YELLOW", "Last webhook", "Approved templates: 0"):
        assert any(words in note for note in notes), words


def test_a_version_that_ends_soon_is_noted(channel: Channel) -> None:
    channel.graph_version = "v25.0"
    month_before = timezone.now().replace(year=2028, month=7, day=1)

    findings = channels.check(channel, now=month_before)

    [version] = [finding for finding in findings if "v25.0" in finding.what]
    assert version.ok is None
    assert "GRAPH_VERSION" in version.hint


def test_a_version_with_years_to_live_is_fine(channel: Channel) -> None:
    channel.graph_version = "v25.0"

    assert not wrong(channel)
    assert not noted(channel)


def test_meta_does_not_always_say_where_webhooks_go(
    whatsapp: FakeGraph, channel: Channel
) -> None:
    whatsapp.documents[NUMBER_ID] = {**NUMBER, "webhook_configuration": {}}

    assert not wrong(channel)


def test_no_connection_is_a_finding(whatsapp: FakeGraph, channel: Channel) -> None:
    whatsapp.fail(httpx.ConnectError("refused"), at="debug_token")

    [what] = wrong(channel)

    assert "could not be examined" in what


def test_the_command_tells_all_and_succeeds(channel: Channel) -> None:
    out = io.StringIO()

    call_command("check_number", NUMBER_ID, stdout=out)

    assert NUMBER_ID in out.getvalue()
    assert "The access token is valid." in out.getvalue()


def test_the_command_fails_when_something_is_wrong(
    whatsapp: FakeGraph, channel: Channel
) -> None:
    whatsapp.documents["subscribed_apps"] = {"data": []}
    out = io.StringIO()

    with pytest.raises(SystemExit) as caught:
        call_command("check_number", stdout=out)

    assert caught.value.code == 1
    assert "WRONG  No webhooks" in out.getvalue()
    assert "Connect the number once more" in out.getvalue()


def test_the_command_knows_which_numbers_there_are() -> None:
    with pytest.raises(CommandError):
        call_command("check_number", "12345")
