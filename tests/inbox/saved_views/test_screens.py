"""/views/…: making, changing, sharing and deleting, and who may"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from inbox.actions import labels
from inbox.models import Agent, Label, SavedView
from inbox.saved_views import slug_of
from tests.factories import make_agent, make_conversation, make_team
from tests.inbox.saved_views.test_shown import make_view
from tests.inbox.saved_views.test_trees import OPEN, one

pytestmark = pytest.mark.django_db
NEW = "/views/new/"
FORM: dict[str, Any] = {
    "name": "Open and unread", "share": "me", "sort": "newest", "match": "all", "groups": "1",
    "match-0": "all", "row": ["0:0:status", "1:0:unread"], "r0-op": "is", "r0-value": ["open"],
    "r1-op": "is", "r1-value": "yes", "act": "save",
}  # fmt: skip
TREE = {"all": [OPEN, one("unread", "is", "yes")]}


def address(view: SavedView, more: str = "") -> str:
    return f"/views/{view.code}/{more}"


def test_a_view_is_made_and_opened(agent_client: Client, agent: Agent) -> None:
    make_conversation(unread_count=1)
    r = agent_client.post(NEW, FORM)

    view = SavedView.objects.get()
    assertRedirects(r, f"/inbox/{slug_of(view)}/")
    assert (view.owner, view.team, view.tree, view.sort) == (agent, None, TREE, "newest")
    page = agent_client.get(f"/inbox/{slug_of(view)}/")
    assertContains(page, '<span class="cut">Open and unread</span>', count=1)


def test_groups_are_joined_by_or(agent_client: Client) -> None:
    grouped = {"groups": "3", "match": "any", "row": ["0:0:status", "1:2:unread"]}
    agent_client.post(NEW, FORM | grouped)

    assert SavedView.objects.get().tree == {
        "any": [{"all": [OPEN]}, {"all": [one("unread", "is", "yes")]}]
    }


def test_what_the_form_shows_is_what_it_saves(agent_client: Client, agent: Agent) -> None:
    parts = [{"any": [OPEN, one("waiting", "longer_than", 60)]}, one("language", "is", "de")]
    view = make_view(agent, *parts)

    page = agent_client.get(address(view))

    form = page.context["form"]
    shown = [(row.about, row["value"].value()) for row in form.rows]
    assert shown == [("language", "de"), ("status", ["open"]), ("waiting", 60)]
    assert [part.match for part in form.parts] == ["all", "any"]


def test_rows_are_added_and_dropped_without_losing_what_was_typed(agent_client: Client) -> None:
    added = agent_client.post(NEW, FORM | {"act": "add:0", "add-0": "language", "name": ""})
    dropped = agent_client.post(NEW, FORM | {"act": "drop:0", "name": "Kept <b>"})
    group = agent_client.post(NEW, FORM | {"act": "group"})

    rows = [row.about for row in added.context["form"].rows]
    assert (added.status_code, rows) == (200, ["status", "unread", "language"])
    assert [row.about for row in dropped.context["form"].rows] == ["unread"]
    assertContains(dropped, "Kept &lt;b&gt;")
    assert len(group.context["form"].parts) == 2
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 61}, "at most 60 characters"),
        ({"share": "all"}, "Select a valid choice"),
        ({"share": "team"}, "Select a valid choice"),
        ({"sort": "random"}, "Select a valid choice"),
        ({"row": []}, "Add at least one condition."),
        ({"row": ["0:0:password", "x", "0:9:status", "٣:0:status"]}, "Add at least one"),
        ({"row": ["0:0:status"] * 21}, "too many conditions"),
        ({"r0-value": "deleted"}, "Select a valid choice"),
        ({"r0-op": "contains"}, "Select a valid choice"),
        ({"row": "0:0:waiting", "r0-op": "longer_than", "r0-value": "-5"}, "greater than"),
        ({"row": "0:0:waiting", "r0-op": "longer_than", "r0-value": "1e9"}, "whole number"),
        ({"row": "0:0:language", "r0-value": "de'; --"}, "Write languages as letters"),
        ({"row": "0:0:assignee", "r0-value": "agent:999999"}, "Select a valid choice"),
        ({"row": "0:0:labels", "r0-op": "any", "r0-value": "1"}, "Select a valid choice"),
    ],
)
def test_what_does_not_fit_is_said(
    agent_client: Client, fields: dict[str, Any], sentence: str
) -> None:
    r = agent_client.post(NEW, FORM | fields)

    assertContains(r, sentence, status_code=422)
    assert not SavedView.objects.exists()


def test_anothers_own_view_is_not_there(
    agent_client: Client, colleague: Agent, admin_client: Client, agent: Agent
) -> None:
    view = make_view(colleague, OPEN, name="Secret plan")
    inside = [f"/inbox/{slug_of(view)}/{more}" for more in ("", "rows/", "changes/", "filter/")]

    for client in (agent_client, admin_client):
        for url in (*inside, address(view), address(view, "delete/")):
            assert client.get(url).status_code == 404
        for more in ("", "move/", "delete/"):
            assert client.post(address(view, more), FORM).status_code == 404
        assert client.post(f"/inbox/{slug_of(view)}/choose-all/").status_code == 404
        opening = {"folder": slug_of(view)}
        assert client.post("/views/opening/", opening).status_code == 404
        assertNotContains(client.get("/views/"), "Secret plan")
        assertNotContains(client.get("/inbox/all/"), "Secret plan")
    assert SavedView.objects.get().name == "Secret plan"


def test_a_shared_view_is_used_by_all_and_changed_by_few(
    admin: Agent, admin_client: Client, lead_client: Client, agent_client: Client
) -> None:
    view = make_view(admin, OPEN, share="all", name="For all")

    for client in (agent_client, lead_client):
        assertContains(client.get("/inbox/all/"), "For all")
        assert client.get(f"/inbox/{slug_of(view)}/").status_code == 200
        for more in ("", "move/", "delete/"):
            refused = client.post(address(view, more), FORM)
            assertContains(refused, "belongs to others", status_code=403)
    admin_client.post(address(view), FORM | {"share": "all", "name": "Changed"})
    assert SavedView.objects.get().name == "Changed"


def test_leads_share_with_their_team(lead: Agent, lead_client: Client) -> None:
    lead.team = make_team()
    lead.save()
    member = make_agent("Mia Member", team=lead.team)
    outsider = make_agent("Otto Outside", team=make_team("Others"))

    lead_client.post(NEW, FORM | {"share": "team"})

    view = SavedView.objects.get()
    assert (view.owner, view.team) == (None, lead.team)
    for agent, status in ((member, 200), (outsider, 404)):
        client = Client()
        client.force_login(agent, backend="inbox.backends.AgentBackend")
        assert client.get(f"/inbox/{slug_of(view)}/").status_code == status
        expected = 403 if status == 200 else 404
        assert client.post(address(view, "delete/")).status_code == expected


@pytest.mark.parametrize("when", ["before", "after", "deleted", "after and deleted"])
def test_a_view_with_a_sensitive_label_is_only_there_for_those_who_may_know(
    admin: Agent, admin_client: Client, agent_client: Client, when: str
) -> None:
    admin.data_protection = True
    admin.save()
    label = Label.objects.create(name="Illness", is_sensitive=not when.startswith("after"))
    view = make_view(admin, one("labels", "any", label.pk), share="all", name="Special ones")
    if when.startswith("after"):
        Label.objects.update(is_sensitive=True)
    if when.endswith("deleted"):
        labels.delete(Label.objects.get())

    assert agent_client.get(f"/inbox/{slug_of(view)}/").status_code == 404
    for url in ("/inbox/all/", "/views/", "/inbox/counts/"):
        assertNotContains(agent_client.get(url), "Special ones")
    assertContains(admin_client.get("/inbox/all/"), "Special ones")


def test_a_hidden_label_cannot_be_named(agent_client: Client) -> None:
    label = Label.objects.create(name="Illness", is_sensitive=True)
    row = {"row": "0:0:labels", "r0-op": "any", "r0-value": str(label.pk)}

    r = agent_client.post(NEW, FORM | row)

    assertNotContains(r, "Illness", status_code=422)
    assert not SavedView.objects.exists()


def test_the_filter_of_a_list_is_saved(agent_client: Client, colleague: Agent) -> None:
    label = Label.objects.create(name="VIP")

    query = {"in": "all", "label": str(label.code), "assignee": str(colleague.code)}
    form = agent_client.get(NEW, query).context["form"]

    assert [(row.about, row["value"].value()) for row in form.rows] == [
        ("status", ["open"]), ("labels", [label.pk]), ("assignee", f"agent:{colleague.pk}"),
    ]  # fmt: skip
    assert agent_client.get(NEW, {"in": "all", "label": str(uuid4())}).status_code == 404


def test_the_inbox_opens_with_the_chosen_view(agent: Agent, agent_client: Client) -> None:
    view = make_view(agent, OPEN)

    agent_client.post("/views/opening/", {"folder": slug_of(view)})
    assertRedirects(agent_client.get("/"), f"/inbox/{slug_of(view)}/")

    agent_client.post(address(view, "delete/"))
    assertRedirects(agent_client.get("/"), "/inbox/mine/")


def test_views_are_put_in_order(agent: Agent, agent_client: Client) -> None:
    first, second = (make_view(agent, OPEN, name=name) for name in ("First", "Second"))

    agent_client.post(address(second, "move/"), {"direction": "up"})

    page = agent_client.get("/inbox/all/").text
    assert page.index("Second") < page.index("First")
    agent_client.post(address(second, "move/"), {"direction": "up"})
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Second", "First"]
    assert first.position == 0


def test_deleting_asks_first(agent: Agent, agent_client: Client) -> None:
    view = make_view(agent, OPEN, name="<i>Old</i>")

    assertContains(agent_client.get(address(view, "delete/")), "&lt;i&gt;Old&lt;/i&gt;")
    assert SavedView.objects.exists()
    agent_client.post(address(view, "delete/"))
    assert not SavedView.objects.exists()


def test_there_are_not_too_many(
    agent: Agent, agent_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.actions.saved_views.MOST", 1)
    make_view(agent, OPEN)

    r = agent_client.post(NEW, FORM)

    assertContains(r, "too many views", status_code=422)


def test_a_view_that_cannot_be_read_any_more_harms_nothing(
    agent: Agent, agent_client: Client
) -> None:
    view = make_view(agent, OPEN)
    SavedView.objects.update(tree={"all": [{"field": "gone", "op": "is", "value": [1]}]})

    assert agent_client.get("/inbox/all/").status_code == 200
    assert agent_client.get(f"/inbox/{slug_of(view)}/").status_code == 404
    assert agent_client.get(address(view)).status_code == 200


def test_a_view_keeps_its_order_to_itself(agent: Agent, agent_client: Client) -> None:
    view = make_view(agent, OPEN)
    agent_client.get(f"/inbox/{slug_of(view)}/rows/", {"sort": "newest"})

    assert "list_sort" not in agent_client.cookies
