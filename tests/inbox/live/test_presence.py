"""POST /live/presence/, and what the others in the conversation hear of it."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from inbox.live import presence
from inbox.models import Agent, Conversation
from tests import factories
from tests.inbox.live.conftest import Listen


def say(client: Client, conversation: Conversation, state: str) -> int:
    data = {"code": str(conversation.code), "state": state}
    return client.post(reverse("inbox:presence"), data).status_code


def person(agent: Agent) -> dict[str, str]:
    return {"code": str(agent.code), "name": agent.name}


def test_those_who_look_at_the_same_conversation_know_of_each_other(
    agent: Agent,
    colleague: Agent,
    agent_client: Client,
    colleague_client: Client,
    listen: Listen,
) -> None:
    conversation = factories.make_conversation()
    mine, theirs = listen(agent), listen(colleague)

    assert say(agent_client, conversation, "viewing") == 204
    assert say(colleague_client, conversation, "writing") == 204

    expected = {
        "code": str(conversation.code),
        "viewing": [person(agent)],
        "writing": [person(colleague)],
    }
    assert mine.hear("presence") == expected
    assert theirs.hear("presence") == expected


def test_who_leaves_is_not_shown_any_more(
    agent: Agent,
    colleague: Agent,
    agent_client: Client,
    colleague_client: Client,
    listen: Listen,
) -> None:
    conversation = factories.make_conversation()
    mine = listen(agent)
    say(agent_client, conversation, "viewing")
    say(colleague_client, conversation, "viewing")
    mine.hear("presence")

    say(colleague_client, conversation, "idle")

    assert mine.hear("presence")["viewing"] == [person(agent)]


def test_others_do_not_hear_of_it(
    agent: Agent, colleague: Agent, lead: Agent,
    agent_client: Client, colleague_client: Client, listen: Listen,
) -> None:  # fmt: skip
    conversation = factories.make_conversation()
    mine, elsewhere = listen(agent), listen(lead)

    say(agent_client, conversation, "viewing")
    say(colleague_client, conversation, "viewing")

    mine.hear("presence")
    assert elsewhere.heard() == []


def test_a_browser_that_died_is_forgotten_in_time(
    agent: Agent, colleague: Agent, transport: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = presence._store()
    code = str(uuid.uuid4())
    with monkeypatch.context() as patch:
        patch.setattr("inbox.live.presence.time.time", lambda: 1000.0)
        store.note(code, agent.pk, presence.State.WRITING)
        patch.setattr(
            "inbox.live.presence.time.time", lambda: 1000.0 + presence.LIFETIME_SECONDS
        )

        assert store.note(code, colleague.pk, presence.State.VIEWING) == {
            colleague.pk: "viewing"
        }


def test_old_conversations_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "MOST_REMEMBERED", 5)
    store = presence.LocalStore()
    monkeypatch.setattr("inbox.live.presence.time.time", lambda: 1000.0)
    for _ in range(5):
        store.note(str(uuid.uuid4()), 1, presence.State.VIEWING)
    monkeypatch.setattr("inbox.live.presence.time.time", lambda: 2000.0)

    store.note("newest", 1, presence.State.VIEWING)

    assert list(store._people) == ["newest"]
