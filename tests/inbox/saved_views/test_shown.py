"""What a saved view shows: its page, its rows, its count, "all in this view" """

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from inbox import listing, view_counts
from inbox.actions import saved_views
from inbox.actions.labels import merge
from inbox.lately import Lately
from inbox.listing import Listing, Sort
from inbox.models import Agent, Conversation, ConversationLabel, Label, SavedView
from inbox.saved_views import folder_for, slug_of
from inbox.view_counts import counted_views
from inbox.visibility import hidden_channels
from tests.factories import make_channel, make_contact, make_conversation, make_team
from tests.inbox.replies_views.drafts import hidden_channel
from tests.inbox.saved_views.test_trees import OPEN, one

pytestmark = pytest.mark.django_db


def make_view(by: Agent, *parts: Any, word: str = "all", **fields: Any) -> SavedView:
    given = {"name": "A view", "share": "me", "sort": "newest", "tree": {word: list(parts)}}
    return saved_views.create(**(given | fields), by=by)


def listed(agent: Agent, view: SavedView) -> Listing:
    folder = folder_for(agent, slug_of(view))
    assert folder is not None
    return Listing(agent, hidden_channels(agent), folder, Sort(folder.sort))


def shown(agent: Agent, view: SavedView) -> set[int]:
    """The same wherever it is asked."""
    found = listed(agent, view)
    rows = [entry.columns for entry in found.page().entries]
    pks = {row.pk for row in rows}
    assert {entry.columns.pk for entry in found.those_of([row.code for row in rows])} == pks
    assert {pk for _code, pk, _had in found.everything(1000)} == pks
    Lately.forget_all()
    counts = {folder.slug: count for folder, count in counted_views(agent, found.hidden)}
    assert counts[slug_of(view)] == (str(len(pks)) if pks else "")
    return pks


@pytest.fixture
def two(agent: Agent) -> tuple[Conversation, Conversation]:
    """One that fits every condition below, and one that fits none."""
    now = timezone.now()
    fits = make_conversation(
        contact=make_contact(language="de"), assignee=agent, team=make_team(), priority=-1,
        waiting_since=now - timedelta(hours=2), unread_count=2,
        window_expires_at=now + timedelta(hours=3),
    )  # fmt: skip
    not_ = make_conversation(
        contact=make_contact(language="en"), channel=make_channel(), status="snoozed",
        waiting_since=now - timedelta(minutes=5), unread_count=0,
        window_expires_at=now - timedelta(hours=1),
    )  # fmt: skip
    label = Label.objects.create(name="VIP")
    ConversationLabel.objects.create(conversation=fits, label=label)
    return fits, not_


@pytest.mark.parametrize(
    ("field", "op", "value"),
    [
        ("status", "is", "open"),
        ("status", "is_not", "snoozed"),
        ("labels", "any", "label"),
        ("labels", "all", "label"),
        ("assignee", "is", "me"),
        ("assignee", "is_not", "nobody"),
        ("assignee", "is", "somebody"),
        ("assignee", "is", "agent"),
        ("assignee", "is", "team"),
        ("number", "is", "number"),
        ("priority", "is", -1),
        ("priority", "is_not", 0),
        ("waiting", "longer_than", 60),
        ("unread", "is", "yes"),
        ("language", "is", "de"),
        ("language", "is_not", "en"),
        ("window", "ends_within", 4),
    ],
)
def test_each_condition_divides(
    agent: Agent, two: tuple[Conversation, Conversation], field: str, op: str, value: Any
) -> None:
    fits, _other = two
    named = {
        "label": Label.objects.get().pk,
        "agent": f"agent:{agent.pk}",
        "team": f"team:{fits.team_id}",
        "number": fits.channel_id,
    }
    view = make_view(agent, one(field, op, named.get(value, value)))

    assert shown(agent, view) == {fits.pk}


@pytest.mark.parametrize(
    "condition",
    [
        *(one("labels", "none", 1), one("assignee", "is", "nobody"), one("unread", "is", "no")),
        *(one("assignee", "is_not", "me"), one("priority", "is_not", -1)),
    ],
    ids=repr,
)
def test_the_opposite_divides_the_other_way(
    agent: Agent, two: tuple[Conversation, Conversation], condition: dict[str, Any]
) -> None:
    if condition["field"] == "labels":
        condition = one("labels", "none", Label.objects.get().pk)
    assert shown(agent, make_view(agent, condition)) == {two[1].pk}


