"""POST /conversations/<code>/snooze/"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from inbox.forms.conversation_actions import moment_of
from inbox.models import Agent
from tests.factories import make_conversation
from tests.inbox.conversations.acting import post, undo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("choice", ["hour", "hours", "tomorrow", "monday"])
def test_putting_off(agent_client: Client, choice: str) -> None:
    conversation = make_conversation()

    r = post(agent_client, "snooze", conversation, choice=choice)

    conversation.refresh_from_db()
    assert r.json()["text"].startswith("Put off until ")
    assert conversation.status == "snoozed"
    undo(agent_client, r.json())
    conversation.refresh_from_db()
    assert conversation.status == "open"


def test_usual_moments_are_on_the_agents_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    saturday_late = datetime.fromisoformat("2026-11-21T23:30:00+00:00")
    monkeypatch.setattr(timezone, "now", lambda: saturday_late)

    with timezone.override("Europe/Berlin"):  # there it is Sunday already
        moments = {name: moment_of(name) for name in ("hour", "hours", "tomorrow", "monday")}

    assert moments["hour"] == saturday_late + timedelta(hours=1)
    assert moments["hours"] == saturday_late + timedelta(hours=3)
    assert moments["tomorrow"].isoformat() == "2026-11-23T09:00:00+01:00"
    assert moments["monday"].isoformat() == "2026-11-23T09:00:00+01:00"


def test_on_a_monday_next_monday_is_in_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    monday = datetime.fromisoformat("2026-11-23T07:00:00+00:00")
    monkeypatch.setattr(timezone, "now", lambda: monday)

    with timezone.override("Europe/Berlin"):
        assert moment_of("monday").isoformat() == "2026-11-30T09:00:00+01:00"


def test_a_moment_of_ones_own(agent_client: Client, agent: Agent) -> None:
    agent.time_zone = "Asia/Tokyo"
    agent.save(update_fields=["time_zone"])
    conversation = make_conversation()

    post(agent_client, "snooze", conversation, until="2099-01-02T09:00")

    conversation.refresh_from_db()
    assert conversation.snoozed_until == datetime.fromisoformat("2099-01-02T00:00:00+00:00")


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({}, 422, "Choose a day and a time."),
        ({"until": "soon"}, 422, "Choose a day and a time."),
        ({"choice": "never"}, 422, "not one of the available choices"),
        ({"until": "2020-01-01T09:00"}, 409, "still to come"),
    ],
)
def test_moments_that_cannot_be(
    agent_client: Client, fields: dict[str, str], status: int, words: str
) -> None:
    r = post(agent_client, "snooze", make_conversation(), **fields)

    assert r.status_code == status
    assert words in r.json()["text"]
