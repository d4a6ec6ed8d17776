"""/settings/numbers/connect/"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains

from inbox.models import Channel
from tests.factories import make_channel
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db
URL = "/settings/numbers/connect/"
FORM = {
    "name": "Service",
    "phone_number_id": "106540352242922",
    "waba_id": "102290129340398",
    "app_id": "2449213",
    "token": "EAAtoken-that-is-secret",
    "app_secret": "app-secret-that-is-secret",
    "verify_token": "verify-me",
}


@pytest.fixture(autouse=True)
def _meta_is_out_of_reach(settings: Settings) -> None:
    settings.GRAPH_BASE_URL = "http://127.0.0.1:9"  # "discard": nobody listens


def test_it_keeps_what_was_typed_even_if_meta_is_out_of_reach(
    admin_client: Client, nudged: list[tuple[Any, ...]]
) -> None:
    r = admin_client.post(URL, FORM, follow=True)

    assertContains(r, "Connected")
    channel = Channel.objects.get()
    assert channel.token == FORM["token"]
    assert channel.verify_token == "verify-me"
    assert channel.app_secrets.get().secret == FORM["app_secret"]
    assert channel.events.get().data == {"by_name": "Adele Minck"}


def test_afterwards_it_shows_what_to_paste_at_meta(
    admin_client: Client, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://desk.example.org"

    r = admin_client.post(URL, FORM, follow=True)

    assertContains(r, "https://desk.example.org/webhooks/whatsapp/")
    assertContains(r, "verify-me")
    assertNotContains(r, FORM["token"])
    assertNotContains(r, FORM["app_secret"])


def test_without_a_verify_token_one_is_made_up(admin_client: Client) -> None:
    admin_client.post(URL, FORM | {"verify_token": ""})
    assert len(Channel.objects.get().verify_token) >= 24


@pytest.mark.parametrize("field", [name for name in FORM if name != "verify_token"])
def test_what_is_missing_is_said(admin_client: Client, field: str) -> None:
    r = admin_client.post(URL, FORM | {field: ""})

    assertContains(r, f'id="id_{field}_error"', status_code=422)
    assertContains(r, "verify-me", status_code=422)  # what was typed is not lost
    assert not Channel.objects.exists()


def test_secrets_are_not_shown_again_even_when_something_is_wrong(
    admin_client: Client,
) -> None:
    r = admin_client.post(URL, FORM | {"waba_id": "not digits"})

    assertContains(r, "Only digits", status_code=422)
    assertContains(r, "type token and app secret again", status_code=422)
    assertNotContains(r, FORM["token"], status_code=422)
    assertNotContains(r, FORM["app_secret"], status_code=422)


def test_a_number_is_connected_once(admin_client: Client) -> None:
    make_channel(phone_number_id=FORM["phone_number_id"])
    r = admin_client.post(URL, FORM)
    assertContains(r, "already connected", status_code=422)


def test_a_number_given_up_comes_back(admin_client: Client) -> None:
    make_channel(phone_number_id=FORM["phone_number_id"], retired_at=timezone.now())

    admin_client.post(URL, FORM)

    assert Channel.objects.get().retired_at is None


def test_only_admins_connect(statuses: Statuses) -> None:
    admins_only = {"stranger": 302, "agent": 403, "lead": 403}
    assert statuses(URL) == admins_only | {"admin": 200}
    assert statuses(URL, dict(FORM)) == admins_only | {"admin": 302}
