"""Reminders: planned, due, cancelled, and again"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains

from inbox import events
from inbox.actions import reminders, sweeping
from inbox.models import Agent, Conversation, Mention, Message, Reminder
from tests.factories import make_agent, make_conversation
from tests.inbox.conversations.acting import undo
from tests.inbox.replies_views.drafts import FETCH, hidden_channel

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=2)


def plan(client: Client, conversation: Conversation, **fields: Any) -> Any:
    url = reverse("inbox:reminders", args=[conversation.code])
    return client.post(url, fields, headers=FETCH)


def cancel(client: Client, reminder: Reminder, **headers: Any) -> Any:
    url = reverse("inbox:reminder_cancel", args=[reminder.code])
    return client.post(url, headers=FETCH)


def sweep() -> None:
    sweeping.sweep(now=timezone.now() + timedelta(days=8))


def sentences() -> list[str]:
    return [m.content["event"] for m in Message.objects.filter(kind="event").order_by("pk")]


def test_it_is_planned_for_oneself_and_undone(agent_client: Client, agent: Agent) -> None:
    conversation = make_conversation()

    answer = plan(agent_client, conversation, choice="hour", text="Call the driver").json()

    reminder = Reminder.objects.get()
    assert (reminder.agent, reminder.by, reminder.text) == (agent, agent, "Call the driver")
    assert answer["text"].startswith("You are reminded: ")
    undo(agent_client, answer)
    assert not Reminder.objects.exists()
    assert sentences() == ["reminder_set", "reminder_cancelled"]


def test_a_moment_that_was_typed_goes_before_the_usual_ones(agent_client: Client) -> None:
    at = (timezone.localtime() + timedelta(days=40)).replace(second=0, microsecond=0)

    typed = at.strftime("%Y-%m-%dT%H:%M")
    plan(agent_client, make_conversation(), choice="tomorrow", until=typed)

    assert Reminder.objects.get().remind_at == at


def test_cancelling_is_undone_too(agent_client: Client, agent: Agent, lead: Agent) -> None:
    conversation = make_conversation()
    at = timezone.now() + LATER
    reminder = reminders.plan(conversation, at=at, by=agent, to=lead, text="Look")

    undo(agent_client, cancel(agent_client, reminder).json())

    again = Reminder.objects.get()
    assert (again.remind_at, again.agent, again.text) == (at, lead, "Look")


def test_a_colleague_is_reminded_and_told_when_it_is_due(
    agent_client: Client, colleague: Agent, published: list[events.HintBody]
) -> None:
    conversation = make_conversation()
    plan(agent_client, conversation, choice="monday", agent=colleague.code, text="<b>Look</b>")
    published.clear()

    sweep()
    sweep()

    mention = Mention.objects.get()
    assert (mention.agent, mention.reminder) == (colleague, Reminder.objects.get())
    assert events.called(conversation, [colleague.pk], "reminder") in published
    conversation.refresh_from_db()
    assert conversation.status == "open"
    assert sentences() == ["reminder_set", "reminded"]
    page = agent_client.get(conversation.get_absolute_url())
    assertContains(page, "Reminder for Jana Meier: &lt;b&gt;Look&lt;/b&gt;")


def test_in_a_closed_conversation_too(agent: Agent) -> None:
    conversation = make_conversation(status="closed")
    reminders.plan(conversation, at=timezone.now() + LATER, by=agent, to=agent)

    sweep()

    assert Mention.objects.get().agent == agent
    conversation.refresh_from_db()
    assert conversation.status == "closed"


def test_before_its_moment_nothing_happens(agent: Agent) -> None:
    reminders.plan(make_conversation(), at=timezone.now() + LATER, by=agent, to=agent)

    sweeping.sweep()

    assert not Mention.objects.exists()


def test_who_lost_the_right_is_not_called(agent: Agent) -> None:
    conversation = make_conversation()
    reminders.plan(conversation, at=timezone.now() + LATER, by=agent, to=agent)
    conversation.channel.teams.set(hidden_channel().teams.all())

    sweep()

    assert not Mention.objects.exists()
    assert Reminder.objects.get().woken_at


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"choice": "other"}, "Choose a day and a time."),
        ({"choice": "customer"}, "Select a valid choice"),
        ({"choice": "other", "until": "never"}, "Choose a day and a time."),
        ({"choice": "other", "until": "2001-01-01T10:00"}, "still to come"),
        ({"choice": "hour", "text": "x" * 201}, "at most 200 characters"),
        (
            {"choice": "hour", "agent": "00000000-0000-4000-8000-000000000000"},
            "may not see this conversation",
        ),
    ],
)
def test_mistakes_stand_in_the_form_with_what_was_typed(
    fields: dict[str, str], sentence: str, agent_client: Client
) -> None:
    r = plan(agent_client, make_conversation(), **({"text": "Kept words"} | fields))

    assertContains(r, sentence, status_code=422)
    assertContains(r, fields.get("text", "Kept words"), status_code=422)
    assert not Reminder.objects.exists()


def test_nobody_is_reminded_of_what_they_may_not_see(lead_client: Client, lead: Agent) -> None:
    conversation = make_conversation(channel=hidden_channel())
    Agent.objects.filter(pk=lead.pk).update(team=conversation.channel.teams.get())
    outside = make_agent()

    r = plan(lead_client, conversation, choice="hour", agent=outside.code)

    assert r.status_code == 422
    assert not Reminder.objects.exists()


def test_others_do_not_cancel_it_but_leads_do(
    agent: Agent, colleague_client: Client, lead_client: Client
) -> None:
    reminder = reminders.plan(
        make_conversation(), at=timezone.now() + LATER, by=agent, to=agent
    )

    refused = cancel(colleague_client, reminder)

    assertContains(refused, "Only who set a reminder or gets it", status_code=403)
    assert cancel(lead_client, reminder).status_code == 200
    assert not Reminder.objects.exists()


def test_the_dialog_shows_what_is_planned(agent_client: Client, agent: Agent) -> None:
    conversation = make_conversation()
    at = timezone.now() + LATER
    reminder = reminders.plan(conversation, at=at, by=agent, to=agent, text="Look")

    r = agent_client.get(reverse("inbox:reminders", args=[conversation.code]))

    assertContains(r, reverse("inbox:reminder_cancel", args=[reminder.code]))


def test_one_conversation_takes_twenty(agent: Agent, agent_client: Client) -> None:
    conversation = make_conversation()
    at = timezone.now() + LATER
    Reminder.objects.bulk_create(
        Reminder(conversation=conversation, agent=agent, by=agent, remind_at=at)
        for _ in range(20)
    )

    r = plan(agent_client, conversation, choice="hour")

    assertContains(r, "has enough reminders", status_code=422)


def test_looking_for_due_ones_is_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        reminders.wake_due(timezone.now())
