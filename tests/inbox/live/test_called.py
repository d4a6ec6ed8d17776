"""Being called to a conversation: heard by those who are called, and who may see it"""

from __future__ import annotations

from inbox import events
from inbox.models import Agent
from tests import factories
from tests.inbox.live.conftest import Listen
from tests.inbox.replies_views.drafts import hidden_channel


def test_only_those_who_are_called_hear_of_it_and_not_who_else_was(
    agent: Agent, colleague: Agent, lead: Agent, listen: Listen
) -> None:
    conversation = factories.make_conversation()
    called, other = listen(agent), listen(colleague)

    events.publish(events.called(conversation, [agent.pk, lead.pk], "mention"))
    events.publish(events.about(conversation))

    assert called.hear("hint") == {
        "kind": "called",
        "code": str(conversation.code),
        "channel": conversation.channel_id,
        "why": "mention",
    }
    assert other.hear("hint")["kind"] == "conversation"


def test_who_may_not_see_the_number_is_not_called(agent: Agent, listen: Listen) -> None:
    hidden = factories.make_conversation(channel=hidden_channel())
    seen = factories.make_conversation()
    browser = listen(agent)

    events.publish(events.called(hidden, [agent.pk], "reminder"))
    events.publish(events.called(seen, [agent.pk], "reminder"))

    assert browser.hear("hint")["code"] == str(seen.code)
