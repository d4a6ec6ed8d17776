"""/settings/health/ and /healthz"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_django.asserts import assertContains, assertNotContains

from inbox import heartbeat
from inbox.models import Attachment, Message, Webhook
from tests.factories import make_channel, make_conversation, make_message
from tests.inbox.settings.conftest import Statuses

URL = "/settings/health/"


@pytest.fixture(autouse=True)
def _own_heartbeat(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    settings.REDIS_URL = ""


@pytest.mark.django_db
def test_it_counts_what_waits(admin_client: Client) -> None:
    now = timezone.now()
    Webhook.objects.create(body=b"{}", signed_by="x", received_at=now - timedelta(hours=1))
    Webhook.objects.create(body=b"{}", signed_by="x", processed_at=now)
    message = make_message(
        make_conversation(), direction=Message.Direction.OUT, status="queued", due_at=now
    )
    Attachment.objects.create(message=message, due_at=now + timedelta(hours=1))

    queues = admin_client.get(URL).context["queues"]

    assert [queues[name]["count"] for name in ("webhooks", "messages", "media")] == [1, 1, 0]
    assert queues["webhooks"]["is_late"]
    assert not queues["messages"]["is_late"]


@pytest.mark.django_db
def test_a_silent_worker_is_said(admin_client: Client) -> None:
    assertContains(admin_client.get(URL), "No worker has been heard")

    heartbeat.beat(timezone.now())
    assertNotContains(admin_client.get(URL), "No worker has been heard")

    old = (timezone.now() - timedelta(minutes=2)).timestamp()
    for file in Path(heartbeat._file().parent).glob("heartbeat"):
        os.utime(file, (old, old))
    assertContains(admin_client.get(URL), "No worker has been heard")


@pytest.mark.django_db
def test_a_number_that_cannot_send_is_named(admin_client: Client) -> None:
    make_channel(name="Service", circuit_opened_at=timezone.now())
    make_channel(name="Fine")

    r = admin_client.get(URL)

    assertContains(r, "Service")
    assertNotContains(r, "Fine")


@pytest.mark.django_db
def test_only_admins_are_let_in(statuses: Statuses) -> None:
    assert statuses(URL) == {"stranger": 302, "agent": 403, "lead": 403, "admin": 200}


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(
    admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        Webhook.objects.create(body=b"{}", signed_by="x")
        make_channel(circuit_opened_at=timezone.now())

    # session, agent, three queues, parked, numbers that cannot send
    with django_assert_num_queries(7):
        admin_client.get(URL)


@pytest.mark.django_db
def test_monitors_read_one_word(client: Client) -> None:
    r = client.get("/healthz")
    assert (r.status_code, r.content) == (200, b"ok\n")
    assert "no-store" in r.headers["Cache-Control"]


def test_monitors_hear_when_the_database_is_gone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise DatabaseError("password of the database: secret")

    monkeypatch.setattr("inbox.views.settings.health.connection.cursor", fail)

    r = client.get("/healthz")

    assert (r.status_code, r.content) == (503, b"no database\n")


def test_monitors_only_read(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