def test_and_and_or(agent: Agent, two: tuple[Conversation, Conversation]) -> None:
    fits, other = two
    both = {fits.pk, other.pk}
    german, unread = one("language", "is", "de"), one("unread", "is", "no")

    assert shown(agent, make_view(agent, german, unread, word="any")) == both
    assert shown(agent, make_view(agent, german, unread)) == set()
    grouped = make_view(agent, {"any": [german, unread]}, one("status", "is", "snoozed"))
    assert shown(agent, grouped) == {other.pk}


def test_me_is_whoever_looks(agent: Agent, admin: Agent, colleague: Agent) -> None:
    mine, theirs = make_conversation(assignee=agent), make_conversation(assignee=colleague)
    view = make_view(admin, one("assignee", "is", "me"), share="all")

    assert shown(agent, view) == {mine.pk}
    assert shown(colleague, view) == {theirs.pk}


def test_waiting_goes_on_while_the_query_is_kept(
    agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    late = make_conversation(waiting_since=now - timedelta(minutes=50))
    view = make_view(agent, OPEN, one("waiting", "longer_than", 60))
    assert shown(agent, view) == set()

    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=20))

    assert shown(agent, view) == {late.pk}


def test_hidden_numbers_stay_hidden(agent: Agent, admin: Agent) -> None:
    hidden = make_conversation(channel=hidden_channel())
    view = make_view(admin, one("number", "is", hidden.channel_id), share="all")

    assert shown(agent, view) == set()
    assert shown(admin, view) == {hidden.pk}


def test_it_is_sorted_and_paged(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    now, channel = timezone.now(), make_channel()
    many = [
        make_conversation(channel=channel, queued_at=now - timedelta(minutes=n), status=status)
        for n, status in enumerate(("open", "snoozed", "open", "closed", "open"))
    ]
    view = make_view(agent, one("status", "is_not", "closed"), sort="waiting")
    found = listed(agent, view)

    first = found.page()
    second = found.page(first.next_key)

    walked = [entry.columns.pk for entry in (*first.entries, *second.entries)]
    assert walked == [many[n].pk for n in (4, 2, 1, 0)]
    assert second.next_key is None


def test_counting_stops(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = make_channel()
    for number in range(4):
        make_conversation(channel=channel, assignee=None if number else agent)
    view = make_view(agent, OPEN)
    rare = make_view(agent, OPEN, one("assignee", "is", "me"))

    monkeypatch.setattr(view_counts, "AMONG", 3)
    counts = {folder.slug: count for folder, count in counted_views(agent, ())}

    assert counts == {slug_of(view): "3", slug_of(rare): ""}


def test_a_changed_view_shows_what_it_says_now(
    agent: Agent, two: tuple[Conversation, Conversation]
) -> None:
    view = make_view(agent, OPEN)
    assert shown(agent, view) == {two[0].pk}

    snoozed = {"all": [one("status", "is", "snoozed")]}
    saved_views.change(view, name="B", share="me", sort="newest", tree=snoozed, by=agent)

    assert shown(agent, view) == {two[1].pk}


def test_a_merged_label_is_the_other_one(agent: Agent) -> None:
    label, into = (Label.objects.create(name=name) for name in ("Old", "New"))
    found = make_conversation()
    ConversationLabel.objects.create(conversation=found, label=into)
    view = make_view(agent, one("labels", "any", label.pk))
    assert shown(agent, view) == set()

    merge(label, into=into)

    view.refresh_from_db()
    assert shown(agent, view) == {found.pk}
    assert list(view.labels.all()) == [into]


def test_the_whole_view_can_be_chosen(agent: Agent, agent_client: Client) -> None:
    late = make_conversation(waiting_since=timezone.now() - timedelta(hours=2))
    make_conversation()
    view = make_view(agent, OPEN, one("waiting", "longer_than", 60))

    r = agent_client.post(f"/inbox/{slug_of(view)}/choose-all/")

    assert r.json()["codes"] == [str(late.code)]


@pytest.mark.parametrize("how_many", [1, 6])
def test_the_number_of_queries_does_not_grow(
    agent: Agent, agent_client: Client, django_assert_num_queries: Any, how_many: int
) -> None:
    channel = make_channel()
    for _ in range(how_many * 3):
        make_conversation(channel=channel, assignee=agent)
    for _ in range(how_many):
        view = make_view(agent, OPEN, one("assignee", "is", "me"))
        make_view(agent, OPEN, one("unread", "is", "no"))
    url = f"/inbox/{slug_of(view)}/"
    agent_client.get(url)
    Lately.forget_all()

    with django_assert_num_queries(16):
        agent_client.get(url)
    with django_assert_num_queries(8):
        agent_client.get(url)
