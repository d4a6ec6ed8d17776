"""Actions on conversations, asked for as our scripts do."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from inbox.models import Conversation


def post(client: Client, name: str, conversation: Conversation, **fields: Any) -> Any:
    url = reverse(f"inbox:{name}", args=[conversation.code])
    return client.post(url, fields, headers={"X-Requested-With": "fetch"})


def undo(client: Client, answer: dict[str, Any]) -> Any:
    offered = answer["undo"]
    return client.post(offered["url"], offered["fields"], headers={"X-Requested-With": "fetch"})
