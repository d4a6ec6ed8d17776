"""What browsers hear of an act, through a real server and on both transports"""

from __future__ import annotations

from inbox import events
from inbox.models import Agent
from tests import factories
from tests.inbox.live.conftest import Listen


def test_only_who_asked_for_it_hears_how_far_it_is(
    agent: Agent, colleague: Agent, listen: Listen
) -> None:
    conversation = factories.make_conversation()
    tabs, other = [listen(agent), listen(agent)], listen(colleague)

    events.publish(events.BulkActMoved(agent=agent.pk, code="a-code"))
    events.publish(events.about(conversation))

    for tab in tabs:
        assert tab.hear("hint") == {"kind": "bulk_act", "agent": agent.pk, "code": "a-code"}
    assert other.hear("hint")["kind"] == "conversation"


def test_what_is_told_together_is_heard_once_each(agent: Agent, listen: Listen) -> None:
    first, second = factories.make_conversation(), factories.make_conversation()
    browser = listen(agent)

    with events.together():
        events.publish(events.about(first))
        events.publish(events.about(first), events.about(second))
        assert browser.heard() == []
    events.publish(events.LabelsChanged())

    heard = [browser.hear("hint") for _ in range(3)]
    assert [hint.get("code") for hint in heard] == [str(first.code), str(second.code), None]
