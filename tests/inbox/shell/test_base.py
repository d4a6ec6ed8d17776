"""templates/base.html: what surrounds every page."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from inbox.models import Agent


def page_for(agent: Agent, path: str = "/") -> str:
    request = RequestFactory().get(path)
    request.user = agent
    return render_to_string("base.html", {}, request)


@pytest.mark.django_db
def test_it_says_who_is_signed_in_and_what_they_want(agent: Agent) -> None:
    page = page_for(agent)

    assert f'data-agent="{agent.code}"' in page
    assert 'data-sound="yes"' in page
    assert 'data-notify="mine"' in page
