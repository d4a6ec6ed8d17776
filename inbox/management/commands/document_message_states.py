"""``manage.py document_message_states``: writes docs/message-states.md."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from inbox.message_states import as_markdown


class Command(BaseCommand):
    help = "Writes docs/message-states.md from the code."

    def handle(self, *args: Any, **options: Any) -> None:
        page = settings.BASE_DIR / "docs" / "message-states.md"
        page.write_text(as_markdown(), encoding="utf-8")
