"""inbox.bubbles and templates/inbox/_message.html: each kind in words an agent reads."""

from __future__ import annotations

from typing import Any

import pytest

from inbox.models import Agent, Conversation
from tests.factories import make_message
from tests.inbox.thread.markup import Markup
from tests.inbox.thread.messages import draw, make_answer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "body", "content", "expected"),
    [
        ("text", "Good morning", {}, ["Good morning", "Lena Hofmann:"]),
        (
            "location",
            "",
            {"latitude": 52.5, "longitude": 13.4, "name": "Shop", "address": "Street 1"},
            ["Shop", "Street 1", "52.50000, 13.40000", "Open map"],
        ),
        (
            "contacts",
            "",
            {
                "cards": [
                    {
                        "name": "Max",
                        "organisation": "ACME",
                        "phones": [{"phone": "+49 30 1", "wa_id": ""}],
                        "emails": ["max@example.org"],
                    }
                ]
            },
            ["Max", "ACME", "+49 30 1", "max@example.org"],
        ),
        ("button_reply", "Yes", {"source": "reply button"}, ["Button pressed", "Yes"]),
        (
            "button_reply",
            "Red",
            {"source": "list", "description": "Size M"},
            ["Chosen from a list", "Red", "Size M"],
        ),
        (
            "flow_reply",
            "",
            {"name": "flow", "answers": {"Day": "Tuesday", "flow_token": "secret"}},
            ["Form filled in", "Day", "Tuesday"],
        ),
        ("flow_reply", "Sent", {"answers": None, "response_json": "[1"}, ["[1", "Sent"]),
        (
            "order",
            "Please",
            {
                "items": [
                    {"product_id": "40-2", "quantity": "3", "price": "9", "currency": "EUR"}
                ]
            },
            ["Order", "40-2", "3", "9 EUR", "Please"],
        ),
        ("call_permission", "", {"accepted": True, "is_permanent": True}, ["allows calls"]),
        ("call_permission", "", {"accepted": False}, ["does not want to be called"]),
        (
            "unsupported",
            "",
            {"kind": "poll_creation"},
            ["a poll", "Ask the customer to send it differently"],
        ),
        ("pending_file", "", {}, ["An earlier file; it may still follow."]),
        ("unsupported", "", {}, ["does not pass this kind of message on"]),
        ("unsupported", "Hi all", {"kind": "group"}, ["Hi all", "Said in a group"]),
        (
            "unsupported",
            "",
            {"kind": "group", "type": "image"},
            ["Picture · Said in a group: it cannot be answered here."],
        ),
        ("unsupported", "", {"kind": "group", "type": "<b>"}, ["Said in a group"]),
        ("unknown", "", {"type": "hologram"}, ["does not know yet (hologram)"]),
        ("something-new", "Words", {}, ["does not know yet", "Words"]),
    ],
)
def test_what_a_customer_sends(
    conversation: Conversation,
    agent: Agent,
    kind: str,
    body: str,
    content: dict[str, Any],
    expected: list[str],
) -> None:
    message = make_message(conversation, body, kind=kind, content=content)

    text = Markup(draw(message, agent)).text

    for words in expected:
        assert words in text
    assert "secret" not in text


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        (
            "buttons",
            {"buttons": [{"id": "1", "title": "Monday"}], "header": "Day?", "footer": "Tap"},
            ["Day?", "Monday", "Tap"],
        ),
        (
            "list",
            {
                "button": "Choose",
                "sections": [
                    {"title": "Days", "rows": [{"title": "Mo", "description": "9 h"}]}
                ],
            },
            ["Choose", "Days", "Mo", "9 h"],
        ),
        ("link_button", {"text": "Open", "url": "https://a.de"}, ["Open"]),
        ("request", {"request": "location"}, ["Asked for the customer's location"]),
        ("request", {"request": "contact_info"}, ["Asked for the customer's phone number"]),
        (
            "template",
            {"name": "ready", "header": "News", "footer": "Shop", "buttons": ["Stop"]},
            ["News", "Shop", "Stop", "Template ready"],
        ),
    ],
)
def test_what_we_send(
    conversation: Conversation,
    agent: Agent,
    kind: str,
    content: dict[str, Any],
    expected: list[str],
) -> None:
    message = make_answer(conversation, "The text", kind=kind, content=content, author=agent)

    text = Markup(draw(message, agent)).text

    for words in [*expected, "The text", "Anna Keller"]:
        assert words in text


def test_a_note_is_no_answer(conversation: Conversation, agent: Agent) -> None:
    message = make_message(
        conversation, "Call back", direction="internal", kind="note", author=agent
    )

    assert "Anna Keller · internal note Call back" in Markup(draw(message, agent)).text


def test_long_words_and_right_to_left_are_left_to_the_browser(
    conversation: Conversation, agent: Agent
) -> None:
    message = make_message(conversation, "W" * 4096 + " שלום")

    markup = Markup(draw(message, agent))

    assert "W" * 4096 in markup.text
    assert any(attributes.get("dir") == "auto" for _tag, attributes in markup.tags)


@pytest.mark.parametrize(
    ("forwarded", "words"), [(True, "Forwarded"), ("often", "Forwarded many times")]
)
def test_forwarded(
    conversation: Conversation, agent: Agent, forwarded: object, words: str
) -> None:
    message = make_message(conversation, content={"forwarded": forwarded})

    assert words in Markup(draw(message, agent)).text


def test_where_somebody_came_from(conversation: Conversation, agent: Agent) -> None:
    referral = {"source_type": "ad", "source_url": "https://fb.me/x", "headline": "Chair"}
    message = make_message(conversation, content={"referral": referral})

    text = Markup(draw(message, agent)).text

    assert "Came from an advertisement Chair" in text
    assert "Look at it" in text
