"""inbox.templatetags.timeline: each event as a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from inbox.templatetags.timeline import sentence_of


@pytest.mark.parametrize(
    ("content", "who", "sentence"),
    [
        ({"event": "opened"}, "", "The conversation began"),
        ({"event": "taken"}, "Anna", "Anna took the conversation"),
        (
            {"event": "taken", "from_name": "Jana"},
            "Anna",
            "Anna took over the conversation from Jana",
        ),
        (
            {"event": "assigned", "to_name": "Jana"},
            "Anna",
            "Anna assigned the conversation to Jana",
        ),
        ({"event": "given_back"}, "Anna", "Anna gave the conversation back"),
        ({"event": "closed"}, "Anna", "Anna closed the conversation"),
        ({"event": "closed"}, "", "Supportdesk closed the conversation"),
        ({"event": "reopened"}, "Anna", "Anna reopened the conversation"),
        (
            {"event": "reopened"},
            "",
            "The customer wrote again: the conversation is open again",
        ),
        ({"event": "woken"}, "", "The conversation is back: it had been put off"),
        ({"event": "priority", "priority": 2}, "Anna", "Anna set the priority to “Urgent”"),
        ({"event": "renamed"}, "Anna", "Anna changed the name of the contact"),
        ({"event": "language"}, "Anna", "Anna changed the language of the contact"),
        ({"event": "labelled", "label": "VIP"}, "Anna", "Anna added the label “VIP”"),
        ({"event": "unlabelled", "label": "VIP"}, "Anna", "Anna removed the label “VIP”"),
        (
            {"event": "number_changed", "old": "4930901820", "new": "4930901821"},
            "",
            "The customer's number changed from +49 30 901820 to +49 30 901821",
        ),
        (
            {"event": "number_changed", "old": "4930901820"},
            "",
            "The number +49 30 901820 is no longer this customer's",
        ),
        ({"event": "number_changed"}, "", "The customer's number changed"),
        (
            {"event": "user_id_changed"},
            "",
            "WhatsApp gave the customer a new id; it is still the same person",
        ),
        ({"event": "call", "duration": 75}, "", "Call, 1:15 min"),
        ({"event": "call", "status": "REJECTED"}, "", "Missed call from the customer"),
        ({"event": "call", "status": "ACCEPTED"}, "", "Call from the customer"),
        ({"event": "call", "from_us": True}, "", "Call to the customer"),
        ({"event": "call", "from_us": True, "status": "RINGING"}, "", "Call to the customer"),
        ({"event": "call", "from_us": True, "status": "ACCEPTED"}, "", "Call to the customer"),
        (
            {"event": "call", "from_us": True, "status": "REJECTED"},
            "",
            "Call to the customer, not answered",
        ),
        ({"event": "ownership", "owner": "us"}, "", "The conversation is answered here again"),
        (
            {"event": "ownership", "elsewhere": True},
            "",
            "Another app answers this person now. Writing here takes over again",
        ),
        (
            {"event": "preference", "value": "stop"},
            "",
            "The customer switched off advertising in WhatsApp",
        ),
        (
            {"event": "preference", "value": "resume"},
            "",
            "The customer allows advertising in WhatsApp again",
        ),
        (
            {"event": "preference", "value": "?"},
            "",
            "The customer changed what they want to receive",
        ),
        (
            {"event": "opted_out", "wish": "no_contact"},
            "",
            "The customer does not want to be written to any more",
        ),
        (
            {"event": "opted_out", "wish": "no_advertising"},
            "",
            "The customer does not want advertising any more",
        ),
        ({"event": "group"}, "", "Something changed in a WhatsApp group of this number"),
        ({"event": "click"}, "", "The customer tapped a link in one of our messages"),
        ({"event": "system", "text": "Hi"}, "", "WhatsApp says: Hi"),
        ({"event": "system"}, "", "Note from WhatsApp"),
        ({"event": "summary", "text": "Chair"}, "", "Summary by the other app: Chair"),
    ],
)
def test_sentences(content: dict[str, Any], who: str, sentence: str) -> None:
    assert sentence_of(content, who) == sentence


def test_a_moment_is_on_the_agents_clock() -> None:
    content = {"event": "snoozed", "until": "2026-11-22T08:00:00+00:00"}

    with timezone.override("Europe/Berlin"):
        sentence = sentence_of(content, "Anna")

    assert sentence == "Anna put the conversation off until 22 Nov 2026, 09:00"


def test_a_changed_security_code_says_what_to_do() -> None:
    assert "ask who is writing" in sentence_of({"event": "identity_key_changed"}, "")


@pytest.mark.parametrize(
    "content",
    [{"event": "new one"}, {}, None, [], "text", {"event": None}, {"event": {"a": 1}}],
)
def test_unknown_events_are_still_told(content: object) -> None:
    assert sentence_of(content, "").startswith("Something happened")


@pytest.mark.parametrize("until", ["", "tomorrow", "2026-11-22T08:00:00", None, 5, []])
def test_broken_moments_do_no_harm(until: object) -> None:
    assert sentence_of({"event": "snoozed", "until": until}, "Anna").endswith("…")
