"""GET /inbox/<folder>/rows/"""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from inbox import listing
from inbox.models import Agent, Conversation, ConversationLabel, Label
from tests.factories import make_agent, make_channel, make_contact, make_conversation, make_team

pytestmark = pytest.mark.django_db
ALL = "/inbox/all/rows/"


def test_it_shows_who_wrote_and_what(agent_client: Client) -> None:
    conversation = make_conversation(
        contact=make_contact(profile_name="Lena Hofmann"),
        last_message_preview="Where is my parcel?",
        last_message_direction="in",
        last_message_kind="text",
        unread_count=2,
    )

    r = agent_client.get(ALL)

    assertContains(r, "Lena Hofmann")
    assertContains(r, "Where is my parcel?")
    assertContains(r, '<span class="badge">2')
    assertContains(r, f'id="row-{conversation.code}"')
    assertContains(r, f'href="/conversations/{conversation.code}/?in=all"')
    assert "data-unread" in r.text


def test_names_and_messages_are_only_ever_text(agent_client: Client) -> None:
    evil = "<script>alert(1)</script>{{ 7|add:7 }}{% debug %}\"'&"
    label = Label.objects.create(name=evil[:40])
    conversation = make_conversation(
        contact=make_contact(profile_name=evil),
        last_message_preview=evil,
        last_message_kind="text",
        assignee=make_agent(evil),
    )
    ConversationLabel.objects.create(conversation=conversation, label=label)

    r = agent_client.get(ALL)

    assertNotContains(r, "<script>alert")
    assertContains(r, "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}{% debug %}")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"last_message_kind": "voice"}, ["Voice message", "#microphone"]),
        (
            {"last_message_kind": "image", "last_message_preview": "My leg"},
            ["My leg", "#image"],
        ),
        ({"last_message_status": "read"}, ["#ticks", "Read"]),
        ({"last_message_status": "delivered"}, ["#ticks", "Delivered"]),
        ({"last_message_status": "sent"}, ["#tick", "Sent"]),
        ({"last_message_status": "queued"}, ["#clock", "Waiting to be sent"]),
        ({"last_message_status": "failed"}, ["#alert", "Not sent"]),
        ({"last_message_status": "uncertain"}, ["#question", "Perhaps not sent"]),
        ({"priority": 2}, ["#flag", "Urgent"]),
        ({"is_marked_unread": True}, ["Marked as unread"]),
        ({"unread_count": 100}, ["99+"]),
    ],
    ids=str,
)
def test_marks_come_with_words(
    agent_client: Client, fields: dict[str, Any], words: list[str]
) -> None:
    make_conversation(**{"last_message_direction": "out", "last_message_kind": "text"} | fields)

    r = agent_client.get(ALL)

    for word in words:
        assertContains(r, word)


def test_waiting_and_window_are_told_and_can_tick(agent_client: Client) -> None:
    make_conversation(wrote=timedelta(days=3, hours=12))

    r = agent_client.get(ALL)

    assertContains(r, "data-urgent>waits 3 d</span>")
    assertContains(r, ">window closed</span>")
    assertContains(r, 'data-waits-since="20')
    assertContains(r, 'data-window-until="20')


def test_a_bare_time_says_what_it_is_to_those_who_see_it_and_those_who_do_not(
    agent_client: Client,
) -> None:
    make_conversation()

    r = agent_client.get(ALL)

    assertContains(r, 'title="How long the customer has been waiting for an answer"')
    assertContains(r, '<span title="Time left to answer freely">')
    assertContains(r, '<span class="visually-hidden">Time left to answer freely: </span>')


def test_many_labels_are_counted(agent_client: Client) -> None:
    conversation = make_conversation()
    for number in range(5):
        label = Label.objects.create(name=f"Label {number}", position=number)
        ConversationLabel.objects.create(conversation=conversation, label=label)

    r = agent_client.get(ALL)

    assertContains(r, 'class="chip"', count=4)
    assertContains(r, "+2")
    assertContains(r, 'title="Label 3, Label 4"')


def test_a_change_shows_at_once_though_rows_are_remembered(agent_client: Client) -> None:
    conversation = make_conversation(contact=make_contact(profile_name="Before"))
    agent_client.get(ALL)
    conversation.contact.display_name = "After"
    conversation.contact.save()

    assertContains(agent_client.get(ALL), "After")


def test_each_agent_reads_their_own_language(agent_client: Client, agent: Agent) -> None:
    make_conversation(last_message_kind="voice")
    agent_client.get(ALL)
    agent.language = "de"
    agent.save()

    assertNotContains(agent_client.get(ALL), 'datetime=""')


