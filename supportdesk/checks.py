"""Refuses what is handy on one's own machine and dangerous in production.

An https ``PUBLIC_URL`` without ``DEBUG`` is taken for production. The errors about secrets
stop every ``manage.py`` command; the rest is asked by ``manage.py check --deploy``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "0.0.0.0", "*"}  # noqa: S104 (not bound)
SQLITE = "django.db.backends.sqlite3"
MAIL_TO_NOWHERE = ("console", "dummy", "locmem", "filebased")


def _is_production() -> bool:
    return bool(settings.HTTPS and not settings.DEBUG)


@register(Tags.security)
def secrets_are_our_own(**kwargs: Any) -> Iterable[CheckMessage]:
    if not _is_production():
        return
    if settings.SECRET_KEY == settings.DEVELOPMENT_SECRET_KEY:
        yield Error(
            "SECRET_KEY is the development default, which everybody knows.",
            hint="Set it to a long random text and keep it secret.",
            id="supportdesk.E001",
        )
    if not settings.ENCRYPTION_KEYS or not all(settings.ENCRYPTION_KEYS):
        yield Error(
            "ENCRYPTION_KEYS is empty.",
            hint="Set it to a long random text: it encrypts tokens and app secrets.",
            id="supportdesk.E002",
        )
    if settings.DEVELOPMENT_ENCRYPTION_KEY in settings.ENCRYPTION_KEYS:
        yield Error(
            "ENCRYPTION_KEYS holds the development default, which everybody knows.",
            hint=(
                "Put a long random text before it, run `manage.py reencrypt_secrets`, then "
                "take the old one away."
            ),
            id="supportdesk.E003",
        )
    if short := [key for key in settings.ENCRYPTION_KEYS if 0 < len(key) < 32]:
        yield Error(
            f"{len(short)} of ENCRYPTION_KEYS is shorter than 32 characters.",
            hint="Such a key can be guessed; take a longer random text.",
            id="supportdesk.E004",
        )


@register(Tags.security)
def production_does_not_debug(**kwargs: Any) -> Iterable[CheckMessage]:
    if settings.HTTPS and settings.DEBUG:
        yield Error(
            "DEBUG is on although PUBLIC_URL is an https address.",
            hint="DEBUG shows strangers the inside of the desk. Unset it.",
            id="supportdesk.E005",
        )


@register(Tags.security, deploy=True)
def it_can_be_reached(**kwargs: Any) -> Iterable[CheckMessage]:
    if not settings.HTTPS:
        yield Error(
            "PUBLIC_URL is not an https address.",
            hint="Set it to the address people and WhatsApp use; WhatsApp asks for https.",
            id="supportdesk.E010",
        )
    if not set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS:
        yield Error(
            "ALLOWED_HOSTS holds only this machine's own names.",
            hint="Set it to the host name in PUBLIC_URL.",
            id="supportdesk.E011",
        )
    elif "*" in settings.ALLOWED_HOSTS:
        yield Error(
            "ALLOWED_HOSTS allows every host name.",
            hint="Set it to the host name in PUBLIC_URL.",
            id="supportdesk.E012",
        )


@register(Tags.database, deploy=True)
def processes_share_what_they_must(**kwargs: Any) -> Iterable[CheckMessage]:
    """SQLite, a broker of files and a cache in memory serve one machine and one web process."""
    is_sqlite = settings.DATABASES["default"]["ENGINE"] == SQLITE
    is_file_broker = settings.CELERY_BROKER_URL.startswith("filesystem")
    if is_sqlite and (settings.REDIS_URL or not is_file_broker):
        yield Error(
            "Redis or a broker is set for several processes, but the database is SQLite.",
            hint="Set DATABASE_URL to a PostgreSQL, or run the desk embedded without Redis.",
            id="supportdesk.E020",
        )
    if not is_sqlite and not settings.REDIS_URL:
        yield Warning(
            "There is a PostgreSQL but no Redis.",
            hint=(
                "Set REDIS_URL as soon as there is more than one web process: presence and "
                "limits live in the cache, and without Redis each process has its own."
            ),
            id="supportdesk.W021",
        )


@register(deploy=True)
def mails_go_out(**kwargs: Any) -> Iterable[CheckMessage]:
    backend = settings.EMAIL_BACKEND.split(".")[-2]
    if backend in MAIL_TO_NOWHERE:
        yield Error(
            "Mails are not sent: invitations and forgotten passwords lead nowhere.",
            hint="Set EMAIL_URL, for instance to smtp+tls://user:password@host:587.",
            id="supportdesk.E030",
        )
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        yield Error(
            "DEFAULT_FROM_EMAIL is an address at localhost.",
            hint="Set it to an address of your own domain, or mails are taken for spam.",
            id="supportdesk.E031",
        )
