"""/login/"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from inbox.models import Agent, AgentSession
from tests.factories import PASSWORD, make_agent

pytestmark = pytest.mark.django_db
URL = "/login/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"


def test_it_signs_in_and_goes_to_the_inbox(client: Client, agent: Agent) -> None:
    form = {"username": agent.email, "password": PASSWORD}

    r = client.post(URL, form, headers={"User-Agent": FIREFOX}, REMOTE_ADDR="203.0.113.9")

    assertRedirects(r, reverse("inbox:home"), fetch_redirect_response=False)
    session = AgentSession.objects.get()
    assert session.agent == agent
    assert session.ip_address == "203.0.113.9"
    assert session.user_agent == FIREFOX
    assert session.seen_at is not None


def test_case_and_spaces_around_the_address_do_not_matter(client: Client) -> None:
    make_agent(email="anna@example.org")

    r = client.post(URL, {"username": " Anna@Example.org ", "password": PASSWORD})

    assert r.status_code == 302


def test_it_goes_on_to_where_somebody_wanted_to_go(client: Client, agent: Agent) -> None:
    form = {"username": agent.email, "password": PASSWORD, "next": "/me/sessions/"}

    r = client.post(URL, form)

    assertRedirects(r, "/me/sessions/", fetch_redirect_response=False)


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", r"/\evil.example"],
)
def test_it_never_goes_on_to_another_house(
    client: Client, agent: Agent, elsewhere: str
) -> None:
    form = {"username": agent.email, "password": PASSWORD, "next": elsewhere}

    r = client.post(URL, form)

    assertRedirects(r, reverse("inbox:home"), fetch_redirect_response=False)


def test_the_page_keeps_where_somebody_wanted_to_go(client: Client) -> None:
    r = client.get(URL, {"next": "/me/"})
    assertContains(r, 'name="next" value="/me/"')


@pytest.mark.parametrize("email", ["anna@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(
    client: Client, email: str
) -> None:
    make_agent(email="anna@example.org")

    r = client.post(URL, {"username": email, "password": "wrong"})

    assertContains(r, "do not belong together", status_code=422)
    assertContains(r, email, status_code=422)  # what was typed is not lost
    assert not AgentSession.objects.exists()


def test_somebody_locked_out_does_not_get_in(client: Client) -> None:
    agent = make_agent(is_active=False)

    r = client.post(URL, {"username": agent.email, "password": PASSWORD})

    assertContains(r, "do not belong together", status_code=422)


def test_who_is_signed_in_need_not_do_it_again(agent_client: Client) -> None:
    r = agent_client.get(URL)
    assertRedirects(r, reverse("inbox:home"), fetch_redirect_response=False)


def test_the_session_gets_a_new_key(client: Client, agent: Agent) -> None:
    """A key that somebody else slipped into the browser must not become a way in."""
    client.session["planted"] = "x"
    planted = client.session.session_key

    client.post(URL, {"username": agent.email, "password": PASSWORD})

    assert client.session.session_key != planted


def test_a_forged_form_is_refused(agent: Agent) -> None:
    client = Client(enforce_csrf_checks=True)
    r = client.post(URL, {"username": agent.email, "password": PASSWORD})
    assert r.status_code == 403
