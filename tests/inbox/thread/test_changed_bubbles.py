"""What a message said before, and who may read more than the bubble shows."""

from __future__ import annotations

import pytest
from django.utils import timezone

from inbox.models import Agent, Conversation
from tests.factories import make_message
from tests.inbox.thread.markup import Markup
from tests.inbox.thread.messages import draw

pytestmark = pytest.mark.django_db


def test_an_edited_one_says_so(conversation: Conversation, agent: Agent) -> None:
    message = make_message(conversation, "New", edited_at=timezone.now())

    assert "edited" in Markup(draw(message, agent)).text


def test_what_a_customer_deleted_is_not_in_the_page(
    conversation: Conversation, agent: Agent, lead: Agent
) -> None:
    message = make_message(conversation, "Secret", revoked_at=timezone.now())

    for reader in (agent, lead):
        text = Markup(draw(message, reader)).text
        assert "The customer deleted this message." in text
        assert "Secret" not in text
        assert ("Show what it said" in text) is reader.is_lead


def test_the_raw_form_of_unknown_ones_is_for_admins(
    conversation: Conversation, agent: Agent, admin: Agent
) -> None:
    content = {"type": "hologram", "raw": {"inner": "part"}}
    message = make_message(conversation, "", kind="unknown", content=content)

    assert "inner" in Markup(draw(message, admin)).text
    assert "inner" not in Markup(draw(message, agent)).text
