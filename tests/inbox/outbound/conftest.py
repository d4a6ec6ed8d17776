"""What tests of the way out share: a WhatsApp that answers, and words to send."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from inbox import graph
from inbox.actions import replies
from inbox.models import Agent, Conversation, Message
from tests.fakes import FakeGraph

Say = Callable[..., Message]


@pytest.fixture
def whatsapp(monkeypatch: pytest.MonkeyPatch) -> FakeGraph:
    fake = FakeGraph()
    monkeypatch.setattr(graph, "client_of", lambda channel: fake.client)
    return fake


@pytest.fixture
def say(agent: Agent) -> Say:
    """Queue a text, as an agent would."""

    def queue(conversation: Conversation, body: str = "On its way") -> Message:
        return replies.send_text(conversation, body=body, draft_key=uuid4(), by=agent)

    return queue
