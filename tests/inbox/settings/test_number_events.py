"""/settings/numbers/<code>/events/"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox.models import Agent, Channel, ChannelEvent
from inbox.views.settings import event_words
from inbox.views.settings import number_events as view
from tests.factories import make_channel
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    return make_channel()


def page(channel: Channel) -> str:
    return f"/settings/numbers/{channel.code}/events/"


def make_event(channel: Channel, **fields: Any) -> ChannelEvent:
    defaults = {"kind": "account_update", "severity": "alert", "dedupe_key": uuid4().hex}
    return channel.events.create(**(defaults | fields))


def test_each_is_said_in_words(admin_client: Client, channel: Channel) -> None:
    make_event(channel, data={"event": "ACCOUNT_VIOLATION", "x": "<script>alert(1)"})
    make_event(channel, kind="something_new", data=["not", "an", "object"])

    r = admin_client.get(page(channel))

    assertContains(r, "The account changed · warned: it broke")
    assertContains(r, "something_new")
    assertContains(r, "&lt;script&gt;alert(1)")
    assertNotContains(r, "<script>alert(1)")


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        (
            "phone_number_quality_update",
            {"event": "DOWNGRADE", "current_limit": "TIER_250"},
            "The quality or limit of the number changed · limit lowered · 250 people a day",
        ),
        (
            "phone_number_name_update",
            {"decision": "REJECTED", "rejection_reason": None},
            "Meta decided about the name of the number · rejected",
        ),
        (
            "message_template_status_update",
            {"event": "PAUSED", "message_template_name": "spring_sale"},
            "The state of a template changed · Paused · spring_sale",
        ),
        (
            "template_category_update",
            {"message_template_name": "spring_sale", "new_category": "MARKETING"},
            "The category of a template changed · spring_sale · Advertising",
        ),
        ("account_update", {"event": "BRAND_NEW"}, "The account changed · BRAND_NEW"),
        (
            "account_alerts",
            {"alert_info": {"alert_type": "OBA_REJECTED", "alert_description": "No badge"}},
            "Meta warns about the account · OBA_REJECTED · No badge",
        ),
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}},
            "The account changed · switched off",
        ),
        (
            "account_update",
            {
                "event": "DISABLED_UPDATE",
                "ban_info": {"waba_ban_state": ["DISABLE", "REINSTATE"]},
            },
            "The account changed · allowed again",
        ),
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": []}},
            "The account changed · may be switched off",
        ),
        (
            "account_update",
            {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SCAM"}},
            "The account changed · warned: it broke WhatsApp's rules · SCAM",
        ),
        ("group_settings_update", {}, "Something about a group"),
        (
            "message_template_status_update",
            {"event": "APPROVED", "message_template_name": "pickup", "reason": "NONE"},
            "The state of a template changed · Approved · pickup",
        ),
        (
            "template_category_update",
            {"message_template_name": "pickup", "correct_category": "MARKETING"},
            "Meta finds another category right · pickup · Advertising",
        ),
        (
            "template_category_update",
            {"new_category": "MARKETING", "correct_category": "MARKETING"},
            "The category of a template changed · Advertising",
        ),
        (
            "errors",
            {"errors": [{"code": 130429, "title": "Slow down", "message": "Slow down"}]},
            "Meta reported a problem · Slow down · 130429",
        ),
        ("errors", {"item": [{"code": 5}]}, "Meta reported a problem · 5"),
        ("errors", {"errors": []}, "Meta reported a problem"),
        (
            "security",
            {"event": "PIN_RESET_REQUEST"},
            "Something about the security of the number · somebody asks for a new PIN",
        ),
    ],
)
def test_what_matters_is_said(
    channel: Channel, kind: str, data: dict[str, object], words: str
) -> None:
    assert event_words.sentence(make_event(channel, kind=kind, data=data)) == words


def test_leads_read_the_words_and_not_what_meta_sent(
    lead_client: Client, channel: Channel
) -> None:
    make_event(channel, data={"event": "ACCOUNT_VIOLATION", "inner": "raw words"})

    r = lead_client.get(page(channel))

    assertContains(r, "warned: it broke")
    assertNotContains(r, "raw words")
    assertNotContains(r, "acknowledge")


def test_taking_note_is_kept_with_who_did(
    admin_client: Client, admin: Agent, channel: Channel
) -> None:
    event = make_event(channel)
    number = f"/settings/numbers/{channel.code}/"
    assertContains(admin_client.get(number), "The account changed")

    form = {"event": event.dedupe_key}
    r = admin_client.post(f"{page(channel)}acknowledge/", form, follow=True)

    assertContains(r, "Adele Minck took note")
    event.refresh_from_db()
    assert event.acknowledged_by == admin
    assertNotContains(admin_client.get(number), "The account changed")


def test_it_pages_by_key(
    admin_client: Client, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "PAGE", 2)
    now = timezone.now()
    events = [make_event(channel, at=now) for _ in range(3)]
    oldest = make_event(channel, at=now - timedelta(days=1))

    first = admin_client.get(page(channel))
    second = admin_client.get(f"{page(channel)}?before={first.context['more'].dedupe_key}")

    assert [row.event for row in first.context["rows"]] == [events[2], events[1]]
    assert [row.event for row in second.context["rows"]] == [events[0], oldest]


def test_an_event_of_another_number_is_not_here(admin_client: Client, channel: Channel) -> None:
    form = {"event": make_event(make_channel()).dedupe_key}
    assert admin_client.post(f"{page(channel)}acknowledge/", form).status_code == 404


def test_who_is_let_in(statuses: Statuses, channel: Channel) -> None:
    form: dict[str, object] = {"event": make_event(channel).dedupe_key}
    acknowledge = f"{page(channel)}acknowledge/"
    only_admin = {"stranger": 302, "agent": 403, "lead": 403, "admin": 302}
    assert statuses(page(channel)) == only_admin | {"lead": 200, "admin": 200}
    assert statuses(acknowledge, form) == only_admin
    assert statuses(acknowledge)["admin"] == 405


def test_the_number_of_queries_does_not_grow(
    admin_client: Client,
    admin: Agent,
    channel: Channel,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(5):
        make_event(channel, acknowledged_at=timezone.now(), acknowledged_by=admin)

    # session, agent, number, events with who took note
    with django_assert_num_queries(4):
        admin_client.get(page(channel))
