"""POST /bulk/, /inbox/<folder>/choose-all/, and /bulk/<code>/…"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.asserts import assertContains, assertNotContains

from inbox.actions import bulk_acts
from inbox.actions.bulk_acts import Order
from inbox.models import Agent, BulkAct, Label
from tests.factories import make_conversation
from tests.inbox.bulk.many import codes, done, make_many, post, started
from tests.inbox.replies_views.drafts import hidden_channel

pytestmark = pytest.mark.django_db


def choose_all(client: Client, folder: str = "all", query: str = "") -> Any:
    return client.post(f"{reverse('inbox:bulk_choose_all', args=[folder])}?{query}")


def test_an_act_is_started_and_handed_to_a_worker(
    agent_client: Client,
    nudged: list[Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    many = make_many(2)

    with django_capture_on_commit_callbacks(execute=True):
        r = post(agent_client, what="close", conversations=codes(many))

    act = BulkAct.objects.get()
    assert r.json() == {"url": reverse("inbox:bulk_act", args=[act.code])}
    assert [pk for pk, _had in act.chosen] == [one.pk for one in many]
    assert ("run_bulk_act", act.pk) in nudged


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"what": "close"}, "Choose at least one conversation."),
        ({"what": "close", "conversations": "nonsense"}, "This choice is not complete."),
        ({"what": "erase"}, "erase"),
        ({}, "This field is required."),
        ({"what": "assign"}, "Choose who should have it."),
        ({"what": "assign", "agent": str(uuid4())}, "Select a valid choice"),
        ({"what": "snooze"}, "Choose a day and a time."),
        ({"what": "priority", "priority": "99"}, "Select a valid choice"),
        ({"what": "add_label"}, "This field is required."),
    ],
)
def test_what_is_not_complete_is_refused_in_a_sentence(
    agent_client: Client, fields: dict[str, str], sentence: str
) -> None:
    (one,) = make_many(1)
    if fields.get("what") != "close":
        fields = fields | {"conversations": codes([one])}

    r = post(agent_client, **fields)

    assert r.status_code in {409, 422}
    assert sentence in r.json()["text"]
    one.refresh_from_db()
    assert not BulkAct.objects.exclude(state="chosen").exists()


def test_too_many_are_refused(agent_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_acts.asking, "MOST", 2)

    r = post(agent_client, what="close", conversations=codes(make_many(3)))

    assert r.status_code == 409
    assert "2 conversations at most" in r.json()["text"]


def test_all_in_the_view_are_counted_and_kept_as_they_are(
    agent_client: Client, agent: Agent
) -> None:
    many = make_many(40)
    make_conversation(status="closed")

    answer = choose_all(agent_client).json()
    late = make_conversation()
    r = post(agent_client, what="close", chosen=answer["chosen"])

    assert answer["text"] == "All 40 conversations of this view"
    assert set(answer["codes"]) == {str(one.code) for one in many}
    act = BulkAct.objects.get()
    bulk_acts.run(act.pk)
    act.refresh_from_db()
    assert r.status_code == 200
    assert act.done_count == 40
    late.refresh_from_db()
    assert late.status == "open"


def test_the_views_filter_holds_for_all_in_it(agent_client: Client) -> None:
    label = Label.objects.create(name="VIP")
    labelled, _other = make_many(2)
    labelled.labels.add(label)

    answer = choose_all(agent_client, query=f"label={label.code}").json()

    assert answer["codes"] == [str(labelled.code)]


def test_more_than_can_be_done_at_once_is_said(
    agent_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_acts, "MOST", 2)
    make_many(3)

    answer = choose_all(agent_client).json()

    assert answer["text"] == "The first 2 of this view: that is the most at once."
    assert len(answer["codes"]) == 2


def test_what_is_hidden_is_never_in_it(agent_client: Client) -> None:
    hidden = make_conversation(channel=hidden_channel())

    assert choose_all(agent_client).json()["codes"] == []
    post(agent_client, what="close", conversations=codes([hidden]))

    hidden.refresh_from_db()
    assert hidden.status == "open"


def test_all_less_some_and_more_some(agent_client: Client) -> None:
    first, second = make_many(2)
    kept = choose_all(agent_client).json()["chosen"]
    (late,) = make_many(1)

    post(
        agent_client,
        what="close",
        chosen=kept,
        conversations=codes([late]),
        without=codes([second]),
    )

    act = BulkAct.objects.get()
    assert {pk for pk, _had in act.chosen} == {first.pk, late.pk}


def test_a_double_click_does_it_once(agent_client: Client) -> None:
    make_many(1)
    kept = choose_all(agent_client).json()["chosen"]

    post(agent_client, what="close", chosen=kept)
    r = post(agent_client, what="close", chosen=kept)

    assert r.status_code == 409
    assert r.json()["text"] == "This was asked for already."


def test_progress_says_how_far_it_is(agent_client: Client, agent: Agent) -> None:
    act = started(make_many(3), Order("close"), agent)
    url = reverse("inbox:bulk_act", args=[act.code])

    assertContains(agent_client.get(url), "0 of 3")
    bulk_acts.run(act.pk)
    r = agent_client.get(url)

    assertContains(r, "Done for 3 conversations.")
    assertContains(r, "Undo")


def test_the_way_back_is_offered_once(agent_client: Client, agent: Agent) -> None:
    act = done(make_many(1), Order("close"), agent)

    r = agent_client.post(reverse("inbox:bulk_undo", args=[act.code]))
    again = agent_client.post(reverse("inbox:bulk_undo", args=[act.code]))

    assertContains(r, "Taking it back")
    assert again.status_code == 409
    assertNotContains(agent_client.get(reverse("inbox:bulk_act", args=[act.code])), "Undo")


def test_stopping_says_what_was_left(agent_client: Client, agent: Agent) -> None:
    act = started(make_many(3), Order("close"), agent)

    r = agent_client.post(reverse("inbox:bulk_cancel", args=[act.code]))

    assertContains(r, "Stopped: 3 were left alone.")


@pytest.mark.parametrize("name", ["bulk_act", "bulk_cancel", "bulk_undo"])
def test_it_is_nobody_elses(name: str, colleague_client: Client, agent: Agent) -> None:
    act = started(make_many(1), Order("close"), agent)
    url = reverse(f"inbox:{name}", args=[act.code])

    r = colleague_client.get(url) if name == "bulk_act" else colleague_client.post(url)

    assert r.status_code == 404
    act.refresh_from_db()
    assert act.state == "running"


def test_a_colleagues_choice_cannot_be_used(colleague_client: Client, agent: Agent) -> None:
    (one,) = make_many(1)
    kept = bulk_acts.choose([(one.pk, None)], by=agent)

    r = post(colleague_client, what="close", chosen=str(kept.code))

    assert r.status_code == 404


def test_menus_offer_labels_colleagues_and_teams(agent_client: Client, agent: Agent) -> None:
    Label.objects.create(name="<b>VIP</b>")

    assertContains(agent_client.get(reverse("inbox:bulk_label_menu")), "&lt;b&gt;VIP&lt;/b&gt;")
    assertContains(agent_client.get(reverse("inbox:bulk_assign_menu")), "Anna Keller")


def test_rows_can_be_selected_by_name(agent_client: Client) -> None:
    (one,) = make_many(1)
    one.contact.display_name = "<i>Eve</i>"
    one.contact.save(update_fields=["display_name"])

    r = agent_client.get("/inbox/all/rows/")

    assertContains(r, 'aria-label="Select &lt;i&gt;Eve&lt;/i&gt;"')
