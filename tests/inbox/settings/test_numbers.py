"""/settings/numbers/"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_django.asserts import assertContains, assertNotContains

from inbox.models import Channel, Conversation, Message
from tests.factories import make_channel, make_conversation, make_message, make_team
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db
URL = "/settings/numbers/"


def deliver(conversation: Conversation, **fields: Any) -> None:
    defaults: dict[str, Any] = {
        "direction": Message.Direction.OUT,
        "delivered_at": timezone.now(),
        "price_category": "service",
        "price_type": "free_customer_service",
    }
    make_message(conversation, **(defaults | fields))


def test_it_shows_how_each_number_is(admin_client: Client) -> None:
    make_channel(
        name="Service <1>",
        quality="RED",
        messaging_limit="TIER_250",
        circuit_opened_at=timezone.now(),
    ).teams.add(make_team("Returns"))
    make_channel(name="Sales", quality="GREEN")

    r = admin_client.get(URL)

    assertContains(r, "Service &lt;1&gt;")
    assertContains(r, "quality: low")
    assertContains(r, "limit: 250 people a day")
    assertContains(r, "sending stopped", count=1)
    assertContains(r, "sending works", count=1)
    assertContains(r, "Returns")
    assertContains(r, "everyone", count=1)


def test_service_messages_of_this_month_are_counted(admin_client: Client) -> None:
    conversation = make_conversation()
    last_month = timezone.localtime().replace(day=1) - timedelta(days=1)
    deliver(conversation)
    deliver(conversation, price_type="regular")
    deliver(conversation, price_type="free_entry_point")  # free whatever the month brings
    deliver(conversation, price_category="utility")
    deliver(conversation, delivered_at=last_month)
    deliver(conversation, delivered_at=None)

    assertContains(admin_client.get(URL), "2 of 1,000 free service messages used this month.")


@pytest.mark.parametrize(
    ("used", "shown", "tone"),
    [
        (3, "3 of 5 free service messages", "quiet"),
        (4, "4 of 5 free service messages", "notice--warn"),
        (5, "the 5 free ones are used up", "notice--danger"),
    ],
)
def test_it_warns_before_they_cost_money(
    admin_client: Client, settings: Settings, used: int, shown: str, tone: str
) -> None:
    settings.FREE_SERVICE_MESSAGES = 5
    conversation = make_conversation()
    for _ in range(used):
        deliver(conversation)

    r = admin_client.get(URL)

    assertContains(r, shown)
    assertContains(r, tone)


def test_no_number_yet_says_what_to_do(admin_client: Client) -> None:
    assertContains(admin_client.get(URL), "Connect the WhatsApp business number")


def test_given_up_numbers_are_not_listed(admin_client: Client) -> None:
    make_channel(name="Old line", retired_at=timezone.now())
    assertNotContains(admin_client.get(URL), "Old line")


def test_leads_see_the_numbers_of_their_teams_only(lead_client: Client) -> None:
    make_channel(name="Theirs").teams.add(make_team())
    make_channel(name="Everyones")

    r = lead_client.get(URL)

    assertContains(r, "Everyones")
    assertNotContains(r, "Theirs")
    assertNotContains(r, "Connect a number")


def test_who_is_let_in(statuses: Statuses) -> None:
    assert statuses(URL) == {"stranger": 302, "agent": 403, "lead": 200, "admin": 200}


def test_no_secret_is_on_the_page(admin_client: Client) -> None:
    make_channel(token="EAAsecret", verify_token="verify-me", secret="app-secret")

    r = admin_client.get(URL)

    for secret in ("EAAsecret", "verify-me", "app-secret"):
        assertNotContains(r, secret)


def test_the_number_of_queries_does_not_grow(
    admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        make_channel().teams.add(make_team())

    # session, agent, numbers, their teams, service messages
    with django_assert_num_queries(5):
        admin_client.get(URL)

    # What was counted a moment ago is not counted again.
    with django_assert_num_queries(4):
        admin_client.get(URL)


def test_counting_again_hears_of_new_messages(admin_client: Client) -> None:
    conversation = make_conversation()
    admin_client.get(URL)
    deliver(conversation)

    cache.clear()

    assert Channel.objects.count() == 1
    assertContains(admin_client.get(URL), "1 of 1,000")
