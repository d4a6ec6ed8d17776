"""inbox.actions.routing.assigning.route: conversations find somebody by themselves"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from inbox import events
from inbox.actions import conversations, rule_work
from inbox.actions.routing import assigning, routed_numbers
from inbox.models import Agent, Channel, Conversation
from tests.factories import make_agent, make_contact, make_message, make_team
from tests.inbox.conversations.events import last_told, told
from tests.inbox.routing.desks import busy, here, owner, routed, waits

pytestmark = pytest.mark.django_db


def test_it_goes_to_who_has_the_fewest_and_says_so(published: list[events.HintBody]) -> None:
    anna, _jana = here("Anna"), here("Jana")
    busy(anna, 2)
    conversation = waits(routed())

    assigning.route()

    assert owner(conversation) == "Jana"
    assert told(conversation) == [("routed", "")]
    said = last_told(conversation)
    assert (said["to_name"], said["why"], said["load"]) == ("Jana", "least_busy", 0)
    assert conversation.assignee is not None
    called = events.called(conversation, [conversation.assignee.pk], "assigned")
    assert published == [events.about(conversation), called]
    assert conversation.assigned_at is not None


def test_round_robin_goes_on_where_it_was_the_time_before() -> None:
    for name in ("Anna", "Jana", "Tobi"):
        here(name)
    channel = routed("round_robin")
    first = [waits(channel, minutes) for minutes in (9, 8)]

    assigning.route()
    later = [waits(channel, minutes) for minutes in (7, 6)]
    assigning.route()

    assert [owner(each) for each in (*first, *later)] == ["Anna", "Jana", "Tobi", "Anna"]


def test_who_waits_longest_comes_first_on_all_numbers_together() -> None:
    here("Anna", conversation_limit=2)
    one, other = routed(), routed()
    young, old, middle = waits(one, 5), waits(other, 50), waits(one, 20)

    assigning.route()

    assert [owner(each) for each in (old, middle, young)] == ["Anna", "Anna", ""]


def test_nobody_gets_more_than_their_limit() -> None:
    anna, jana = here("Anna"), here("Jana", conversation_limit=1)
    channel = routed(conversation_limit=3)
    busy(anna, 1)
    for minutes in range(8):
        waits(channel, minutes + 1)

    assigning.route()

    assert Conversation.objects.open().assigned_to(anna).count() == 3
    assert Conversation.objects.open().assigned_to(jana).count() == 1
    assert Conversation.objects.unassigned().count() == 5


@pytest.mark.parametrize(
    "fields",
    [
        {"presence": "away"},
        {"presence": "offline"},
        {"last_seen_at": timezone.now() - timedelta(minutes=10)},
        {"last_seen_at": None},
        {"is_active": False},
        {"conversation_limit": 0},
    ],
    ids=["away", "offline", "unseen", "never seen", "locked out", "wants none"],
)
def test_who_is_not_there_gets_nothing(fields: dict[str, object]) -> None:
    agent = here("Anna")
    Agent.objects.filter(pk=agent.pk).update(**fields)
    conversation = waits(routed())

    assigning.route()

    assert owner(conversation) == ""


def test_only_who_sees_the_number_gets_its_conversations() -> None:
    team = make_team()
    here("Stranger")
    channel = routed()
    channel.teams.add(team)
    conversation = waits(channel)

    assigning.route()
    assert owner(conversation) == ""

    here("Insider", team=team)
    assigning.route()
    assert owner(conversation) == "Insider"


def test_one_for_a_team_waits_for_somebody_of_it() -> None:
    returns = make_team("Returns")
    here("Stranger")
    conversation = waits(routed(), team=returns)

    assigning.route()
    assert owner(conversation) == ""

    here("Insider", team=returns)
    assigning.route()
    assert owner(conversation) == "Insider"


def test_a_number_that_is_off_assigns_nothing() -> None:
    here("Anna")
    conversation = waits(routed("off"))

    assigning.route()

    assert owner(conversation) == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"waiting_since": None},
        {"status": "closed"},
        {"status": "snoozed", "snoozed_until": datetime(2099, 1, 1, tzinfo=UTC)},
        {"owned_elsewhere": True},
    ],
    ids=["nobody waits", "closed", "put off", "another app has it"],
)
def test_what_needs_nobody_now_is_left(fields: dict[str, Any]) -> None:
    here("Anna")
    conversation = waits(routed(), **fields)

    assigning.route()

    assert owner(conversation) == ""


class TestTheLastAgent:
    def spoke(self, agent: Agent, channel: Channel, at: datetime) -> Conversation:
        """An earlier case, answered by this agent; and the customer waits in a new one."""
        contact = make_contact()
        earlier = waits(
            channel, contact=contact, status="closed", first_replied_at=at, waiting_since=None
        )
        make_message(earlier, "Yes", direction="out", author=agent, at=at)
        return waits(channel, contact=contact)

    def test_comes_first_and_the_line_says_when_they_spoke(self) -> None:
        anna = here("Anna")
        here("Jana")
        busy(anna, 3)
        at = timezone.now() - timedelta(days=9)
        conversation = self.spoke(anna, routed(), at)

        assigning.route()

        assert owner(conversation) == "Anna"
        assert last_told(conversation)["why"] == "last_agent"
        assert datetime.fromisoformat(last_told(conversation)["spoke_at"]) == at

    def test_is_passed_over_without_room(self) -> None:
        anna = here("Anna", conversation_limit=1)
        here("Jana")
        busy(anna, 1)
        conversation = self.spoke(anna, routed(), timezone.now() - timedelta(days=9))

        assigning.route()

        assert owner(conversation) == "Jana"

    def test_of_another_number_does_not_count(self) -> None:
        here("Anna")
        jana = here("Jana")
        busy(jana, 1)
        conversation = self.spoke(jana, routed(), timezone.now() - timedelta(days=9))
        Conversation.objects.filter(pk=conversation.pk).update(channel=routed())

        assigning.route()

        assert owner(conversation) == "Anna"

    def test_is_who_spoke_most_recently(self) -> None:
        anna, jana = here("Anna"), here("Jana")
        channel = routed("round_robin")
        conversation = self.spoke(anna, channel, timezone.now() - timedelta(days=2))
        older = waits(
            channel, contact=conversation.contact, status="closed", waiting_since=None,
            first_replied_at=timezone.now(),
        )  # fmt: skip
        make_message(older, direction="out", author=jana, at=timezone.now() - timedelta(days=3))

        assigning.route()

        assert owner(conversation) == "Anna"

    def test_is_no_machine(self) -> None:
        here("Anna")
        jana = here("Jana")
        busy(jana, 1)
        conversation = self.spoke(jana, routed(), timezone.now() - timedelta(days=2))
        earlier = Conversation.objects.get(contact=conversation.contact, status="closed")
        make_message(earlier, direction="out", origin="automatic")

        assigning.route()

        assert owner(conversation) == "Jana"

    def test_is_forgotten_after_a_year(self) -> None:
        here("Anna")
        jana = here("Jana")
        busy(jana, 1)
        long_ago = timezone.now() - timedelta(days=400)
        conversation = self.spoke(jana, routed(), long_ago)
        Conversation.objects.filter(status="closed").update(last_message_at=long_ago)

        assigning.route()

        assert owner(conversation) == "Anna"


def test_what_was_given_back_does_not_come_again() -> None:
    anna = here("Anna")
    conversation = waits(routed())
    assigning.route()
    conversations.give_back(conversation, by=anna)

    assigning.route()
    assert owner(conversation) == ""

    here("Jana")
    assigning.route()
    assert owner(conversation) == "Jana"


def test_a_long_queue_that_fits_nobody_does_not_hide_who_fits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(assigning, "AT_ONCE", 3)
    anna = here("Anna")
    channel = routed()
    for minutes in range(20, 30):
        waits(channel, minutes, given_back_by=anna.pk)
    conversation = waits(channel, 1)

    assigning.route()

    assert owner(conversation) == "Anna"


def test_agents_of_other_teams_are_no_reason_to_look_through_the_queue() -> None:
    here("Anna", team=make_team())
    for minutes in range(3):
        waits(routed(), minutes + 1, team=make_team())

    assigning.route()

    assert not Conversation.objects.exclude(assignee=None).exists()


def test_it_does_not_ask_more_for_more_agents_and_longer_queues(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    channel = routed(conversation_limit=1)
    for number in range(12):
        busy(here(f"Agent {number}"), 1)
        waits(channel, number + 1)
    make_agent("Gone")
    routed_numbers()
    rule_work.awaited()

    # Is there anybody; then in a transaction (2): agents, teams, numbers,
    # loads, turns, and who waits.
    with django_assert_num_queries(9):
        assigning.route()
