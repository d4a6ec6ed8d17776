"""GET / and GET /inbox/<folder>/: the whole inbox"""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from inbox import listing
from inbox.models import Agent, Label
from tests.factories import (
    make_agent,
    make_channel,
    make_contact,
    make_conversation,
    make_message,
)

pytestmark = pytest.mark.django_db


def test_home_is_mine(agent_client: Client) -> None:
    assertRedirects(agent_client.get("/"), "/inbox/mine/")


def test_it_has_four_panes(agent_client: Client, agent: Agent) -> None:
    make_conversation(contact=make_contact(profile_name="Lena Hofmann"), assignee=agent)

    r = agent_client.get("/inbox/mine/")

    for pane in ("sidebar", "list", "conversation", "person"):
        assertContains(r, f'id="{pane}"', count=1)
    assertContains(r, "Lena Hofmann")
    assertContains(r, "Choose a conversation")


def test_an_open_conversation_is_marked_in_its_list(agent_client: Client, agent: Agent) -> None:
    conversation = make_conversation(assignee=agent)
    make_message(conversation, "Where is my parcel?")

    r = agent_client.get(f"/conversations/{conversation.code}/?in=mine")

    assertContains(r, "Where is my parcel?")
    assertContains(
        r, f'id="conversation" aria-label="Conversation" data-code="{conversation.code}"'
    )
    row = r.text[r.text.index(f'<li id="row-{conversation.code}"') :]
    assert 'aria-current="true"' in row[: row.index("</li>")]
    # The panel fetches the rest itself, so that the messages come first.
    assertContains(r, f'hx-get="/conversations/{conversation.code}/person/"')


def test_without_scripts_the_next_page_is_a_link(
    agent_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 1)
    for hours in (1, 2):
        contact = make_contact(profile_name=f"Wrote {hours} hours ago")
        make_conversation(contact=contact, wrote=timedelta(hours=hours))

    first = agent_client.get("/inbox/all/?sort=newest")
    more = first.text.split('id="rows-more"')[1].split('<a href="')[1].split('"')[0]
    second = agent_client.get(unescape(more))

    assertContains(first, "Wrote 1 hours ago")
    assertNotContains(first, "Wrote 2 hours ago")
    assertContains(second, "Wrote 2 hours ago")


def test_what_the_list_is_narrowed_to_can_be_taken_back(agent_client: Client) -> None:
    label = Label.objects.create(name="VIP")

    r = agent_client.get("/inbox/all/", {"label": str(label.code)})

    assertContains(r, "Show all again")
    assertContains(r, f'hx-get="/inbox/all/filter/?label={label.code}"')
    assertContains(r, f'/inbox/all/?label={label.code}&amp;sort=newest"')


def test_colours_of_labels_come_as_a_stylesheet(agent_client: Client) -> None:
    good = Label.objects.create(name="good", colour="#be123c")
    Label.objects.create(name="bad", colour="red;}*{")

    r = agent_client.get("/labels.css")

    assert r.headers["Content-Type"] == "text/css"
    assert r.text == f'[data-label="{good.pk}"] {{ --c: #be123c; }}'


@pytest.mark.parametrize("address", ["/", "/inbox/all/", "/labels.css"])
def test_it_asks_strangers_to_sign_in(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("rows", [1, 31])
def test_the_number_of_queries_does_not_grow(
    agent_client: Client, django_assert_num_queries: Any, rows: int
) -> None:
    channel = make_channel()
    for _ in range(rows):
        make_conversation(channel=channel, assignee=make_agent())
    agent_client.get("/inbox/all/")

    # Session, agent, numbers hidden from the agent, rows, labels of the rows, how many are
    # theirs, saved views. The rest of the sidebar was counted a moment ago.
    with django_assert_num_queries(7):
        agent_client.get("/inbox/all/")


def test_the_page_follows_what_the_agent_changes_of_themselves(
    agent_client: Client, agent: Agent
) -> None:
    agent_client.get("/inbox/mine/")
    agent.name, agent.theme, agent.plays_sound = "Anna <Berg>", "dark", False
    agent.save()

    r = agent_client.get("/inbox/mine/")

    assertContains(r, "Me: Anna &lt;Berg&gt;")
    assertContains(r, 'data-theme="dark"')
    assertContains(r, 'data-sound="no"')


def test_each_page_has_its_own_token_and_knows_its_address(agent_client: Client) -> None:
    texts = [
        agent_client.get(path).text for path in ("/inbox/mine/", "/inbox/all/?sort=newest")
    ]

    tokens = [text.split('name="csrf-token" content="')[1].split('"')[0] for text in texts]
    assert len(set(tokens)) == 2
    assert all(len(token) == 64 for token in tokens)
    assert "next=%2Finbox%2Fall%2F%3Fsort%3Dnewest" in texts[1]


def test_what_just_happened_is_said_once(agent_client: Client, agent: Agent) -> None:
    agent_client.get("/inbox/mine/")
    request = RequestFactory().get("/")
    request.session = agent_client.session
    storage = FallbackStorage(request)
    storage.add(messages.SUCCESS, "That <worked>")
    cookies = HttpResponse()
    storage.update(cookies)
    agent_client.cookies.update(cookies.cookies)

    assertContains(agent_client.get("/inbox/mine/"), "That &lt;worked&gt;")
    assertNotContains(agent_client.get("/inbox/mine/"), "worked")
