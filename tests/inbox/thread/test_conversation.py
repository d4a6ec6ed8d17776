"""GET /conversations/<code>/"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox.models import Agent, Channel, Conversation, Reaction
from tests.factories import (
    make_channel,
    make_contact,
    make_conversation,
    make_message,
    make_team,
)
from tests.inbox.thread.messages import make_answer, make_file

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def _url(conversation: Conversation) -> str:
    return reverse("inbox:conversation", args=[conversation.code])


def _hidden() -> Channel:
    channel = make_channel()
    channel.teams.add(make_team("Others"))
    return channel


def test_it_shows_who_and_what_was_said(agent_client: Client) -> None:
    conversation = make_conversation(contact=make_contact(profile_name="Lena Hofmann"))
    make_message(conversation, "Good morning")

    r = agent_client.get(_url(conversation), headers=HTMX)

    assertContains(r, "Lena Hofmann")
    assertContains(r, "Good morning")
    assertContains(r, "Answer window: 23 h 5")
    assertContains(r, 'id="person"')
    assert r.headers["HX-Push-Url"] == _url(conversation)
    assertNotContains(r, "<html")


def test_without_htmx_it_is_the_whole_inbox(agent_client: Client) -> None:
    conversation = make_conversation()
    make_message(conversation, "Good morning")

    r = agent_client.get(_url(conversation), {"in": "all"})

    assertContains(r, "<html")
    assertContains(r, "Good morning")
    assertContains(r, 'id="sidebar"')


def test_an_unknown_folder_in_the_address_does_no_harm(agent_client: Client) -> None:
    r = agent_client.get(_url(make_conversation()), {"in": "nonsense"})

    assert r.status_code == 200


def test_an_empty_one_says_so(agent_client: Client) -> None:
    r = agent_client.get(_url(make_conversation()), headers=HTMX)

    assertContains(r, "Nothing has been said yet.")


def test_the_newest_fifty_come_first_with_a_way_to_older_ones(agent_client: Client) -> None:
    conversation = make_conversation()
    start = timezone.now() - timedelta(hours=2)
    for n in range(60):
        make_message(conversation, f"Number {n}.", at=start + timedelta(minutes=n))

    r = agent_client.get(_url(conversation), headers=HTMX)

    assertContains(r, "Number 10.")
    assertNotContains(r, "Number 9.")
    assertContains(r, "Earlier messages")
    assertNotContains(r, "Newer messages")


def test_it_opens_around_a_message(agent_client: Client) -> None:
    conversation = make_conversation()
    start = timezone.now() - timedelta(hours=3)
    messages = [
        make_message(conversation, f"Number {n}.", at=start + timedelta(minutes=n))
        for n in range(120)
    ]

    r = agent_client.get(_url(conversation), {"at": str(messages[20].pk)}, headers=HTMX)

    assertContains(r, "Number 20.")
    assertNotContains(r, "Number 100.")
    assertContains(r, f'data-at="{messages[20].pk}"')
    assertContains(r, "Newer messages")


@pytest.mark.parametrize("at", ["x", "-1", "99999999999999999999999", "²"])
def test_a_wrong_place_is_the_end(agent_client: Client, at: str) -> None:
    conversation = make_conversation()
    make_message(conversation, "Good morning")

    r = agent_client.get(_url(conversation), {"at": at}, headers=HTMX)

    assertContains(r, "Good morning")


def test_unread_messages_have_a_line_above(agent_client: Client) -> None:
    conversation = make_conversation(unread_count=2)
    for words in ("one", "two", "three"):
        make_message(conversation, words)

    html = agent_client.get(_url(conversation), headers=HTMX).content.decode()

    assert html.index(">one<") < html.index("unread-line") < html.index(">two<")
    assert 'data-unread="yes"' in html


def test_looking_changes_nothing(agent_client: Client) -> None:
    conversation = make_conversation(unread_count=2)

    agent_client.get(_url(conversation), headers=HTMX)

    conversation.refresh_from_db()
    assert conversation.unread_count == 2


def test_a_closed_window_gives_the_reason_and_the_way_out(agent_client: Client) -> None:
    conversation = make_conversation(wrote=timedelta(hours=25))

    r = agent_client.get(_url(conversation), headers=HTMX)

    assertContains(r, "More than 24 hours have passed")
    assertContains(r, "Choose a template")
    assertNotContains(r, "data-reply-form")


def test_a_short_window_warns(agent_client: Client) -> None:
    conversation = make_conversation(wrote=timedelta(hours=22, minutes=30))

    r = agent_client.get(_url(conversation), headers=HTMX)

    assertContains(r, "window--short")


def test_what_stands_in_the_way_is_said(agent_client: Client) -> None:
    conversation = make_conversation(
        owned_elsewhere=True,
        channel=make_channel(circuit_opened_at=timezone.now()),
        contact=make_contact(blocked_at=timezone.now()),
    )

    r = agent_client.get(_url(conversation), headers=HTMX)

    assertContains(r, "WhatsApp takes no messages from this number now")
    assertContains(r, "Another app answers this person")
    assertContains(r, "You have blocked this person. Unblock them before you write.")


def test_it_says_who_has_it(agent_client: Client, agent: Agent, colleague: Agent) -> None:
    mine = make_conversation(assignee=agent)
    hers = make_conversation(assignee=colleague)
    teams = make_conversation(team=make_team("Returns"))

    assertContains(agent_client.get(_url(mine), headers=HTMX), "Assigned to you")
    assertContains(agent_client.get(_url(hers), headers=HTMX), "Assigned to Jana Meier")
    assertContains(agent_client.get(_url(teams), headers=HTMX), "For the team Returns")


def test_a_closed_one_can_be_reopened(agent_client: Client) -> None:
    conversation = make_conversation(status="closed")

    r = agent_client.get(_url(conversation), headers=HTMX)

    assertContains(r, "Reopen")


def test_furniture_has_this_conversations_addresses(agent_client: Client) -> None:
    first, second = make_conversation(), make_conversation()

    agent_client.get(_url(first), headers=HTMX)
    html = agent_client.get(_url(second), headers=HTMX).content.decode()

    assert str(first.code) not in html
    assert "00000000-0000-0000-0000-000000000000" not in html
    assert "csrftokenplace" not in html
    assert f"/conversations/{second.code}/compose/buttons/" in html


def test_furniture_speaks_the_agents_language(agent_client: Client, agent: Agent) -> None:
    conversation = make_conversation()
    english = agent_client.get(_url(conversation), headers=HTMX)
    agent.language = "de"
    agent.save(update_fields=["language"])

    german = agent_client.get(_url(conversation), headers=HTMX)

    assertContains(english, "Send something else")
    assert german.headers["Content-Language"] == "de"


def test_queries_do_not_grow_with_messages(
    agent_client: Client, agent: Agent, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    conversation = make_conversation(assignee=agent)
    now = timezone.now()
    for n in range(30):
        said = make_message(conversation, f"Number {n}", kind="image")
        make_file(said)
        answer = make_answer(conversation, quoted=said, author=agent)
        Reaction.objects.create(message=answer, from_us=False, emoji="👍", at=now)

    # session, agent, numbers' teams, conversation; messages, files, reactions, quoted ones;
    # consent
    with django_assert_num_queries(9):
        agent_client.get(_url(conversation), headers=HTMX)


def test_plain_texts_cost_no_query_for_files_and_quotes(
    agent_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    conversation = make_conversation()
    make_message(conversation)

    # session, agent, numbers' teams, conversation; messages, reactions; consent
    with django_assert_num_queries(7):
        agent_client.get(_url(conversation), headers=HTMX)


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    r = client.get(_url(make_conversation()))

    assert r.status_code == 302
    assert r.headers["Location"].startswith("/login/")


def test_hidden_and_unknown_ones_are_the_same_404(agent_client: Client) -> None:
    hidden = make_conversation(channel=_hidden())

    for code in (hidden.code, uuid4()):
        r = agent_client.get(reverse("inbox:conversation", args=[code]), headers=HTMX)
        assert r.status_code == 404


def test_it_rejects_post(agent_client: Client) -> None:
    assert agent_client.post(_url(make_conversation())).status_code == 405
