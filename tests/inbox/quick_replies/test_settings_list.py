"""/settings/quick-replies/"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from inbox.actions import quick_replies as actions
from inbox.actions.quick_replies import Content, Words
from inbox.models import Agent, QuickReply
from inbox.views.settings import quick_replies
from tests.factories import make_agent, make_team

pytestmark = pytest.mark.django_db

LIST = reverse("inbox:settings_quick_replies")


def make(shortcut: str, **fields: object) -> QuickReply:
    content = Content(shortcut, shortcut.title(), (Words("x"),))
    return actions.create(replace(content, **fields), by=None)  # type: ignore[arg-type]


def shown(client: Client, **query: str) -> list[str]:
    context = client.get(LIST, query).context
    return [line.reply.shortcut for line in context["lines"]]


def test_uses_are_added_up_over_the_last_days(lead_client: Client) -> None:
    reply, today = make("danke"), timezone.localdate()
    for days in (0, 0, 29, 30, 89, 90):
        actions.count_use(reply, day=today - timedelta(days=days))

    answer = lead_client.get(LIST)

    line = answer.context["lines"][0]
    assert (line.used_month, line.used_quarter, line.used_last) == (3, 5, today)


def test_agents_do_not_see_how_often_which_is_used(agent_client: Client) -> None:
    make("danke")

    page = agent_client.get(LIST).content.decode()

    assert "/danke" in page
    assert "30 days" not in page
    assert shown(agent_client, use="never") == ["danke"]


def test_leads_see_which_are_never_used(lead_client: Client) -> None:
    make("never")
    actions.count_use(make("once"))

    assert shown(lead_client, use="never") == ["never"]


def test_the_list_is_narrowed(admin_client: Client, admin: Agent) -> None:
    team = make_team()
    make("a", folder="Greetings")
    make("b", folder="Greetings", team=team)
    make("c", owner=admin)
    make("d", folder="-")
    actions.archive(make("old"), by=None)

    assert shown(admin_client) == ["c", "d", "a", "b"]
    assert shown(admin_client, folder="=Greetings") == ["a", "b"]
    assert shown(admin_client, folder="-") == ["c"]
    assert shown(admin_client, folder="=-") == ["d"]
    assert shown(admin_client, scope=f"team:{team.code}") == ["b"]
    assert shown(admin_client, scope="me") == ["c"]
    assert shown(admin_client, scope="all") == ["d", "a"]
    assert shown(admin_client, kept="archived") == ["old"]
    assert shown(admin_client, folder="nonsense", scope="x", kept="'", after="%00") == [
        *("c", "d", "a", "b")
    ]


def test_nobody_sees_what_others_wrote_for_themselves(
    agent_client: Client, admin_client: Client
) -> None:
    make("secret", owner=make_agent())

    assert shown(agent_client) == shown(admin_client) == []


def test_long_lists_go_on_where_they_stopped(
    agent_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick_replies, "PAGE", 2)
    for number in range(5):
        make(f"s{number}", folder=f"F{number // 3}")

    found, page = [], agent_client.get(LIST)
    while True:
        found += [line.reply.shortcut for line in page.context["lines"]]
        if not page.context["more"]:
            break
        page = agent_client.get(page.context["more"])

    assert found == ["s0", "s1", "s2", "s3", "s4"]


def test_the_list_asks_the_same_however_many_there_are(
    lead_client: Client, lead: Agent
) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert lead_client.get(LIST).status_code == 200
        return len(queries)

    make("first", team=make_team())
    count()
    before = count()
    for number in range(20):
        make(f"a{number}", team=make_team(), folder=f"F{number}")
        actions.count_use(make(f"b{number}", owner=lead))

    # Session, agent, folders and teams to narrow by, and the list with teams and uses.
    assert count() == before <= 8
