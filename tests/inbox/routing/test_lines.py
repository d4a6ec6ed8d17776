"""What the timeline says of assignment, in the reader's language"""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from inbox.templatetags.timeline import sentence_of


@pytest.mark.parametrize(
    ("content", "who", "expected"),
    [
        (
            {
                "event": "routed", "to_name": "Jana", "why": "last_agent",
                "spoke_at": "2019-11-03T09:00:00+00:00",
            },
            "",
            "Assigned to Jana: spoke with this customer on 3 November 2019",
        ),
        (
            {"event": "routed", "to_name": "Jana", "why": "least_busy", "load": 4},
            "",
            "Assigned to Jana: fewest open conversations (4)",
        ),
        (
            {"event": "routed", "to_name": "Jana", "why": "next_in_turn", "load": 4},
            "",
            "Assigned to Jana: next in turn",
        ),
        (
            {"event": "went_back", "name": "Jana", "why": "away", "minutes": 30},
            "",
            "Back in the queue: Jana has been away for 30 minutes",
        ),
        (
            {"event": "went_back", "name": "Jana", "why": "offline", "minutes": 1},
            "",
            "Back in the queue: Jana has been offline for 1 minute",
        ),
        (
            {"event": "went_back", "name": "Jana", "why": "locked_out", "minutes": None},
            "",
            "Back in the queue: Jana can no longer sign in",
        ),
        (
            {"event": "assigned", "to_name": "Jana", "note": "Call %(who)s back"},
            "Anna",
            "Anna assigned the conversation to Jana: “Call %(who)s back”",
        ),
        (
            {"event": "taken", "from_name": "Jana", "note": "Mine"},
            "Anna",
            "Anna took over the conversation from Jana: “Mine”",
        ),
    ],
)  # fmt: skip
def test_a_sentence(content: dict[str, Any], who: str, expected: str) -> None:
    with translation.override("en"):
        assert sentence_of(content, who) == expected


@pytest.mark.parametrize(
    "content",
    [
        {"event": "routed"},
        {"event": "routed", "why": "last_agent", "spoke_at": "yesterday"},
        {"event": "routed", "why": "last_agent", "spoke_at": ["x"]},
        {"event": "routed", "why": "least_busy", "load": {"a": 1}},
        {"event": "went_back", "minutes": "many", "why": 3},
    ],
)
def test_what_is_missing_breaks_no_thread(content: dict[str, Any]) -> None:
    assert sentence_of(content, "")
