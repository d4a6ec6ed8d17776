"""Following: POST …/follow/ and …/unfollow/, the folder, and who hears of what"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox import events
from inbox.actions import followers
from inbox.actions.inbound import news
from inbox.actions.statements import fetch
from inbox.models import Agent, Conversation, Follower, Message
from tests.factories import make_agent, make_channel, make_contact, make_conversation
from tests.inbox.inbound.posting import deliver, of_number, text
from tests.inbox.replies_views.drafts import hidden_channel
from tests.inbox.together.writing import note

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PHONE = "491700000123"


def ask(client: Client, name: str, conversation: Conversation) -> Any:
    url = reverse(f"inbox:{name}", args=[conversation.code])
    return client.post(url, headers=HTMX)


def lines() -> list[str]:
    return [m.content["event"] for m in Message.objects.filter(kind="event").order_by("pk")]


def called(published: list[events.HintBody]) -> list[tuple[tuple[int, ...], str]]:
    return [(h.agents, h.why) for h in published if isinstance(h, events.Called)]


def test_following_and_not_any_more(agent_client: Client, agent: Agent) -> None:
    conversation = make_conversation()

    following = ask(agent_client, "follow", conversation)
    again = ask(agent_client, "follow", conversation)

    assertContains(following, "Anna Keller")
    assertContains(again, "Do not follow any more")
    conversation.refresh_from_db()
    assert (conversation.is_followed, Follower.objects.count()) == (True, 1)
    not_any_more = ask(agent_client, "unfollow", conversation)
    ask(agent_client, "unfollow", conversation)
    assertNotContains(not_any_more, "Anna Keller")
    conversation.refresh_from_db()
    assert not conversation.is_followed
    assert lines() == ["followed", "unfollowed"]


def test_the_flag_stays_while_others_follow(agent: Agent, colleague: Agent) -> None:
    conversation = make_conversation()
    followers.follow(conversation, by=agent)
    followers.follow(conversation, by=colleague)

    followers.unfollow(conversation, by=agent)

    conversation.refresh_from_db()
    assert conversation.is_followed


def test_without_scripts_it_leads_back(agent_client: Client) -> None:
    conversation = make_conversation()

    r = agent_client.post(reverse("inbox:follow", args=[conversation.code]))

    assert r.headers["Location"] == conversation.get_absolute_url()


def test_the_folder_holds_what_one_follows_until_it_is_closed(
    agent_client: Client, agent: Agent, colleague: Agent
) -> None:
    channel = make_channel()
    names = ("Open One", "Snoozed One", "Closed One", "Other One")
    people = [make_contact(profile_name=name) for name in names]
    states = ("open", "snoozed", "closed", "open")
    for person, status in zip(people, states, strict=True):
        conversation = make_conversation(contact=person, channel=channel, status=status)
        by = colleague if person.profile_name == "Other One" else agent
        followers.follow(conversation, by=by)

    r = agent_client.get(reverse("inbox:folder", args=["following"]))

    for name in names[:2]:
        assertContains(r, name)
    for name in names[2:]:
        assertNotContains(r, name)
    assertContains(r, '<span class="sidebar__count">2</span>')


def test_a_right_that_was_taken_takes_it_out_of_the_folder(
    agent_client: Client, agent: Agent
) -> None:
    conversation = make_conversation(contact=make_contact(profile_name="Lena Hofmann"))
    followers.follow(conversation, by=agent)

    conversation.channel.teams.set(hidden_channel().teams.all())

    r = agent_client.get(reverse("inbox:folder", args=["following"]))
    assertNotContains(r, "Lena Hofmann")


def test_a_note_calls_followers_but_not_its_author_or_who_is_named(
    agent: Agent, colleague: Agent, lead: Agent, published: list[events.HintBody]
) -> None:
    conversation = make_conversation()
    for each in (agent, colleague, lead):
        followers.follow(conversation, by=each)
    published.clear()

    note(conversation, agent, "See", colleague)

    assert called(published) == [((colleague.pk,), "mention"), ((lead.pk,), "note")]


def arrive(conversation: Conversation) -> None:
    said = text("Hello", from_=conversation.contact.phone)
    deliver(of_number(conversation.channel, messages=[said]))


def test_a_customers_message_calls_the_followers(
    agent: Agent, colleague: Agent, published: list[events.HintBody]
) -> None:
    conversation = make_conversation(contact=make_contact(phone=PHONE))
    for each in (agent, colleague):
        followers.follow(conversation, by=each)
    published.clear()

    arrive(conversation)

    assert called(published) == [((agent.pk, colleague.pk), "followed")]


def test_a_batch_asks_for_followers_only_where_there_are_any_and_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its statements go past Django, so that they are counted where they are asked."""
    asked: list[str] = []

    def ask(statement: str, *values: Any) -> Any:
        asked.append(statement)
        return fetch(statement, *values)

    monkeypatch.setattr(news, "fetch", ask)
    channel = make_channel()
    people = [make_contact(phone=f"49170000012{number}") for number in range(3)]
    conversations = [make_conversation(contact=p, channel=channel) for p in people]
    posts = [[text("Hello", from_=p.phone) for p in people] for _ in range(2)]

    deliver(of_number(channel, messages=posts[0]))
    assert asked == [news.CHANGED]
    asked.clear()
    for conversation in conversations:
        for _ in range(2):
            followers.follow(conversation, by=make_agent())
    deliver(of_number(channel, messages=posts[1]))

    assert asked == [news.CHANGED, news.FOLLOWERS]


def test_the_panel_asks_for_followers_only_where_there_are_any(
    agent_client: Client, agent: Agent, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    conversation = make_conversation()
    url = reverse("inbox:person", args=[conversation.code])
    agent_client.get(url)

    with CaptureQueriesContext(connection) as alone:
        agent_client.get(url)
    for each in (agent, make_agent(), make_agent()):
        followers.follow(conversation, by=each)
    with django_assert_num_queries(len(alone) + 1):
        agent_client.get(url)


def test_what_is_put_off_without_a_moment_ends_when_the_customer_writes() -> None:
    conversation = make_conversation(contact=make_contact(phone=PHONE), status="snoozed")
    assert conversation.snoozed_until is None

    arrive(conversation)

    conversation.refresh_from_db()
    assert conversation.status == "open"
