"""/me/sessions/ and ending them"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox.events import AgentChanged, HintBody
from inbox.models import Agent, AgentSession
from inbox.sessions import handle_of
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
URL = "/me/sessions/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1"


@pytest.fixture
def phone(agent: Agent) -> Client:
    """The same agent's phone."""
    client = Client()
    form = {"username": agent.email, "password": PASSWORD}
    client.post("/login/", form, headers={"User-Agent": PHONE}, REMOTE_ADDR="198.51.100.7")
    return client


def handle(client: Client) -> str:
    assert client.session.session_key
    return handle_of(client.session.session_key)


def test_each_session_tells_browser_and_address(agent_client: Client, phone: Client) -> None:
    r = agent_client.get(URL)

    assertContains(r, "Safari, iPhone")
    assertContains(r, "198.51.100.7")
    assertContains(r, "this one", count=1)
    assertContains(r, 'scope="row"', count=2)


def test_no_key_of_a_session_is_on_the_page(agent_client: Client, phone: Client) -> None:
    r = agent_client.get(URL)
    for key in AgentSession.objects.values_list("pk", flat=True):
        assertNotContains(r, key)


def test_one_can_be_ended(
    agent_client: Client, agent: Agent, phone: Client, published: list[HintBody]
) -> None:
    r = agent_client.post(f"{URL}{handle(phone)}/end/")

    assert r.status_code == 302
    assert phone.get("/me/").status_code == 302
    assert agent_client.get("/me/").status_code == 200
    assert published == [AgentChanged(agent.pk)]


def test_all_others_can_be_ended(agent_client: Client, phone: Client) -> None:
    agent_client.post(f"{URL}end-others/")

    assert phone.get("/me/").status_code == 302
    assert agent_client.get("/me/").status_code == 200


def test_ones_own_is_ended_by_signing_out_only(agent_client: Client) -> None:
    assert agent_client.post(f"{URL}{handle(agent_client)}/end/").status_code == 404
    assert agent_client.get("/me/").status_code == 200


def test_a_colleagues_session_does_not_exist(
    agent_client: Client, colleague_client: Client
) -> None:
    assertContains(agent_client.get(URL), 'scope="row"', count=1)
    assert agent_client.post(f"{URL}{handle(colleague_client)}/end/").status_code == 404
    assert colleague_client.get("/me/").status_code == 200


def test_ended_and_run_out_ones_are_not_listed(agent_client: Client, phone: Client) -> None:
    past = timezone.now() - timedelta(seconds=1)
    AgentSession.objects.filter(pk=phone.session.session_key).update(expire_date=past)

    assertNotContains(agent_client.get(URL), "iPhone")


def test_the_number_of_queries_does_not_grow(
    agent_client: Client,
    agent: Agent,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(5):
        Client().post("/login/", {"username": agent.email, "password": PASSWORD})

    # session, agent, sessions
    with django_assert_num_queries(3):
        agent_client.get(URL)


@pytest.mark.parametrize("path", ["end-others/", "0123456789abcdef01234567/end/"])
def test_links_end_nothing(agent_client: Client, path: str) -> None:
    assert agent_client.get(URL + path).status_code == 405


@pytest.mark.parametrize("path", ["", "end-others/", "0123456789abcdef01234567/end/"])
def test_strangers_are_asked_to_sign_in(client: Client, path: str) -> None:
    send = client.post if path else client.get
    assert send(URL + path).status_code == 302
