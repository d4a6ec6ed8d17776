"""/password/forgotten/ and the link it mails"""

from __future__ import annotations

import re
import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from pytest_django.asserts import assertContains

from inbox import nudges
from inbox.models import Agent, AgentSession
from tests.factories import PASSWORD, make_agent

pytestmark = pytest.mark.django_db
URL = "/password/forgotten/"
NEW = "a completely new secret"


@pytest.fixture(autouse=True)
def _worker(monkeypatch: pytest.MonkeyPatch, nudged: list[tuple[Any, ...]]) -> None:
    """What is handed on is done at once."""
    monkeypatch.setattr(nudges, "now", lambda task, *args: task.run(*args))


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.body))
    assert found
    return found.group(1)


def test_a_link_leads_to_a_new_password(
    client: Client, agent: Agent, mailoutbox: list[EmailMessage]
) -> None:
    client.post(URL, {"email": agent.email})
    link = link_in(mailoutbox[0])

    assertContains(client.get(link), "New password")
    r = client.post(link, {"new_password1": NEW, "new_password2": NEW})

    assert r.status_code == 302
    agent.refresh_from_db()
    assert agent.check_password(NEW)
    assert AgentSession.objects.filter(agent=agent).count() == 1  # signed in at once


def test_the_page_behind_the_link_speaks_as_the_mail_does(
    client: Client, agent: Agent, mailoutbox: list[EmailMessage]
) -> None:
    Agent.objects.update(language="de")
    client.post(URL, {"email": agent.email})

    r = client.get(link_in(mailoutbox[0]), headers={"Accept-Language": "en"})

    assertContains(r, '<html lang="de"')


def test_the_answer_is_the_same_for_unknown_addresses(
    client: Client, agent: Agent, mailoutbox: list[EmailMessage]
) -> None:
    known = client.post(URL, {"email": agent.email})
    unknown = client.post(URL, {"email": "nobody@example.org"})

    assertContains(known, "If somebody works here")
    assert _without_tokens(known.content) == _without_tokens(unknown.content)
    assert [mail.to for mail in mailoutbox] == [[agent.email]]


@pytest.mark.parametrize("fields", [{"is_active": False}, {"password": None}])
def test_those_who_cannot_sign_in_get_no_link(
    client: Client, mailoutbox: list[EmailMessage], fields: dict[str, Any]
) -> None:
    agent = make_agent(**fields)

    r = client.post(URL, {"email": agent.email})

    assertContains(r, "If somebody works here")
    assert mailoutbox == []


def test_the_link_does_not_follow_the_host_header(
    client: Client, agent: Agent, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.PUBLIC_URL = "https://desk.example.org"

    client.post(URL, {"email": agent.email}, headers={"Host": "evil.example"})

    assert "https://desk.example.org/password/new/" in mailoutbox[0].body
    assert "evil.example" not in mailoutbox[0].body


def test_the_mail_is_in_the_language_of_its_reader(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    agent = make_agent("Jörg <b>Groß</b>", language="en")

    client.post(URL, {"email": agent.email})

    mail = mailoutbox[0]
    assert mail.subject == "A new password for Supportdesk"
    assert "Hello Jörg <b>Groß</b>," in mail.body
    (html, kind) = mail.alternatives[0]  # type: ignore[attr-defined]
    assert kind == "text/html"
    assert "Jörg &lt;b&gt;Groß&lt;/b&gt;" in html


def test_asking_again_and_again_fills_no_mailbox(
    client: Client, agent: Agent, mailoutbox: list[EmailMessage]
) -> None:
    for _ in range(3):
        client.post(URL, {"email": agent.email})
    assert len(mailoutbox) == 1


def test_a_link_works_once(
    client: Client, agent: Agent, mailoutbox: list[EmailMessage]
) -> None:
    client.post(URL, {"email": agent.email})
    link = link_in(mailoutbox[0])
    client.post(link, {"new_password1": NEW, "new_password2": NEW})

    r = Client().get(link)

    assertContains(r, "no longer works", status_code=410)


def test_a_link_runs_out_after_three_days(
    client: Client,
    agent: Agent,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client.post(URL, {"email": agent.email})
    link = link_in(mailoutbox[0])
    later = timezone.localtime().replace(tzinfo=None) + timedelta(days=3, minutes=1)
    monkeypatch.setattr("inbox.tokens.forgotten_passwords._now", lambda: later)

    assertContains(client.get(link), "no longer works", status_code=410)


def test_a_link_of_somebody_locked_out_meanwhile_is_dead(
    client: Client, agent: Agent, mailoutbox: list[EmailMessage]
) -> None:
    client.post(URL, {"email": agent.email})
    Agent.objects.update(is_active=False)

    r = client.post(link_in(mailoutbox[0]), {"new_password1": NEW, "new_password2": NEW})

    assert r.status_code == 410


def test_a_weak_password_is_explained(
    client: Client, agent: Agent, mailoutbox: list[EmailMessage]
) -> None:
    client.post(URL, {"email": agent.email})

    r = client.post(link_in(mailoutbox[0]), {"new_password1": "1234", "new_password2": "1234"})

    assertContains(r, "too short", status_code=422)
    agent.refresh_from_db()
    assert agent.check_password(PASSWORD)


def test_a_new_password_ends_all_older_sessions(
    agent_client: Client, agent: Agent, mailoutbox: list[EmailMessage]
) -> None:
    thief = agent_client
    Client().post(URL, {"email": agent.email})

    Client().post(link_in(mailoutbox[0]), {"new_password1": NEW, "new_password2": NEW})

    assert thief.get("/me/").status_code == 302


def test_a_mail_server_that_is_down_tells_strangers_nothing(
    client: Client, agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)

    assertContains(client.post(URL, {"email": agent.email}), "If somebody works here")


def test_something_that_is_no_address_is_said(client: Client) -> None:
    r = client.post(URL, {"email": "nonsense"})
    assertContains(r, "Enter a valid email address", status_code=422)
    assertContains(r, "nonsense", status_code=422)


def _without_tokens(page: bytes) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.decode())
