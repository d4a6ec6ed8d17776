"""supportdesk.checks: what is refused in production"""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings

from supportdesk import checks

SQLITE = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
ALL = (
    checks.secrets_are_our_own,
    checks.production_does_not_debug,
    checks.it_can_be_reached,
    checks.processes_share_what_they_must,
    checks.mails_go_out,
)
PRODUCTION: dict[str, Any] = {
    "DEBUG": False,
    "HTTPS": True,
    "SECRET_KEY": "made-up-for-this-test-" + "x" * 40,
    "DEVELOPMENT_SECRET_KEY": "well-known",
    "ENCRYPTION_KEYS": ["made-up-for-this-test-" + "y" * 40],
    "DEVELOPMENT_ENCRYPTION_KEY": "well-known-key-for-development-only",
    "ALLOWED_HOSTS": ["desk.example.org"],
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
    "REDIS_URL": "redis://127.0.0.1/0",
    "CELERY_BROKER_URL": "redis://127.0.0.1/1",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DEFAULT_FROM_EMAIL": "Supportdesk <desk@example.org>",
}


def found(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> list[str]:
    monkeypatch.setattr(checks, "settings", SimpleNamespace(**(PRODUCTION | changes)))
    messages = [message for check in ALL for message in check()]
    assert all(message.hint for message in messages)  # each says what to do
    return [str(message.id).removeprefix("supportdesk.") for message in messages]


def test_a_proper_production_has_nothing_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(monkeypatch) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"SECRET_KEY": "well-known"}, ["E001"]),
        ({"ENCRYPTION_KEYS": []}, ["E002"]),
        ({"ENCRYPTION_KEYS": [""]}, ["E002"]),
        ({"ENCRYPTION_KEYS": ["y" * 40, "well-known-key-for-development-only"]}, ["E003"]),
        ({"ENCRYPTION_KEYS": ["short"]}, ["E004"]),
        ({"DEBUG": True}, ["E005"]),
        ({"HTTPS": False}, ["E010"]),
        ({"ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"]}, ["E011"]),
        ({"ALLOWED_HOSTS": ["desk.example.org", "*"]}, ["E012"]),
        ({"DATABASES": SQLITE}, ["E020"]),
        ({"DATABASES": SQLITE, "REDIS_URL": ""}, ["E020"]),
        ({"DATABASES": SQLITE, "REDIS_URL": "", "CELERY_BROKER_URL": "filesystem://"}, []),
        ({"REDIS_URL": ""}, ["W021"]),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, ["E030"]),
        ({"DEFAULT_FROM_EMAIL": "Supportdesk <desk@localhost>"}, ["E031"]),
    ],
    ids=[
        "well-known secret key",
        "no encryption key",
        "empty encryption key",
        "well-known encryption key still in the list",
        "short encryption key",
        "debugging",
        "no https",
        "no host name",
        "every host name",
        "SQLite for several processes",
        "SQLite with a broker for several machines",
        "embedded on one machine",
        "PostgreSQL without Redis",
        "mails to the console",
        "mails from localhost",
    ],
)
def test_what_is_unfit_is_named(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], expected: list[str]
) -> None:
    assert found(monkeypatch, **changes) == expected


def test_at_home_the_defaults_are_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        checks,
        "settings",
        SimpleNamespace(
            **(PRODUCTION | {"HTTPS": False, "SECRET_KEY": "well-known", "ENCRYPTION_KEYS": []})
        ),
    )
    assert list(checks.secrets_are_our_own()) == []


def test_every_command_refuses_well_known_secrets_in_production() -> None:
    environment = os.environ | {"PUBLIC_URL": "https://desk.example.org", "DEBUG": "false"}
    for name in ("SECRET_KEY", "ENCRYPTION_KEYS"):
        environment.pop(name, None)

    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "supportdesk.E001" in done.stderr
    assert "supportdesk.E003" in done.stderr
