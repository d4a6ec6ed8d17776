"""/settings/people/invite/ and /settings/people/<code>/invite-again/"""

from __future__ import annotations

import smtplib

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains

from inbox.models import Agent
from tests.factories import make_agent
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db
URL = "/settings/people/invite/"
FORM = {
    "email": "new@example.org",
    "name": "Nina Neu",
    "language": "en",
    "role": "agent",
    "team": "",
}


def test_it_makes_an_account_and_mails_the_way_in(
    admin_client: Client, admin: Agent, mailoutbox: list[EmailMessage]
) -> None:
    r = admin_client.post(URL, FORM | {"data_protection": "on"}, follow=True)

    assertContains(r, "An invitation is on its way to new@example.org")
    invited = Agent.objects.get(email="new@example.org")
    assert not invited.has_usable_password()
    assert invited.invited_at is not None
    assert invited.data_protection
    assert invited.events.get().by == admin
    assert mailoutbox[0].to == ["new@example.org"]
    assert "Hello Nina Neu," in mailoutbox[0].body
    assert admin.name in mailoutbox[0].body


def test_the_page_shows_the_form(admin_client: Client) -> None:
    assertContains(admin_client.get(URL), 'for="id_email"')


def test_an_address_is_invited_once(
    admin_client: Client, mailoutbox: list[EmailMessage]
) -> None:
    make_agent(email="new@example.org")

    r = admin_client.post(URL, FORM | {"email": "NEW@Example.org"})

    assertContains(r, "already here", status_code=422)
    assertContains(r, "Nina Neu", status_code=422)  # what was typed is not lost
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("email", "nonsense"), ("name", ""), ("role", "owner"), ("team", "nonsense")],
)
def test_what_is_wrong_is_said_at_its_field(
    admin_client: Client, field: str, wrong: str
) -> None:
    r = admin_client.post(URL, FORM | {field: wrong})
    assertContains(r, f'id="id_{field}_error"', status_code=422)


def test_a_mail_that_did_not_go_out_is_said(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)

    r = admin_client.post(URL, FORM, follow=True)

    assertContains(r, "could not be sent")
    assert Agent.objects.filter(email="new@example.org").exists()


def test_the_invited_read_their_own_language(
    admin_client: Client, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    languages: list[str] = []

    def remember(*args: object) -> str:
        from django.utils import translation

        languages.append(str(translation.get_language()))
        return "text"

    monkeypatch.setattr("inbox.mails.render_to_string", remember)

    admin_client.post(URL, FORM | {"language": "de"})

    assert set(languages) == {"de"}


def test_who_has_joined_is_not_invited_again(
    admin_client: Client, agent: Agent, mailoutbox: list[EmailMessage]
) -> None:
    r = admin_client.post(f"/settings/people/{agent.code}/invite-again/", follow=True)
    assertContains(r, "has already joined")
    assert mailoutbox == []


def test_who_is_locked_out_is_not_invited_again(
    admin_client: Client, mailoutbox: list[EmailMessage]
) -> None:
    agent = make_agent(password=None, invited_at=timezone.now(), is_active=False)
    admin_client.post(f"/settings/people/{agent.code}/invite-again/")
    assert mailoutbox == []


def test_only_admins_invite(statuses: Statuses) -> None:
    assert statuses(URL) == {"stranger": 302, "agent": 403, "lead": 403, "admin": 200}
    assert statuses(URL, dict(FORM)) == {
        "stranger": 302,
        "agent": 403,
        "lead": 403,
        "admin": 302,
    }
    invited = Agent.objects.get(email="new@example.org")
    again = f"/settings/people/{invited.code}/invite-again/"
    assert statuses(again, {}) == {"stranger": 302, "agent": 403, "lead": 403, "admin": 302}
    assert statuses(again)["admin"] == 405
