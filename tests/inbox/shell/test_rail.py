"""{% rail %}: where to go and who I am."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from inbox.models import Agent

pytestmark = pytest.mark.django_db


def page_for(agent: Agent, path: str = "/", token: str = "") -> str:
    request = RequestFactory().get(path)
    request.user = agent
    return render_to_string("base.html", {"csrf_token": token}, request)


def test_each_sees_themselves_and_their_own_token(agent: Agent, colleague: Agent) -> None:
    first, second = page_for(agent, token="first"), page_for(colleague, token="second")

    assert "Me: Anna Keller" in first
    assert "Me: Jana Meier" in second
    assert 'name="csrfmiddlewaretoken" value="first"' in first
    assert 'name="csrfmiddlewaretoken" value="second"' in second


def test_a_new_presence_or_name_shows_at_once(agent: Agent) -> None:
    before = page_for(agent)
    agent.presence, agent.name = "away", "Anna <Keller>"

    after = page_for(agent)

    assert 'data-presence="away"></span></span>' not in before
    assert 'data-presence="away"></span></span>' in after
    assert "Me: Anna &lt;Keller&gt;" in after


def test_settings_are_offered_to_those_who_may(agent: Agent, lead: Agent) -> None:
    assert 'data-command="Go to the settings"' not in page_for(agent)
    assert 'data-command="Go to the settings"' in page_for(lead)


@pytest.mark.parametrize(
    ("path", "marked"),
    [("/", True), ("/inbox/mine/", True), ("/conversations/x/", True), ("/search/", False)],
)
def test_it_marks_where_one_is(agent: Agent, path: str, marked: bool) -> None:
    rail = page_for(agent, path).split('class="rail"')[1].split("<details")[0]

    assert ('aria-current="page"' in rail) is marked


def test_strangers_get_no_page_with_a_rail(client: Client) -> None:
    assert 'class="rail"' not in client.get("/nowhere/").text
