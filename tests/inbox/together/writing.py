"""Writing notes as the page does."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from inbox.actions import notes
from inbox.models import Agent, Conversation, Message, Team
from tests.inbox.replies_views.drafts import FETCH


def agent_id(agent: Agent) -> str:
    return f"agent:{agent.code}"


def team_id(team: Team) -> str:
    return f"team:{team.code}"


def note(
    conversation: Conversation, by: Agent, body: str = "Call back", *who: Agent
) -> Message:
    """A note that names these colleagues."""
    words = " ".join([body, *(f"@{agent.name}" for agent in who)])
    return notes.add(conversation, body=words, by=by, picked=[agent_id(a) for a in who])


def post_note(client: Client, conversation: Conversation, **fields: Any) -> Any:
    url = reverse("inbox:note", args=[conversation.code])
    return client.post(url, fields, headers=FETCH)
