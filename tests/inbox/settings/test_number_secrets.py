"""/settings/numbers/<code>/token/ and …/secrets/"""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from inbox.encryption import fingerprint
from inbox.models import AppSecret, Channel
from tests.factories import make_channel
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    return make_channel(secret="old-secret")


def page(channel: Channel) -> str:
    return f"/settings/numbers/{channel.code}/"


def secrets(channel: Channel) -> set[str]:
    return {one.secret for one in channel.app_secrets.all()}


def test_a_new_token_replaces_the_old_one(admin_client: Client, channel: Channel) -> None:
    r = admin_client.post(f"{page(channel)}token/", {"token": "EAAnew"}, follow=True)

    assertContains(r, "The new access token is in use")
    assertNotContains(r, "EAAnew")
    channel.refresh_from_db()
    assert channel.token == "EAAnew"


def test_a_second_app_secret_counts_beside_the_first(
    admin_client: Client, channel: Channel
) -> None:
    r = admin_client.post(f"{page(channel)}secrets/", {"app_secret": "new-one"}, follow=True)

    assertNotContains(r, "new-one")
    assert secrets(channel) == {"old-secret", "new-one"}


def test_the_old_one_is_removed_when_the_new_one_works(
    admin_client: Client, channel: Channel
) -> None:
    AppSecret.objects.create(channel=channel, secret="new", fingerprint=fingerprint("new"))

    form = {"fingerprint": fingerprint("old-secret")}
    admin_client.post(f"{page(channel)}secrets/remove/", form)

    assert secrets(channel) == {"new"}


def test_the_only_one_stays(admin_client: Client, channel: Channel) -> None:
    form = {"fingerprint": fingerprint("old-secret")}
    r = admin_client.post(f"{page(channel)}secrets/remove/", form, follow=True)

    assertContains(r, "This is the only app secret")
    assert secrets(channel) == {"old-secret"}


def test_a_secret_of_another_number_is_not_here(admin_client: Client, channel: Channel) -> None:
    make_channel(secret="theirs")
    form = {"fingerprint": fingerprint("theirs")}
    r = admin_client.post(f"{page(channel)}secrets/remove/", form)
    assert r.status_code == 404


@pytest.mark.parametrize(("path", "field"), [("token/", "token"), ("secrets/", "app_secret")])
def test_nothing_typed_is_said_and_changes_nothing(
    admin_client: Client, channel: Channel, path: str, field: str
) -> None:
    r = admin_client.post(page(channel) + path, {field: " "})

    assertContains(r, f'id="id_{field}_error"', status_code=422)
    channel.refresh_from_db()
    assert channel.token == "test-token"
    assert secrets(channel) == {"old-secret"}


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("token/", {"token": "x"}),
        ("secrets/", {"app_secret": "x"}),
        ("secrets/remove/", {"fingerprint": fingerprint("old-secret")}),
    ],
)
def test_only_admins_are_let_in(
    statuses: Statuses, channel: Channel, path: str, form: dict[str, object]
) -> None:
    expected = {"stranger": 302, "agent": 403, "lead": 403, "admin": 302}
    assert statuses(page(channel) + path, form) == expected
    assert statuses(page(channel) + path)["admin"] == 405
