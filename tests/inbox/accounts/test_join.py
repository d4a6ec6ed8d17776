"""/join/<code>/<token>/: from the invitation to the first page"""

from __future__ import annotations

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.asserts import assertContains

from inbox.models import Agent, AgentSession
from tests.factories import make_team

pytestmark = pytest.mark.django_db
PASSWORD = "a completely new secret"


@pytest.fixture
def link(admin_client: Client, mailoutbox: list[EmailMessage]) -> str:
    form = {
        "email": "New@Example.org",
        "name": "Nina Neu",
        "language": "en",
        "role": "lead",
        "team": str(make_team("Sales").code),
    }
    admin_client.post("/settings/people/invite/", form)
    return link_in(mailoutbox[-1])


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"https?://[^/\s]+(/join/\S+)", str(mail.body))
    assert found
    return found.group(1)


def choose(link: str, *, client: Client | None = None, name: str = "Nina Neu") -> int:
    form = {"name": name, "new_password1": PASSWORD, "new_password2": PASSWORD}
    return (client or Client()).post(link, form).status_code


def test_the_invited_choose_a_password_and_are_in(link: str, client: Client) -> None:
    assertContains(client.get(link), "new@example.org")

    assert choose(link, client=client, name="Nina Neumann") == 302

    agent = Agent.objects.get(email="new@example.org")
    assert agent.check_password(PASSWORD)
    assert agent.name == "Nina Neumann"
    assert agent.joined_at is not None
    assert agent.role == "lead"
    assert agent.team is not None
    assert agent.team.name == "Sales"
    assert AgentSession.objects.filter(agent=agent).count() == 1
    assert client.get("/me/").status_code == 200


def test_it_speaks_the_language_of_the_invitation(link: str, client: Client) -> None:
    Agent.objects.filter(email="new@example.org").update(language="de")

    r = client.get(link, headers={"Accept-Language": "en"})

    assertContains(r, '<html lang="de"')
    assertContains(r, "Willkommen")


def test_before_joining_nobody_can_sign_in(link: str, client: Client) -> None:
    for password in ("", "!", "None"):
        client.post("/login/", {"username": "new@example.org", "password": password})
    assert not AgentSession.objects.filter(agent__email="new@example.org").exists()


def test_the_link_works_once(link: str, client: Client) -> None:
    choose(link)

    assertContains(client.get(link), "no longer works", status_code=410)
    assert choose(link) == 410


def test_sending_it_again_makes_the_older_link_worthless(
    link: str, admin_client: Client, mailoutbox: list[EmailMessage]
) -> None:
    agent = Agent.objects.get(email="new@example.org")

    admin_client.post(f"/settings/people/{agent.code}/invite-again/")

    assert choose(link) == 410
    assert choose(link_in(mailoutbox[-1])) == 302


def test_who_was_locked_out_before_joining_stays_out(link: str, admin_client: Client) -> None:
    agent = Agent.objects.get(email="new@example.org")
    admin_client.post(f"/settings/people/{agent.code}/lock-out/")
    assert choose(link) == 410


def test_the_link_opens_nobody_elses_account(link: str, agent: Agent) -> None:
    invited = Agent.objects.get(email="new@example.org")
    assert choose(link.replace(str(invited.code), str(agent.code))) == 410


def test_a_link_for_a_forgotten_password_is_no_invitation(link: str) -> None:
    assert choose(link.replace("/join/", "/password/new/")) == 410


def test_two_different_passwords_are_explained(link: str, client: Client) -> None:
    form = {"name": "Nina <b>", "new_password1": PASSWORD, "new_password2": "another one"}

    r = client.post(link, form)

    assertContains(r, "didn’t match", status_code=422)
    assertContains(r, "Nina &lt;b&gt;", status_code=422)  # what was typed is not lost
