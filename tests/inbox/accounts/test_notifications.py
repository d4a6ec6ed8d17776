"""/me/notifications/ and the mails that sum up"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from inbox.actions import digests
from inbox.models import Agent
from tests.factories import make_conversation

pytestmark = pytest.mark.django_db
URL = "/me/notifications/"
FORM = {
    "plays_sound": "on",
    "notify_about": "all",
    "shown_notices": ["assigned", "waiting"],
    "pushed_notices": ["mention"],
    "waits_long_minutes": "10",
    "quiet_begins": "20:00",
    "quiet_ends": "07:30",
    "is_quiet_at_weekends": "on",
    "digest": "daily",
}
# Half past eight in Berlin, a Friday.
MORNING = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)


def test_agents_choose_what_they_are_told(agent_client: Client, agent: Agent) -> None:
    r = agent_client.post(URL, FORM)

    assertRedirects(r, URL, fetch_redirect_response=False)
    agent.refresh_from_db()
    assert (agent.shown_notices, agent.pushed_notices) == ("assigned waiting", "mention")
    assert (agent.quiet_begins, agent.quiet_ends) == (time(20), time(7, 30))
    assert (agent.notify_about, agent.digest, agent.waits_long_minutes) == ("all", "daily", 10)
    assertContains(agent_client.get(URL), 'value="20:00"')


def test_everything_can_be_switched_off(agent_client: Client, agent: Agent) -> None:
    agent_client.post(
        URL, {"notify_about": "nothing", "waits_long_minutes": "30", "digest": "never"}
    )
    agent.refresh_from_db()
    assert (agent.shown_notices, agent.pushed_notices, agent.plays_sound) == ("", "", False)


@pytest.mark.parametrize(
    ("field", "wrong", "sentence"),
    [
        ("shown_notices", ["everything"], "Select a valid choice"),
        ("waits_long_minutes", "0", "greater than or equal to 1"),
        ("quiet_ends", "", "has a beginning and an end"),
        ("quiet_begins", "25:00", "Enter a valid time"),
        ("digest", "yearly", "Select a valid choice"),
    ],
)
def test_what_is_wrong_stands_at_the_field(
    field: str, wrong: str | list[str], sentence: str, agent_client: Client, agent: Agent
) -> None:
    agent.language = "en"
    agent.save()
    r = agent_client.post(URL, FORM | {field: wrong})

    assertContains(r, sentence, status_code=422)
    before = agent.digest
    agent.refresh_from_db()
    assert agent.digest == before


# --- Mails -------------------------------------------------------------------------------


def wait(agent: Agent | None) -> None:
    conversation = make_conversation(assignee=agent)
    conversation.waiting_since = conversation.queued_at = MORNING - timedelta(hours=1)
    conversation.save()


def test_a_mail_in_the_morning_says_how_many_wait(agent: Agent) -> None:
    Agent.objects.filter(pk=agent.pk).update(digest="daily", language="en", notify_about="all")
    for assignee in (agent, agent, None):
        wait(assignee)

    for hours in (-1, 0, 1, 25):  # too early; due; again; the next day is a Saturday
        digests.send_due(now=MORNING + timedelta(hours=hours))

    assert len(mail.outbox) == 2
    assert "2 customers of yours are waiting for an answer" in mail.outbox[0].body
    assert "07:30" in mail.outbox[0].body  # on the agent's clock
    assert "belongs to nobody yet" in mail.outbox[0].body
    assert "Customer" not in mail.outbox[0].body
    assert mail.outbox[0].to == [agent.email]


def test_where_nothing_waits_no_mail_is_sent(agent: Agent) -> None:
    Agent.objects.filter(pk=agent.pk).update(digest="daily")
    wait(None)  # anybody's, and this agent asked for their own
    digests.send_due(now=MORNING)
    assert mail.outbox == []


def test_no_mail_comes_in_quiet_times(agent: Agent) -> None:
    Agent.objects.filter(pk=agent.pk).update(digest="daily", is_quiet_at_weekends=True)
    wait(agent)
    digests.send_due(now=MORNING + timedelta(days=1))
    assert mail.outbox == []


def test_hourly_mails_are_for_those_who_were_not_here(agent: Agent) -> None:
    Agent.objects.filter(pk=agent.pk).update(digest="hourly", last_seen_at=MORNING)
    wait(agent)

    sent = []
    for minutes in (30, 60, 90, 120):
        digests.send_due(now=MORNING + timedelta(minutes=minutes))
        sent.append(len(mail.outbox))

    assert sent == [0, 1, 1, 2]


def test_who_is_locked_out_gets_none(agent: Agent) -> None:
    Agent.objects.filter(pk=agent.pk).update(digest="daily", is_active=False)
    wait(agent)
    digests.send_due(now=MORNING)
    assert mail.outbox == []