def test_the_next_page_is_named_until_there_is_none(
    agent_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    for hours in range(3):
        make_conversation(wrote=timedelta(hours=hours))

    first = agent_client.get(ALL, {"sort": "newest"})
    more = unescape(first.text.split('hx-get="')[-1].split('"')[0])
    second = agent_client.get(more)

    assertContains(first, 'id="rows-more"')
    assertContains(second, '<li id="row-', count=1)
    assertNotContains(second, "rows-more")


def test_the_chosen_order_is_kept_for_other_folders(agent_client: Client) -> None:
    old = make_conversation(wrote=timedelta(hours=2))
    make_conversation(wrote=timedelta(hours=1))

    agent_client.get(ALL, {"sort": "newest"})
    newest = agent_client.get("/inbox/unassigned/rows/").text
    agent_client.get(ALL, {"sort": "waiting"})
    longest = agent_client.get("/inbox/unassigned/rows/").text

    assert newest.index(str(old.code)) > newest.index("<li") + 200
    assert longest.index(str(old.code)) < longest.index("<li") + 200


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("mine", "Nothing is waiting for you"),
        ("unassigned", "Nobody is left alone"),
        ("all", "No open conversation"),
        ("waiting", "No customer owes us an answer"),
        ("snoozed", "Nothing is put off"),
        ("closed", "Nothing is closed yet"),
    ],
)
def test_an_empty_folder_says_what_to_do(agent_client: Client, folder: str, words: str) -> None:
    assertContains(agent_client.get(f"/inbox/{folder}/rows/"), words)


def test_an_empty_filter_offers_everything(agent_client: Client, agent: Agent) -> None:
    r = agent_client.get(ALL, {"assignee": str(agent.code)})

    assertContains(r, "Nothing here fits the filter")
    assertContains(r, "Show all again")


@pytest.mark.parametrize("after", ["nonsense", "~", "2026-01-01~1", "\x00", "x" * 9999])
def test_a_broken_place_is_a_bad_request(agent_client: Client, after: str) -> None:
    assert agent_client.get(ALL, {"after": after}).status_code == 400


@pytest.mark.parametrize("name", ["label", "assignee", "number"])
@pytest.mark.parametrize(
    "value", ["nonsense", "\x00", "00000000-0000-0000-0000-000000000000", "' OR 1=1"]
)
def test_an_unknown_filter_is_not_found(agent_client: Client, name: str, value: str) -> None:
    assert agent_client.get(ALL, {name: value}).status_code == 404


def test_a_strange_order_is_the_usual_one(agent_client: Client) -> None:
    r = agent_client.get(ALL, {"sort": "'; drop"})

    assert r.status_code == 200
    assert "list_sort" not in r.cookies


def test_an_unknown_folder_is_not_found(agent_client: Client) -> None:
    assert agent_client.get("/inbox/nonsense/rows/").status_code == 404
    assert agent_client.get("/inbox/nonsense/").status_code == 404


def test_a_hidden_number_is_not_found_as_a_filter(agent_client: Client) -> None:
    secret = make_channel()
    secret.teams.add(make_team())
    make_conversation(channel=secret, contact=make_contact(profile_name="Hidden"))

    assertNotContains(agent_client.get(ALL), "Hidden")
    assert agent_client.get(ALL, {"number": str(secret.code)}).status_code == 404


def test_it_asks_strangers_to_sign_in(client: Client) -> None:
    assert client.get(ALL).status_code == 302


def test_it_rejects_post(agent_client: Client) -> None:
    assert agent_client.post(ALL).status_code == 405


@pytest.mark.parametrize("rows", [1, 40])
def test_the_number_of_queries_does_not_grow(
    agent_client: Client, django_assert_num_queries: Any, rows: int
) -> None:
    label, channel = Label.objects.create(name="VIP"), make_channel()
    for _ in range(rows):
        conversation = make_conversation(channel=channel, assignee=make_agent())
        ConversationLabel.objects.create(conversation=conversation, label=label)
    agent_client.get(ALL)  # "last seen" is written once in a few minutes

    # Session, agent, numbers hidden from the agent, rows, labels of the rows.
    with django_assert_num_queries(5):
        agent_client.get(ALL)
    # The label by its code; the first time also whether many conversations have it.
    with django_assert_num_queries(7):
        agent_client.get(ALL, {"label": str(label.code)})
    with django_assert_num_queries(6):
        agent_client.get(ALL, {"label": str(label.code)})


def test_the_row_of_the_open_conversation_is_marked(agent_client: Client) -> None:
    conversation = make_conversation()
    make_conversation()

    r = agent_client.get(ALL, {"current": str(conversation.code)})

    assertContains(r, 'aria-current="true"', count=1)


def test_addresses_have_names(agent_client: Client) -> None:
    conversation = make_conversation()

    assert reverse("inbox:rows", args=["all"]) == ALL
    assert Conversation.objects.get().get_absolute_url() in agent_client.get(ALL).text
    assert str(conversation.code) in agent_client.get(ALL).text
