"""What a message answers, above it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from inbox.models import Agent, Conversation
from tests.factories import make_message
from tests.inbox.thread.markup import Markup
from tests.inbox.thread.messages import draw, make_answer

pytestmark = pytest.mark.django_db


def test_a_quote_leads_to_what_it_answers(conversation: Conversation, agent: Agent) -> None:
    asked = make_message(conversation, "When?")
    message = make_answer(conversation, "Tuesday", quoted=asked, author=agent)

    markup = Markup(draw(message, agent))

    links = [attributes for tag, attributes in markup.tags if tag == "a"]
    assert links[0]["href"] == f"/conversations/{conversation.code}/?at={asked.pk}"
    assert links[0]["data-jump"] == str(asked.pk)
    assert "Lena Hofmann When?" in markup.text


def test_a_quote_of_something_unknown_says_so(conversation: Conversation, agent: Agent) -> None:
    message = make_message(conversation, "This one", quoted_wamid="wamid.UNKNOWN")

    assert "A message that is not known here" in Markup(draw(message, agent)).text


def test_a_quote_of_something_deleted_does_not_tell_it(
    conversation: Conversation, agent: Agent
) -> None:
    asked = make_message(conversation, "Secret", revoked_at=timezone.now())
    message = make_message(conversation, "Sorry", quoted=asked)

    text = Markup(draw(message, agent)).text

    assert "Deleted message" in text
    assert "Secret" not in text
