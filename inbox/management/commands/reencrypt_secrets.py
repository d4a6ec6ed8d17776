"""``manage.py reencrypt_secrets``: after a new key was put first in ``ENCRYPTION_KEYS``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inbox.actions import secrets


class Command(BaseCommand):
    help = "Encrypt all tokens and app secrets with the first of ENCRYPTION_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        renewed, unreadable = secrets.reencrypt()
        self.stdout.write(f"{renewed} rows are encrypted with the newest key.")
        if unreadable:
            raise CommandError(
                "No key of ours opens these; put the old key back into ENCRYPTION_KEYS: "
                + ", ".join(unreadable)
            )
        self.stdout.write("Older keys can be taken out of ENCRYPTION_KEYS now.")
