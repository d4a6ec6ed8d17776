"""inbox.actions.absence: conversations of the absent go back to the queue"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from inbox.actions import absence, agents, attendance, conversations
from inbox.models import Agent, Channel, WentBack
from tests.factories import make_agent, make_channel, make_contact, make_team
from tests.inbox.conversations.events import last_told, told
from tests.inbox.routing.desks import here, owner, waits

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = timedelta(hours=1)


@pytest.fixture
def channel() -> Channel:
    return make_channel(absence_minutes=30)


@pytest.fixture
def gone(agent: Agent) -> Agent:
    Agent.objects.filter(pk=agent.pk).update(
        presence="offline", absent_since=NOW - HOUR, last_seen_at=NOW - HOUR
    )
    return agent


def test_after_so_long_they_go_back_and_the_line_says_why(
    gone: Agent, channel: Channel
) -> None:
    conversation = waits(channel, assignee=gone)

    absence.sweep(now=NOW)

    assert owner(conversation) == ""
    assert told(conversation) == [("went_back", "")]
    said = last_told(conversation)
    assert (said["name"], said["why"], said["minutes"]) == ("Anna Keller", "offline", 30)
    assert WentBack.objects.get().agent == gone


@pytest.mark.parametrize(
    ("number", "fields"),
    [
        ({"absence_minutes": None}, {}),
        ({"absence_minutes": 61}, {}),
        ({}, {"waiting_since": None}),
        ({}, {"status": "snoozed", "snoozed_until": NOW + HOUR}),
        ({}, {"status": "closed"}),
        ({}, {"assigned_at": NOW - timedelta(minutes=29)}),
    ],
    ids=["no rule", "not yet", "nobody waits", "put off", "closed", "given to them just now"],
)
def test_what_stays(
    gone: Agent, channel: Channel, number: dict[str, Any], fields: dict[str, Any]
) -> None:
    Channel.objects.filter(pk=channel.pk).update(**number)
    conversation = waits(channel, assignee=gone, **fields)

    absence.sweep(now=NOW)

    assert owner(conversation) == "Anna Keller"
    assert told(conversation) == []


def test_all_of_them_where_the_number_says_so(gone: Agent, channel: Channel) -> None:
    Channel.objects.update(absence_takes_all=True)
    conversation = waits(channel, assignee=gone, waiting_since=None)

    absence.sweep(now=NOW)

    assert owner(conversation) == ""


def test_each_number_has_its_own_rule(gone: Agent, channel: Channel) -> None:
    patient = waits(make_channel(absence_minutes=120), assignee=gone)
    silent = waits(make_channel(), assignee=gone)
    hasty = waits(channel, assignee=gone)

    absence.sweep(now=NOW)

    assert [owner(each) for each in (patient, silent, hasty)] == [
        "Anna Keller",
        "Anna Keller",
        "",
    ]


def test_away_counts_from_when_they_said_so_whether_or_not_they_left_then(
    agent: Agent, channel: Channel
) -> None:
    attendance.note_here([agent.pk], now=NOW - 2 * HOUR)
    agents.set_presence(agent, "away")
    Agent.objects.update(absent_since=NOW - HOUR)
    agents.set_presence(agent, "away")
    attendance.note_gone(unseen_since=NOW, agent_ids=[agent.pk])
    conversation = waits(channel, assignee=agent)

    absence.sweep(now=NOW)

    assert owner(conversation) == ""


def test_who_came_back_keeps_what_they_have(gone: Agent, channel: Channel) -> None:
    conversation = waits(channel, assignee=gone)
    attendance.note_here([gone.pk], now=NOW)

    absence.sweep(now=NOW)

    assert owner(conversation) == "Anna Keller"
    gone.refresh_from_db()
    assert gone.absent_since is None


def test_a_browser_that_ended_without_a_word_counts_as_gone(channel: Channel) -> None:
    agent = here("Anna")
    Agent.objects.filter(pk=agent.pk).update(last_seen_at=NOW - HOUR)
    conversation = waits(channel, assignee=agent)

    absence.sweep(now=NOW)

    assert owner(conversation) == ""


def test_who_took_it_meanwhile_keeps_it(
    gone: Agent, colleague: Agent, channel: Channel
) -> None:
    conversation = waits(channel, assignee=gone)
    conversations.take(conversation, by=colleague, instead_of=gone)

    assert not absence.send_back(conversation.pk, now=NOW)

    assert owner(conversation) == "Jana Meier"


def test_a_case_that_comes_back_to_somebody_locked_out_goes_to_the_queue(agent: Agent) -> None:
    conversation = waits(make_channel(), assignee=agent)
    Agent.objects.update(is_active=False)

    absence.sweep(now=NOW)

    assert owner(conversation) == ""
    assert last_told(conversation)["why"] == "locked_out"
    assert not WentBack.objects.exists()


class TestBeingBack:
    def test_the_banner_says_how_many_went(
        self, gone: Agent, agent_client: Client, channel: Channel
    ) -> None:
        for _ in range(3):
            waits(channel, assignee=gone)
        absence.sweep(now=NOW)

        r = agent_client.get("/banners/")

        assertContains(r, "3 conversations went back to the queue while you were away.")
        assertContains(r, 'href="/me/went-back/"')

    def test_the_list_names_them_and_who_has_them_now(
        self, gone: Agent, colleague: Agent, agent_client: Client, channel: Channel
    ) -> None:
        contact = make_contact(profile_name="Eve <script>")
        conversation = waits(channel, assignee=gone, contact=contact)
        absence.sweep(now=NOW)
        conversation.refresh_from_db()
        conversations.take(conversation, by=colleague)

        r = agent_client.get("/me/went-back/")

        assertContains(r, "Eve &lt;script&gt;")
        assertContains(r, "Jana Meier")
        assertContains(r, conversation.get_absolute_url())

    def test_what_one_may_no_longer_see_is_not_named(
        self, gone: Agent, agent_client: Client, channel: Channel
    ) -> None:
        waits(channel, assignee=gone, contact=make_contact(profile_name="Secret"))
        absence.sweep(now=NOW)
        channel.teams.add(make_team())

        assertNotContains(agent_client.get("/me/went-back/"), "Secret")

    def test_nobody_sees_what_left_others(
        self, gone: Agent, colleague_client: Client, channel: Channel
    ) -> None:
        waits(channel, assignee=gone, contact=make_contact(profile_name="Hers"))
        absence.sweep(now=NOW)

        assertNotContains(colleague_client.get("/me/went-back/"), "Hers")
        colleague_client.post("/me/went-back/seen/")
        assert WentBack.objects.count() == 1

    def test_seen_is_seen(self, gone: Agent, agent_client: Client, channel: Channel) -> None:
        waits(channel, assignee=gone)
        absence.sweep(now=NOW)

        agent_client.post("/me/went-back/seen/")

        assertNotContains(agent_client.get("/banners/"), "went back")

    def test_links_clear_nothing(self, agent_client: Client) -> None:
        assert agent_client.get("/me/went-back/seen/").status_code == 405

    def test_the_list_does_not_ask_more_for_more(
        self,
        gone: Agent,
        agent_client: Client,
        channel: Channel,
        django_assert_num_queries: Any,
    ) -> None:
        for _ in range(4):
            waits(channel, assignee=gone)
        absence.sweep(now=NOW)

        # Session, agent, hidden numbers, the list.
        with django_assert_num_queries(4):
            agent_client.get("/me/went-back/")


class TestGoingAway:
    def away(self, client: Client) -> str:
        r = client.post("/me/presence/", {"presence": "away"}, headers={"HX-Request": "true"})
        return r.headers["HX-Trigger"]

    def test_it_says_that_nothing_happens(self, agent_client: Client) -> None:
        make_channel()

        assert "Your conversations stay with you" in self.away(agent_client)

    def test_it_says_what_will_happen(self, agent_client: Client, channel: Channel) -> None:
        said = self.away(agent_client)

        assert "away for 30 minutes, conversations in which a customer waits go back" in said

    def test_it_says_when_all_go(self, agent_client: Client, channel: Channel) -> None:
        Channel.objects.update(absence_takes_all=True, absence_minutes=1)

        assert "away for 1 minute, your open conversations go back" in self.away(agent_client)

    def test_numbers_one_does_not_see_say_nothing(
        self, agent_client: Client, channel: Channel
    ) -> None:
        channel.teams.add(make_team())

        assert "stay with you" in self.away(agent_client)

    def test_the_profile_says_it_before(self, agent_client: Client, channel: Channel) -> None:
        assertContains(agent_client.get("/me/"), "away for 30 minutes")


def test_strangers_see_no_list(client: Client) -> None:
    make_agent()
    assert client.get("/me/went-back/").status_code == 302
    assert client.post("/me/went-back/seen/").status_code == 302
