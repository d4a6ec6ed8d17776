"""GET /banners/: what is wrong with numbers, in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import factories

SOON = timedelta(hours=2)


def banners(client: Client) -> str:
    response = client.get(reverse("inbox:banners"))
    assert response.status_code == 200
    return response.content.decode()


def test_healthy_numbers_need_no_words(agent_client: Client) -> None:
    factories.make_channel()

    assert banners(agent_client).strip() == ""


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("auth", "WhatsApp no longer accepts the access of this number."),
        ("policy", "WhatsApp has stopped this number because of its rules."),
        ("something new", "WhatsApp refuses to send."),
    ],
)
def test_an_open_circuit_says_why(agent_client: Client, reason: str, words: str) -> None:
    factories.make_channel(name="Shop", circuit_opened_at=timezone.now(), circuit_reason=reason)

    page = banners(agent_client)

    assert "Shop:" in page
    assert words in page
    assert "Answers wait and leave by themselves later." in page


def test_a_restriction_says_until_when(agent_client: Client) -> None:
    factories.make_channel(replies_restricted_until=timezone.now() + SOON)
    factories.make_channel(business_initiated_restricted_until=timezone.now() + SOON)

    page = banners(agent_client)

    assert "Answers are not possible until" in page
    assert "Only people who wrote within 24 hours can be answered" in page


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("DISABLE", "WhatsApp says of its account: switched off."),
        ("SCHEDULE_FOR_DISABLE", "WhatsApp says of its account: will be switched off."),
        ("ACCOUNT_DELETED", "WhatsApp says of its account: deleted."),
        ("REINSTATE", ""),
        ("VERIFIED_ACCOUNT", ""),
    ],
)
def test_an_account_that_ends_is_told(agent_client: Client, status: str, words: str) -> None:
    factories.make_channel(account_status=status)

    page = banners(agent_client)

    assert words in page
    assert ("notice--danger" in page) is bool(words)


def test_what_has_passed_is_not_told(agent_client: Client) -> None:
    factories.make_channel(replies_restricted_until=timezone.now() - SOON)

    assert banners(agent_client).strip() == ""


def test_retired_numbers_are_silent(agent_client: Client) -> None:
    now = timezone.now()
    factories.make_channel(circuit_opened_at=now, retired_at=now)

    assert banners(agent_client).strip() == ""


def test_numbers_of_other_teams_are_not_told(agent_client: Client) -> None:
    hidden = factories.make_channel(name="Secret", circuit_opened_at=timezone.now())
    hidden.teams.add(factories.make_team())

    assert "Secret" not in banners(agent_client)


def test_only_admins_are_led_to_the_number(agent_client: Client, admin_client: Client) -> None:
    channel = factories.make_channel(circuit_opened_at=timezone.now())
    link = reverse("inbox:channel", args=[channel.code])

    assert link in banners(admin_client)
    assert link not in banners(agent_client)


@pytest.mark.django_db
def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    assert client.get(reverse("inbox:banners")).status_code == 302


def test_it_asks_little_of_the_database(
    agent_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        factories.make_channel(circuit_opened_at=timezone.now())
    banners(agent_client)

    with django_assert_num_queries(4):  # session, agent, numbers, what went back
        banners(agent_client)
