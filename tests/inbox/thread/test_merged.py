"""GET /conversations/<code>/ of a conversation that went into another"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from inbox.actions.inbound.merging import merge
from inbox.actions.inbound.news import News
from inbox.models import Channel, Conversation
from tests.factories import make_channel, make_conversation, make_message, make_team

pytestmark = pytest.mark.django_db


def into(kept: Conversation, gone: Conversation) -> Conversation:
    merge(into=kept.contact, gone=gone.contact, news=News())
    return kept


def make(channel: Channel) -> Conversation:
    conversation = make_conversation(channel=channel)
    make_message(conversation, "Hello")
    return conversation


def test_an_old_link_leads_to_the_one_that_is_left(agent_client: Client) -> None:
    channel = make_channel()
    kept, gone = make(channel), make(channel)
    old = gone.get_absolute_url()

    into(kept, gone)

    r = agent_client.get(f"{old}?in=mine")
    assertRedirects(r, f"{kept.get_absolute_url()}?in=mine&was={gone.code}")
    assert agent_client.get(f"{old}messages/").status_code == 404  # its page says where it went


def test_it_leads_on_when_that_one_went_into_a_third(agent_client: Client) -> None:
    channel = make_channel()
    first, second, third = make(channel), make(channel), make(channel)
    old = first.get_absolute_url()

    into(third, into(second, first))

    r = agent_client.get(old)
    assertRedirects(r, f"{third.get_absolute_url()}?in=mine&was={first.code}")


def test_who_may_not_see_it_learns_nothing(agent_client: Client) -> None:
    channel = make_channel()
    kept, gone = make(channel), make(channel)
    into(kept, gone)
    channel.teams.add(make_team())

    r = agent_client.get(reverse("inbox:conversation", args=[gone.code]))

    assert r.status_code == 404
