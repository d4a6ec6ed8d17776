"""GET /for-you/ and what is done there"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from inbox import events
from inbox.actions import notes, reminders
from inbox.models import Agent, Mention, Reminder
from tests.factories import make_contact, make_conversation, make_team
from tests.inbox.replies_views.drafts import hidden_channel
from tests.inbox.together.writing import note, team_id

pytestmark = pytest.mark.django_db
PAGE = reverse("inbox:for_you")
COUNT = reverse("inbox:for_you_count")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def mention(agent: Agent, colleague: Agent) -> Mention:
    conversation = make_conversation(contact=make_contact(profile_name="Lena Hofmann"))
    note(conversation, agent, "<b>Look</b>", colleague)
    return Mention.objects.get()


@pytest.fixture
def reminder(agent: Agent, colleague: Agent) -> Mention:
    conversation = make_conversation()
    later = timezone.now() + timedelta(hours=1)
    reminders.plan(conversation, at=later, by=agent, to=colleague, text="Call the driver")
    reminders.wake_due(later)
    return Mention.objects.get()


def settle(client: Client, what: str, mention: Mention, **fields: str) -> str:
    url = reverse(f"inbox:call_{what}", args=[mention.code])
    return client.post(url, fields, headers=HTMX).content.decode()


def test_a_mention_leads_to_its_note(colleague_client: Client, mention: Mention) -> None:
    r = colleague_client.get(PAGE)

    assertContains(r, "Anna Keller mentioned you")
    assertContains(r, "Lena Hofmann")
    assertContains(r, "&lt;b&gt;Look&lt;/b&gt; @Jana Meier")
    conversation = mention.message.conversation
    assertContains(r, f"{conversation.get_absolute_url()}?at={mention.message_id}")


def test_that_of_a_team_says_so(
    agent: Agent, colleague: Agent, colleague_client: Client
) -> None:
    team = make_team("Versand")
    Agent.objects.filter(pk=colleague.pk).update(team=team)
    notes.add(make_conversation(), body="@Versand", by=agent, picked=[team_id(team)])

    assertContains(colleague_client.get(PAGE), "Anna Keller mentioned your team Versand")


def test_it_is_nobody_elses(agent_client: Client, mention: Mention) -> None:
    assertNotContains(agent_client.get(PAGE), "Lena Hofmann")
    assert agent_client.get(COUNT).json() == {"count": "", "conversations": []}
    for what in ("done", "undone", "again"):
        url = reverse(f"inbox:call_{what}", args=[mention.code])
        assert agent_client.post(url).status_code == 404


def test_a_right_that_was_taken_hides_it(colleague_client: Client, mention: Mention) -> None:
    mention.message.channel.teams.set(hidden_channel().teams.all())

    assertNotContains(colleague_client.get(PAGE), "Lena Hofmann")
    assert colleague_client.get(COUNT).json()["count"] == ""
    url = reverse("inbox:call_done", args=[mention.code])
    assert colleague_client.post(url).status_code == 404


def test_opening_the_conversation_reads_it(
    colleague_client: Client,
    colleague: Agent,
    mention: Mention,
    published: list[events.HintBody],
) -> None:
    conversation = mention.message.conversation
    code = str(conversation.code)
    assert colleague_client.get(COUNT).json() == {"count": "1", "conversations": [code]}

    colleague_client.post(reverse("inbox:called", args=[conversation.code]))
    colleague_client.post(reverse("inbox:called", args=[conversation.code]))

    assert colleague_client.get(COUNT).json()["count"] == ""
    assert published == [events.called(conversation, [colleague.pk], "read")]
    assertContains(colleague_client.get(PAGE), "Nothing new for you")
    assertContains(colleague_client.get(f"{PAGE}?show=earlier"), "Lena Hofmann")


def test_opening_it_reads_nobody_elses(agent_client: Client, mention: Mention) -> None:
    agent_client.post(reverse("inbox:called", args=[mention.message.conversation.code]))

    assert Mention.objects.get().read_at is None


def test_a_reminder_is_not_done_by_opening(colleague_client: Client, reminder: Mention) -> None:
    code = reminder.message.conversation.code
    colleague_client.post(reverse("inbox:called", args=[code]))

    assert Mention.objects.get().read_at is None
    assertContains(colleague_client.get(PAGE), "Call the driver")


def test_done_and_not_done_after_all(colleague_client: Client, reminder: Mention) -> None:
    assert "Not done after all" in settle(colleague_client, "done", reminder)
    assert Mention.objects.get().read_at

    assert "Again later" in settle(colleague_client, "undone", reminder)
    assert Mention.objects.get().read_at is None


def test_again_later(colleague_client: Client, colleague: Agent, reminder: Mention) -> None:
    answer = settle(colleague_client, "again", reminder, choice="tomorrow")

    assert "You are reminded: " in answer
    planned = Reminder.objects.get(woken_at=None)
    assert (planned.agent, planned.by, planned.text) == (
        colleague,
        colleague,
        "Call the driver",
    )
    assert Mention.objects.get().read_at


def test_only_reminders_come_again(colleague_client: Client, mention: Mention) -> None:
    url = reverse("inbox:call_again", args=[mention.code])

    assert colleague_client.post(url, {"choice": "hour"}).status_code == 409
    assert not Reminder.objects.exists()


def test_planned_ones_are_listed_and_cancelled(agent: Agent, agent_client: Client) -> None:
    contact = make_contact(profile_name="Lena Hofmann")
    conversation = make_conversation(contact=contact)
    later = timezone.now() + timedelta(hours=1)
    planned = reminders.plan(conversation, at=later, by=agent, to=agent, text="Look")

    assertContains(agent_client.get(f"{PAGE}?show=planned"), "Lena Hofmann")
    url = reverse("inbox:reminder_cancel", args=[planned.code])
    r = agent_client.post(url, {"next": f"{PAGE}?show=planned"}, follow=True)

    assertContains(r, "No reminder is planned")


def test_what_is_not_there(agent_client: Client) -> None:
    assert agent_client.get(f"{PAGE}?show=others").status_code == 404
    assert agent_client.get(f"{PAGE}?after=never").status_code == 400
    url = reverse("inbox:call_done", args=[uuid4()])
    assert agent_client.post(url).status_code == 404


def test_it_is_paged_by_key(agent: Agent, colleague: Agent, colleague_client: Client) -> None:
    conversation = make_conversation()
    written = [note(conversation, agent, f"Note {n:02}.", colleague) for n in range(35)]
    for number, each in enumerate(written):
        at = timezone.now() - timedelta(minutes=number // 2)  # some at the same moment
        Mention.objects.filter(message=each).update(at=at)

    first = colleague_client.get(PAGE).content.decode()
    address = (
        first.partition('calls__more" hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    )
    second = colleague_client.get(address, headers=HTMX).content.decode()

    shown = [f"Note {n:02}." for n in range(35)]
    assert sum(words in first for words in shown) == 30
    assert sum(words in second for words in shown) == 5
    assert all(words in first or words in second for words in shown)
    assert "calls__more" not in second


@pytest.mark.parametrize("address", [PAGE, COUNT])
def test_queries_do_not_grow(
    address: str, agent: Agent, colleague: Agent, colleague_client: Client
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            colleague_client.get(address)
        return len(queries)

    note(make_conversation(), agent, "One", colleague)
    asked()
    few = asked()
    for _ in range(20):
        note(make_conversation(), agent, "More", colleague)

    assert asked() == few


def test_a_hundred_are_not_counted_further(
    agent: Agent, colleague: Agent, colleague_client: Client
) -> None:
    conversation = make_conversation()
    for _ in range(101):
        note(conversation, agent, "More", colleague)

    assert colleague_client.get(COUNT).json() == {
        "count": "99+",
        "conversations": [str(conversation.code)],
    }
