"""manage.py reencrypt_secrets"""

from __future__ import annotations

from io import StringIO

import pytest
from cryptography.fernet import InvalidToken
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from inbox import encryption
from inbox.actions import secrets
from inbox.models import AppSecret, Channel
from tests.factories import make_channel

pytestmark = pytest.mark.django_db
OLD, NEW, FOREIGN = "old-key", "new-key", "foreign-key"


@pytest.fixture(autouse=True)
def _old_key(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = [OLD]


def stored(table: str, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608 (our own words)
        return str(cursor.fetchone()[0])


def test_afterwards_the_old_key_can_go(settings: Settings) -> None:
    make_channel(token="EAAtoken", verify_token="verify", secret="app-secret")
    settings.ENCRYPTION_KEYS = [NEW, OLD]

    out = StringIO()
    call_command("reencrypt_secrets", stdout=out)

    settings.ENCRYPTION_KEYS = [NEW]
    assert Channel.objects.get().token == "EAAtoken"
    assert Channel.objects.get().verify_token == "verify"
    assert AppSecret.objects.get().secret == "app-secret"
    assert "2 rows" in out.getvalue()
    assert "EAAtoken" not in out.getvalue()


def test_before_it_the_old_key_is_needed(settings: Settings) -> None:
    make_channel()
    settings.ENCRYPTION_KEYS = [NEW]
    with pytest.raises(InvalidToken):
        Channel.objects.get()


def test_what_is_stored_is_not_readable_without_a_key() -> None:
    make_channel(token="EAAtoken")
    assert "EAAtoken" not in stored("inbox_channel", "token")
    assert encryption.decrypt(stored("inbox_channel", "token")) == "EAAtoken"


def test_no_secret_stays_no_secret() -> None:
    make_channel(token="")
    call_command("reencrypt_secrets", stdout=StringIO())
    assert stored("inbox_channel", "token") == ""


def test_what_no_key_opens_is_named_and_the_rest_done(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = [FOREIGN]
    lost = make_channel(token="lost")
    settings.ENCRYPTION_KEYS = [OLD]
    kept = make_channel(token="kept")
    settings.ENCRYPTION_KEYS = [NEW, OLD]

    with pytest.raises(CommandError, match=f"inbox.Channel {lost.pk}"):
        call_command("reencrypt_secrets", stdout=StringIO())

    settings.ENCRYPTION_KEYS = [NEW]
    assert Channel.objects.get(pk=kept.pk).token == "kept"


def test_a_row_that_went_away_meanwhile_is_no_trouble() -> None:
    gone = make_channel().pk
    Channel.objects.all().delete()

    assert secrets._reencrypt_row(Channel, gone, ["token"]) == 0
