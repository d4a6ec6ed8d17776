"""What a browser hears over /live/, through a real server and on both transports."""

from __future__ import annotations

import time

import pytest
from django.db import transaction

from inbox import events
from inbox.models import Agent
from tests import factories
from tests.inbox.live.conftest import Listen


class Undo(Exception):
    """Rolls a transaction back."""


def test_a_hint_arrives_within_a_second_of_the_commit(agent: Agent, listen: Listen) -> None:
    conversation = factories.make_conversation()
    browser = listen(agent)

    events.publish(events.about(conversation, incoming=True))
    said_at = time.monotonic()

    hint = browser.hear("hint")
    assert time.monotonic() - said_at < 1
    assert hint["kind"] == "conversation"
    assert hint["code"] == str(conversation.code)
    assert hint["incoming"] is True


def test_nothing_is_heard_before_the_commit(agent: Agent, listen: Listen) -> None:
    first, second = factories.make_conversation(), factories.make_conversation()
    browser = listen(agent)

    with transaction.atomic():
        events.publish(events.about(first))
        time.sleep(0.3)  # three rounds of polling
        before = browser.heard()
    events.publish(events.about(second))

    assert before == []
    assert [browser.hear("hint")["code"] for _ in range(2)] == [
        str(first.code),
        str(second.code),
    ]


def test_what_was_rolled_back_is_never_heard(agent: Agent, listen: Listen) -> None:
    undone, kept = factories.make_conversation(), factories.make_conversation()
    browser = listen(agent)

    with pytest.raises(Undo), transaction.atomic():
        events.publish(events.about(undone))
        raise Undo
    events.publish(events.about(kept))

    assert browser.hear("hint")["code"] == str(kept.code)


def test_each_tab_hears_every_hint_once(agent: Agent, listen: Listen) -> None:
    conversation = factories.make_conversation()
    tabs = [listen(agent), listen(agent)]

    for number in range(20):
        conversation.assignee_id = number
        events.publish(events.about(conversation))

    for tab in tabs:
        assert [tab.hear("hint")["assignee"] for _ in range(20)] == list(range(20))


def test_other_teams_numbers_are_not_heard_of(agent: Agent, listen: Listen) -> None:
    hidden = factories.make_channel()
    hidden.teams.add(factories.make_team())
    secret = factories.make_conversation(channel=hidden)
    public = factories.make_conversation()
    browser = listen(agent)

    events.publish(events.about(secret))
    events.publish(events.about(public))

    assert browser.hear("hint")["code"] == str(public.code)


def test_admins_hear_of_every_number(admin: Agent, listen: Listen) -> None:
    hidden = factories.make_channel()
    hidden.teams.add(factories.make_team())
    secret = factories.make_conversation(channel=hidden)
    browser = listen(admin)

    events.publish(events.about(secret))

    assert browser.hear("hint")["code"] == str(secret.code)


def test_a_number_made_after_connecting_is_heard_of(agent: Agent, listen: Listen) -> None:
    browser = listen(agent)

    conversation = factories.make_conversation(channel=factories.make_channel())
    events.publish(events.about(conversation))

    assert browser.hear("hint")["code"] == str(conversation.code)


def test_a_number_taken_from_a_team_falls_silent(agent: Agent, listen: Listen) -> None:
    channel = factories.make_channel()
    conversation = factories.make_conversation(channel=channel)
    browser = listen(agent)

    with transaction.atomic():
        channel.teams.add(factories.make_team())
        events.publish(events.ChannelChanged(channel.pk))
    events.publish(events.about(conversation))
    events.publish(events.about(public := factories.make_conversation()))

    browser.hear("connected")  # what is shown has to be fetched again
    assert browser.hear("hint")["code"] == str(public.code)


def test_an_agent_who_changes_teams_hears_of_the_new_ones(agent: Agent, listen: Listen) -> None:
    team, channel = factories.make_team(), factories.make_channel()
    channel.teams.add(team)
    conversation = factories.make_conversation(channel=channel)
    browser = listen(agent)

    with transaction.atomic():
        Agent.objects.filter(pk=agent.pk).update(team=team)
        events.publish(events.AgentChanged(agent.pk))
    events.publish(events.about(conversation))

    browser.hear("connected")
    assert browser.hear("hint") == {"kind": "agent", "agent": agent.pk, "locked_out": False}
    assert browser.hear("hint")["code"] == str(conversation.code)


def test_everybody_hears_that_labels_changed(
    agent: Agent, colleague: Agent, listen: Listen
) -> None:
    browsers = [listen(agent), listen(colleague)]

    events.publish(events.LabelsChanged())

    for browser in browsers:
        assert browser.hear("hint") == {"kind": "labels"}
