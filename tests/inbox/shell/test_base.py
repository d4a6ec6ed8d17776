"""templates/base.html: what surrounds every page of somebody signed in."""

from __future__ import annotations

import json
import re

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from inbox.models import Agent

pytestmark = pytest.mark.django_db


def page_for(agent: Agent, path: str = "/") -> str:
    request = RequestFactory().get(path)
    request.user = agent
    return render_to_string("base.html", {}, request)


def test_it_says_who_is_signed_in_and_what_they_want(agent: Agent) -> None:
    page = page_for(agent)

    assert f'data-agent="{agent.code}"' in page
    assert f'data-agent-id="{agent.pk}"' in page
    assert 'data-enter-sends="yes"' in page
    assert 'data-sound="yes"' in page
    assert 'data-notify="mine"' in page
    assert 'data-time-zone="Europe/Berlin"' in page


@pytest.mark.parametrize(
    ("theme", "expected"),
    [("system", None), ("light", "light"), ("dark", "dark")],
)
def test_the_agents_word_goes_before_the_systems(
    agent: Agent, theme: str, expected: str | None
) -> None:
    agent.theme = theme

    found = re.search(r'<html[^>]*data-theme="(\w+)"', page_for(agent))

    assert (found[1] if found else None) == expected


def test_htmx_runs_nothing_and_keeps_nothing(agent: Agent) -> None:
    found = re.search(r"name=\"htmx-config\"\s+content='([^']+)'", page_for(agent))
    assert found
    config = json.loads(found[1])

    assert config["allowEval"] is False
    assert config["allowScriptTags"] is False
    assert config["includeIndicatorStyles"] is False
    assert config["historyCacheSize"] == 0
    assert {"code": "422", "swap": True} in config["responseHandling"]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "Inbox"),
        ("/inbox/mine/", "Inbox"),
        ("/conversations/00000000-0000-4000-8000-000000000000/", "Inbox"),
        ("/settings/people/", "Settings"),
        ("/me/", None),
    ],
)
def test_the_rail_shows_where_one_is(lead: Agent, path: str, current: str | None) -> None:
    page = page_for(lead, path)

    marked = re.findall(r'title="(\w+)"[^>]*aria-current="page"', page)

    assert marked == ([current] if current else [])


@pytest.mark.parametrize("role", ["agent", "lead"])
def test_the_rail_leads_nowhere_that_is_closed(
    agent: Agent, agent_client: Client, role: str
) -> None:
    agent.role = role
    agent.save()
    [rail] = re.findall(r'<nav class="rail".*?</nav>', page_for(agent), re.DOTALL)

    for address in re.findall(r'<a [^>]*?href="(/[^"]*)"', rail):
        assert agent_client.get(address, follow=True).status_code == 200, address
    assert (f'href="{reverse("inbox:settings")}"' in rail) == (role == "lead")
    assert reverse("inbox:logout") in rail
    assert reverse("inbox:my_presence") in rail


def test_a_hostile_name_is_text(agent: Agent) -> None:
    agent.name = '"><script>alert(1)</script>'

    assert "<script>alert" not in page_for(agent)


def test_every_form_in_it_is_protected(agent: Agent) -> None:
    page = page_for(agent)

    assert page.count('method="post"') == page.count('name="csrfmiddlewaretoken"') > 0
