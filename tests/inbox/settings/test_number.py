"""/settings/numbers/<code>/: how it is, how it behaves, checking, giving up"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_django.asserts import assertContains, assertNotContains

from inbox.events import ChannelChanged, HintBody
from inbox.models import Channel
from tests.factories import make_channel, make_team
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db
FORM = {"name": "Service", "sends_typing": "on", "reopen_hours": "48"}


def page(channel: Channel) -> str:
    return f"/settings/numbers/{channel.code}/"


@pytest.fixture
def channel() -> Channel:
    return make_channel(token="EAAsecret", verify_token="verify-me", secret="app-secret")


@pytest.fixture(autouse=True)
def _meta_is_out_of_reach(settings: Settings) -> None:
    settings.GRAPH_BASE_URL = "http://127.0.0.1:9"  # "discard": nobody listens


def test_an_admin_changes_how_it_behaves(
    admin_client: Client, channel: Channel, published: list[HintBody]
) -> None:
    team = make_team()

    admin_client.post(page(channel), FORM | {"teams": [str(team.code)]})

    channel.refresh_from_db()
    assert (channel.name, channel.reopen_hours) == ("Service", 48)
    assert (channel.sends_read_marks, channel.sends_typing) == (False, True)
    assert list(channel.teams.all()) == [team]
    assert published == [ChannelChanged(channel.pk)]


def test_the_teams_it_belongs_to_are_ticked(admin_client: Client, channel: Channel) -> None:
    team = make_team()
    channel.teams.add(team)
    r = admin_client.get(page(channel))
    assertContains(r, f'value="{team.code}" id="id_teams_0" checked')


@pytest.mark.parametrize(
    ("field", "wrong"), [("name", ""), ("reopen_hours", "-1"), ("reopen_hours", "soon")]
)
def test_what_is_wrong_is_said(
    admin_client: Client, channel: Channel, field: str, wrong: str
) -> None:
    r = admin_client.post(page(channel), FORM | {field: wrong})

    assertContains(r, f'id="id_{field}_error"', status_code=422)
    channel.refresh_from_db()
    assert channel.reopen_hours == 24


def test_secrets_are_never_shown(admin_client: Client, channel: Channel) -> None:
    r = admin_client.get(page(channel))

    assertNotContains(r, "EAAsecret")
    assertNotContains(r, "app-secret")
    assertContains(r, channel.app_secrets.get().fingerprint)


def test_leads_read_without_secrets_and_change_nothing(
    lead_client: Client, channel: Channel
) -> None:
    r = lead_client.get(page(channel))
    assertContains(r, channel.display_phone_number)
    for word in ("verify-me", "EAAsecret", "How it behaves", "Give up", 'name="token"'):
        assertNotContains(r, word)

    r = lead_client.post(page(channel), FORM)
    assertContains(r, "Only admins change numbers", status_code=403)


def test_restrictions_are_said_while_they_last(admin_client: Client, channel: Channel) -> None:
    channel.replies_restricted_until = timezone.now() + timedelta(days=1)
    channel.business_initiated_restricted_until = timezone.now() - timedelta(days=1)
    channel.save()

    r = admin_client.get(page(channel))

    assertContains(r, "No answers to customers")
    assertNotContains(r, "No messages that we start")


def test_checking_says_what_is_wrong(admin_client: Client, channel: Channel) -> None:
    r = admin_client.post(f"{page(channel)}check/")

    assertContains(r, "No webhook has ever come for this number.")
    assertContains(r, "The access token could not be examined.")
    assertNotContains(r, "EAAsecret")


def test_templates_are_fetched_by_a_worker(
    admin_client: Client,
    channel: Channel,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(f"{page(channel)}sync/")
    assert nudged == [("sync_templates", channel.pk)]


def test_giving_it_up(admin_client: Client, channel: Channel) -> None:
    r = admin_client.post(f"{page(channel)}retire/", follow=True)

    assertContains(r, "is given up")
    channel.refresh_from_db()
    assert channel.retired_at is not None
    assert admin_client.get(page(channel)).status_code == 404


def test_a_number_of_another_team_does_not_exist_for_leads(
    lead_client: Client, channel: Channel
) -> None:
    channel.teams.add(make_team())
    assert lead_client.get(page(channel)).status_code == 404
    assert lead_client.post(page(channel), FORM).status_code == 404


@pytest.mark.parametrize("path", ["check/", "sync/", "retire/"])
def test_only_admins_do_things(statuses: Statuses, channel: Channel, path: str) -> None:
    after = 200 if path == "check/" else 302
    expected = {"stranger": 302, "agent": 403, "lead": 403, "admin": after}
    assert statuses(page(channel) + path)["admin"] == 405
    assert statuses(page(channel) + path, {}) == expected


def test_who_is_let_in(statuses: Statuses, channel: Channel) -> None:
    assert statuses(page(channel)) == {
        "stranger": 302,
        "agent": 403,
        "lead": 200,
        "admin": 200,
    }
    assert statuses(page(channel), dict(FORM)) == {
        "stranger": 302,
        "agent": 403,
        "lead": 403,
        "admin": 302,
    }


@pytest.mark.parametrize("path", ["", "check/", "sync/", "retire/"])
def test_no_number_by_that_code(admin_client: Client, path: str) -> None:
    assert admin_client.post(f"/settings/numbers/{uuid4()}/{path}").status_code == 404


def test_the_number_of_queries_does_not_grow(
    admin_client: Client,
    channel: Channel,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(5):
        channel.events.create(kind="account_update", severity="alert", dedupe_key=str(n))
        channel.teams.add(make_team())

    # session, agent, number (twice: shown and being changed), its teams (twice: Django's form
    # asks as well), all teams, service messages, app secrets, news
    with django_assert_num_queries(10):
        admin_client.get(page(channel))
