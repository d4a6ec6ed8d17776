"""/settings/templates/"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox.models import Template
from tests.factories import make_channel, make_team
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db
URL = "/settings/templates/"
BODY = {"type": "BODY", "text": "Hello {{1}}, your order <b>is</b> here"}


def make_template(name: str, **fields: Any) -> Template:
    defaults = {
        "waba_id": "100000000000001",
        "meta_id": name,
        "language": "de",
        "status": "APPROVED",
        "category": "UTILITY",
        "components": [BODY],
    }
    return Template.objects.create(name=name, **(defaults | fields))


def test_each_is_shown_with_state_and_text(lead_client: Client) -> None:
    make_channel()
    make_template("order_ready")
    make_template("rejected_one", status="REJECTED", rejected_reason="INVALID_FORMAT")
    make_template("new_reason", status="REJECTED", rejected_reason="OF_TOMORROW")
    make_template("fine_one", status="PAUSED", rejected_reason="NONE")
    make_template("odd_one", status="SOMETHING_NEW", components={"no": "list"})

    r = lead_client.get(URL)

    assertContains(r, "Hello {{1}}, your order &lt;b&gt;is&lt;/b&gt; here")
    assertContains(r, "Approved", count=1)
    assertContains(r, "Its form or its placeholders are wrong.")
    assertContains(r, 'title="INVALID_FORMAT"')
    assertContains(r, "OF_TOMORROW")
    assertNotContains(r, "NONE")
    assertContains(r, "Not usable", count=1)


def test_gone_ones_and_those_of_numbers_one_may_not_see_are_not(lead_client: Client) -> None:
    make_channel(waba_id="2").teams.add(make_team())
    make_channel()
    make_template("gone", gone_at=timezone.now())
    make_template("theirs", waba_id="2")

    r = lead_client.get(URL)

    assertNotContains(r, "gone")
    assertNotContains(r, "theirs")


def test_none_yet_says_where_they_come_from(admin_client: Client) -> None:
    assertContains(admin_client.get(URL), "They are made at Meta")


def test_who_is_let_in(statuses: Statuses) -> None:
    assert statuses(URL) == {"stranger": 302, "agent": 403, "lead": 200, "admin": 200}


def test_the_number_of_queries_does_not_grow(
    admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_channel()
    for n in range(5):
        make_template(f"template_{n}")

    # session, agent, numbers, templates
    with django_assert_num_queries(4):
        admin_client.get(URL)
