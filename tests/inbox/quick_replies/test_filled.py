"""GET /conversations/<code>/quick-replies/<code>/"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from consent import gate
from inbox.actions import quick_replies
from inbox.actions.quick_replies import Words
from inbox.models import Agent, Conversation, Label, QuickReply
from tests.factories import make_agent, make_contact, make_conversation, make_team
from tests.inbox.quick_replies.made import add_file, make_quick_reply
from tests.inbox.replies_views.drafts import hidden_channel

pytestmark = pytest.mark.django_db


def ask(client: Client, conversation: Conversation, reply: QuickReply, **query: str) -> Any:
    url = reverse("inbox:quick_filled", args=[conversation.code, reply.code])
    return client.get(url, query)


def test_it_is_filled_for_this_customer_and_agent(agent_client: Client) -> None:
    reply = make_quick_reply(
        "hi", "Hello {{ contact.first_name | there }}, this is {{ agent.name }}."
    )
    conversation = make_conversation(contact=make_contact(profile_name="Lena Hofmann"))

    answer = ask(agent_client, conversation, reply).json()

    assert answer["text"] == "Hello Lena, this is Anna Keller."
    assert answer["badge"] == answer["refusal"] == answer["hint"] == ""


def test_what_nothing_is_known_for_stays_to_be_typed_over(agent_client: Client) -> None:
    reply = make_quick_reply("team", "From {{ team.name }}")

    answer = ask(agent_client, make_conversation(), reply).json()

    assert answer["text"] == "From {{ team.name }}"
    assert answer["labels"] == {"team.name": "Team of the conversation"}


def test_a_name_with_places_in_it_is_not_filled_again(agent_client: Client) -> None:
    reply = make_quick_reply("hi", "Hello {{ contact.name }}")
    contact = make_contact(profile_name="{{ agent.name }}")

    answer = ask(agent_client, make_conversation(contact=contact), reply).json()

    assert answer["text"] == "Hello {{ agent.name }}"


def test_another_text_can_be_asked_for(agent_client: Client) -> None:
    texts = (
        Words("Thank you", "en", buttons=("Fine",)),
        Words("Danke dir", "de", "du", buttons=("Passt",)),
    )
    reply = make_quick_reply("danke", texts=texts)
    conversation = make_conversation(contact=make_contact(language="en"))

    first = ask(agent_client, conversation, reply).json()
    other = ask(agent_client, conversation, reply, text="de.du").json()
    nonsense = ask(agent_client, conversation, reply, text="<b>").json()

    assert (first["text"], first["variant"], first["buttons"]) == ("Thank you", "en.", ["Fine"])
    assert (other["text"], other["variant"], other["buttons"]) == (
        "Danke dir", "de.du", ["Passt"],
    )  # fmt: skip
    assert nonsense == first
    assert [each["name"] for each in first["variants"]] == ["de.du", "en."]


def test_what_goes_along_is_said_in_words(agent_client: Client) -> None:
    label, jana = Label.objects.create(name="Retoure"), make_agent("Jana Meier")
    acts = {"labels": [str(label.code)], "close": True, "assign_agent": str(jana.code)}
    reply = make_quick_reply("r", "Text", acts=acts)
    file = add_file(reply, "rücksendung.pdf", b"%PDF-1.4", "application/pdf")

    answer = ask(agent_client, make_conversation(), reply).json()

    assert [act["text"] for act in answer["acts"]] == [
        "Label “Retoure”",
        "Assign to Jana Meier",
        "Close the conversation",
    ]
    assert answer["files"] == [
        {
            "stored": str(file.code),
            "name": "rücksendung.pdf",
            "type": "application/pdf",
            "size": 8,
        }
    ]


@pytest.mark.parametrize(
    "acts",
    [
        {"labels": [str(uuid4())]},
        {"assign_agent": str(uuid4())},
        {"assign_team": str(uuid4())},
        {"labels": ["nonsense"], "assign_agent": str(uuid4()), "snooze_hours": "many"},
    ],
)
def test_what_is_gone_is_left_out_with_a_word(
    agent_client: Client, acts: dict[str, Any]
) -> None:
    reply = make_quick_reply("r", "Text", acts=acts)

    answer = ask(agent_client, make_conversation(), reply).json()

    assert answer["acts"] == []
    assert "left out" in answer["hint"]


def test_advertising_is_said_to_be_refused_at_once(agent_client: Client) -> None:
    reply = make_quick_reply("sale", "20 % off", content_class="advertising")
    conversation = make_conversation()
    stopped = make_conversation()
    gate.hear(stopped.contact.consent_subject, "STOP", at=stopped.opened_at)

    answers = [ask(agent_client, each, reply).json() for each in (conversation, stopped)]

    assert [answer["badge"] for answer in answers] == ["Advertising"] * 2
    assert "has not agreed to advertising" in answers[0]["refusal"]
    assert "does not want advertising" in answers[1]["refusal"]


def test_foreign_and_unknown_ones_are_not_there(agent: Agent, agent_client: Client) -> None:
    conversation, mine = make_conversation(), make_quick_reply("mine", owner=agent)
    archived = make_quick_reply("old")
    quick_replies.archive(archived, by=None)
    foreign = [
        make_quick_reply("hers", owner=make_agent()),
        make_quick_reply("theirs", team=make_team()),
        QuickReply(code=uuid4()),
        archived,
    ]

    assert ask(agent_client, conversation, mine).status_code == 200
    assert {ask(agent_client, conversation, each).status_code for each in foreign} == {404}
    hidden = make_conversation(channel=hidden_channel(), wrote=timedelta(minutes=1))
    assert ask(agent_client, hidden, mine).status_code == 404
