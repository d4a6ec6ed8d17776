"""``manage.py connect_number``"""

from __future__ import annotations

import getpass
import io

import pytest
from django.core.management import CommandError, call_command

from inbox.models import Channel
from tests.fakes import FakeGraph

pytestmark = pytest.mark.django_db

IDS = ["--phone-number-id", "200000000000042", "--waba-id", "100000000000042"]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHATSAPP_TOKEN", "secret-token")
    monkeypatch.setenv("WHATSAPP_APP_SECRETS", "secret-one, secret-two")
    monkeypatch.setenv("WHATSAPP_VERIFY_TOKEN", "our-words")


@pytest.mark.usefixtures("environment")
def test_it_connects_with_secrets_from_the_environment(whatsapp: FakeGraph) -> None:
    out = io.StringIO()

    call_command("connect_number", *IDS, "--name", "Service", stdout=out)

    channel = Channel.objects.get()
    assert (channel.name, channel.waba_id) == ("Service", "100000000000042")
    assert (channel.token, channel.verify_token) == ("secret-token", "our-words")
    secrets = channel.app_secrets.order_by("pk").values_list("secret", flat=True)
    assert list(secrets) == ["secret-one", "secret-two"]
    assert "/webhooks/whatsapp/" in out.getvalue()
    assert "secret" not in out.getvalue()


@pytest.mark.usefixtures("environment")
def test_other_variables_can_be_named(
    whatsapp: FakeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECOND_TOKEN", "another-token")

    call_command("connect_number", *IDS, "--token-env", "SECOND_TOKEN", stdout=io.StringIO())

    assert Channel.objects.get().token == "another-token"


def test_what_is_missing_is_asked_for(
    whatsapp: FakeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"Access token: ": "typed-token", "App secret: ": "typed-secret"}
    monkeypatch.setattr(getpass, "getpass", lambda prompt: answers[prompt])

    out = io.StringIO()
    call_command("connect_number", *IDS, stdout=out)

    channel = Channel.objects.get()
    assert channel.token == "typed-token"
    assert channel.app_secrets.get().secret == "typed-secret"
    assert len(channel.verify_token) > 20  # made up
    # A verify token is no secret between us and the admin: it has to be typed in at Meta.
    assert channel.verify_token in out.getvalue()


def test_an_empty_answer_connects_nothing(
    whatsapp: FakeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "")

    with pytest.raises(CommandError):
        call_command("connect_number", *IDS, stdout=io.StringIO())

    assert not Channel.objects.exists()


@pytest.mark.usefixtures("environment")
def test_ids_are_digits(whatsapp: FakeGraph) -> None:
    with pytest.raises(CommandError, match="--waba-id"):
        call_command(
            "connect_number",
            "--phone-number-id",
            "1",
            "--waba-id",
            "../me",
            stdout=io.StringIO(),
        )

    assert not Channel.objects.exists()


@pytest.mark.usefixtures("environment")
def test_doing_it_again_changes_nothing(whatsapp: FakeGraph) -> None:
    for _ in range(2):
        call_command("connect_number", *IDS, "--name", "Service", stdout=io.StringIO())

    assert Channel.objects.get().app_secrets.count() == 2
