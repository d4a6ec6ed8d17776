"""/conversations/<code>/quick-replies/"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inbox import quick_finding
from inbox.actions import quick_replies
from inbox.actions.quick_replies import Words
from inbox.models import Agent, Conversation
from tests.factories import make_agent, make_contact, make_conversation, make_team
from tests.inbox.quick_replies.made import make_quick_reply

pytestmark = pytest.mark.django_db


def listed(client: Client, conversation: Conversation) -> Any:
    return client.get(reverse("inbox:quick_list", args=[conversation.code])).json()


def found(client: Client, letters: str, conversation: Conversation | None = None) -> list[str]:
    conversation = conversation or make_conversation()
    url = reverse("inbox:quick_list", args=[conversation.code])
    return [item["shortcut"] for item in client.post(url, {"q": letters}).json()["items"]]


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_finding, "FEW", 0)


def test_few_are_handed_over_with_what_they_are_found_by(agent_client: Client) -> None:
    make_quick_reply("rück", "Grüße an {{ contact.first_name }}", name="Rücksendung")
    conversation = make_conversation(contact=make_contact(profile_name="Lena Hofmann"))

    answer = listed(agent_client, conversation)

    assert answer["all"] is True
    [item] = answer["items"]
    assert item["text"] == "Grüße an Lena"
    assert item["find"][0] == "ruck\nrueck"
    assert item["find"][2] == "grusse an \ngruesse an "


def test_each_sees_their_own_their_teams_and_everybodys(
    agent: Agent, agent_client: Client
) -> None:
    team, other = make_team(), make_team()
    agent.team = team
    agent.save()
    make_quick_reply("all")
    make_quick_reply("mine", owner=agent)
    make_quick_reply("ours", team=team)
    make_quick_reply("theirs", team=other)
    make_quick_reply("hers", owner=make_agent())
    quick_replies.archive(make_quick_reply("old"), by=None)
    conversation = make_conversation()

    shown = [item["shortcut"] for item in listed(agent_client, conversation)["items"]]

    assert shown == ["all", "mine", "ours"]
    assert found(agent_client, "", conversation) == shown


def test_the_text_is_that_for_this_customer(agent_client: Client) -> None:
    texts = (Words("Thank you", "en"), Words("Danke dir", "de", "du"), Words("Danke", "de"))
    make_quick_reply("danke", texts=texts)
    contact = make_contact(language="de", address_form="du")

    [item] = listed(agent_client, make_conversation(contact=contact))["items"]

    assert item["text"] == "Danke dir"


def test_of_many_those_that_fit_are_found(agent_client: Client, many: None) -> None:
    make_quick_reply("zahlung", "Bitte überweisen Sie", name="Zahlungserinnerung")
    make_quick_reply("bank", "IBAN", name="Zahlung per Bank")
    make_quick_reply("ware", "Nach der Zahlung kommt die Ware", name="Versand")
    make_quick_reply("anzahlung", "10 %", name="Vorab")
    make_quick_reply("nothing", "else")

    assert listed(agent_client, make_conversation()) == {"all": False, "items": []}
    assert found(agent_client, "Zahl") == ["zahlung", "anzahlung", "bank", "ware"]


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("ruck", "Die Rückgabe"),
        ("rueck", "Die RÜCKGABE"),
        ("rück", "Die Rückgabe"),
        ("strasse", "Große Straße"),
        ("Straße", "Grosse Strasse"),
        ("cafe", "Im Café"),
        ("100%", "100% Wolle"),
        ("a_b", "snake a_b"),
        (".*", "literal .* here"),
    ],
)
def test_umlauts_are_found_however_they_are_typed(
    agent_client: Client, letters: str, text: str
) -> None:
    make_quick_reply("one", text)
    make_quick_reply("two", "Nothing of this")

    assert found(agent_client, letters) == ["one"]


@pytest.mark.parametrize(
    "letters", ["\0", "(", "[a", "\\", "a" * 5000, "(a+)+$", "%", "' OR 1=1 --", "\ud83d\ude00"]
)
def test_whatever_is_typed_is_only_looked_for(agent_client: Client, letters: str) -> None:
    make_quick_reply("one", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")
    conversation = make_conversation()
    url = reverse("inbox:quick_list", args=[conversation.code])

    answer = agent_client.post(
        url, {"q": letters.encode("utf-16", "surrogatepass").decode("utf-16")}
    )

    assert answer.status_code == 200


def test_what_was_changed_is_found_by_what_it_says_now(agent_client: Client) -> None:
    reply = make_quick_reply("one", "Old words")
    assert found(agent_client, "old") == ["one"]
    content = quick_replies.content_of(reply)

    quick_replies.change(reply, replace(content, texts=(Words("New words"),)), by=None)

    assert found(agent_client, "old") == []
    assert found(agent_client, "new") == ["one"]


def test_a_long_list_takes_as_many_queries_as_a_short_one(agent_client: Client) -> None:
    conversation = make_conversation()
    agent_client.get("/me/")  # what is kept for a moment

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            listed(agent_client, conversation)
            found(agent_client, "dank", conversation)
        return len(asked)

    make_quick_reply("danke")
    few = queries()
    for number in range(30):
        make_quick_reply(f"danke-{number}", "Danke, {{ contact.name }}")

    # Each of both: session, agent, teams of numbers, conversation, replies, texts; and
    # whether and what was changed since the last time.
    assert queries() == few <= 14
