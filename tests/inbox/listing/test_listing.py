"""inbox.listing: which rows, in which order, page by page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inbox import labelled, listing
from inbox.folders import FOLDERS
from inbox.listing import Filters, Listing, Sort
from inbox.models import Agent, Conversation, ConversationLabel, Label
from inbox.paging import Key, read_key
from inbox.visibility import hidden_channels
from tests.factories import make_channel, make_contact, make_conversation, make_team

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def talk(name: str, hours: float, *, waits: bool = True, **fields: Any) -> Conversation:
    """A conversation of somebody by this name who wrote so long ago."""
    label = fields.pop("label", None)
    if not waits:
        fields["waiting_since"] = None
    conversation = make_conversation(
        contact=make_contact(profile_name=name), wrote=hours * HOUR, **fields
    )
    if label:
        ConversationLabel.objects.create(conversation=conversation, label=label)
    return conversation


def names(
    agent: Agent, folder: str, sort: Sort = Sort.NEWEST, filters: Filters | None = None
) -> list[str]:
    wanted = Listing(agent, hidden_channels(agent), FOLDERS[folder], sort, filters or Filters())
    return [entry.columns.contact__display_name for entry in wanted.page().entries]


@pytest.fixture
def busy_desk(agent: Agent, colleague: Agent) -> None:
    talk("mine, old", 5, assignee=agent)
    talk("mine, answered", 3, assignee=agent, waits=False)
    talk("mine, new", 1, assignee=agent)
    talk("hers", 2, assignee=colleague)
    talk("nobody's", 4)
    talk("nobody's, answered", 6, waits=False)
    talk("put off", 7, status="snoozed", assignee=agent)
    talk("done", 8, status="closed", assignee=agent, waits=False)
    talk("done earlier", 9, status="closed", waits=False)


@pytest.mark.parametrize(
    ("folder", "newest"),
    [
        ("mine", ["mine, new", "mine, answered", "mine, old"]),
        ("unassigned", ["nobody's", "nobody's, answered"]),
        (
            "all",
            ["mine, new", "hers", "mine, answered", "nobody's", "mine, old",
             "nobody's, answered"],
        ),
        ("waiting", ["mine, answered", "nobody's, answered"]),
        ("snoozed", ["put off"]),
        ("closed", ["done", "done earlier"]),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("busy_desk")
def test_each_folder_newest_first(agent: Agent, folder: str, newest: list[str]) -> None:
    assert names(agent, folder) == newest


@pytest.mark.parametrize(
    ("folder", "longest"),
    [
        ("mine", ["mine, old", "mine, new", "mine, answered"]),
        ("unassigned", ["nobody's", "nobody's, answered"]),
        (
            "all",
            ["mine, old", "nobody's", "hers", "mine, new", "mine, answered",
             "nobody's, answered"],
        ),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("busy_desk")
def test_each_queue_longest_waiting_first(
    agent: Agent, folder: str, longest: list[str]
) -> None:
    assert names(agent, folder, Sort.WAITING) == longest


@pytest.mark.usefixtures("busy_desk")
def test_another_agent_has_another_mine(colleague: Agent) -> None:
    assert names(colleague, "mine") == ["hers"]


@pytest.mark.parametrize("walking", [True, False], ids=["common label", "rare label"])
def test_filters_hold_together(
    agent: Agent, colleague: Agent, monkeypatch: pytest.MonkeyPatch, walking: bool
) -> None:
    monkeypatch.setattr(labelled, "COMMON_LABEL", 0 if walking else 1000)
    label, other = Label.objects.create(name="VIP"), Label.objects.create(name="Returns")
    shop, service = make_channel(), make_channel()
    talk("a", 1, label=label, channel=shop, assignee=agent)
    talk("b", 2, label=label, channel=shop, assignee=colleague)
    talk("c", 3, label=label, channel=service, assignee=agent)
    talk("d", 4, label=other, channel=shop, assignee=agent)
    talk("e", 5, channel=shop)
    talk("f", 6, label=label, channel=shop, assignee=agent, status="snoozed")
    both = talk("g", 7, label=label, channel=shop, assignee=colleague)
    ConversationLabel.objects.create(conversation=both, label=other)

    def found(**wanted: Any) -> str:
        return "".join(names(agent, "all", filters=Filters(**wanted)))

    assert found() == "abcdeg"
    assert found(labels=(label,)) == "abcg"
    assert found(labels=(other,)) == "dg"
    assert found(labels=(label, other)) == found(labels=(other, label)) == "g"
    assert found(labels=(label, other), assignee=agent) == ""
    assert found(assignee=agent) == "acd"
    assert found(number=shop) == "abdeg"
    assert found(labels=(label,), assignee=agent) == "ac"
    assert found(labels=(label,), number=shop) == "abg"
    assert found(labels=(label,), assignee=agent, number=service) == "c"
    assert "".join(names(agent, "all", Sort.WAITING, Filters(labels=(label,)))) == "gcba"
    assert "".join(names(agent, "snoozed", filters=Filters(labels=(label,)))) == "f"
    assert names(agent, "unassigned", filters=Filters(assignee=agent)) == []


def test_hidden_numbers_are_not_there(agent: Agent, admin: Agent) -> None:
    secret = make_channel()
    secret.teams.add(make_team())
    talk("visible", 1)
    talk("hidden", 2, channel=secret, assignee=agent)

    assert names(agent, "all") == ["visible"]
    assert names(agent, "mine") == []
    assert names(admin, "all") == ["visible", "hidden"]


def test_a_number_of_ones_own_team_is_there(agent: Agent) -> None:
    ours = make_channel()
    ours.teams.add(make_team(), team := make_team())
    agent.team = team
    talk("ours", 1, channel=ours)

    assert names(agent, "all") == ["ours"]


def test_a_row_knows_its_labels_in_their_order(agent: Agent) -> None:
    last = Label.objects.create(name="Aaa", position=2)
    first = Label.objects.create(name="Zzz", position=1)
    conversation = talk("a", 1, label=last)
    ConversationLabel.objects.create(conversation=conversation, label=first)

    (entry,) = Listing(agent, (), FOLDERS["all"]).page().entries

    assert [label.name for label in entry.labels] == ["Zzz", "Aaa"]


# --- Page by page ------------------------------------------------------------------------


def walk(wanted: Listing, between: Any = lambda: None) -> list[str]:
    seen, place = [], None
    while True:
        page = wanted.page(place)
        seen += [entry.columns.contact__display_name for entry in page.entries]
        if page.next_key is None:
            return seen
        place = read_key(str(page.next_key))
        between()


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("sort", list(Sort))
def test_all_rows_come_once_also_when_many_share_a_moment(agent: Agent, sort: Sort) -> None:
    now = timezone.now()
    channel = make_channel()
    for number in range(11):
        # Half of them tie: the same moment, and nobody waiting.
        moment = now if number % 2 else now - number * HOUR
        make_conversation(
            contact=make_contact(profile_name=f"{number:02}"),
            channel=channel,
            waiting_since=None if number % 2 else moment,
            last_message_at=moment,
        )

    seen = walk(Listing(agent, (), FOLDERS["all"], sort))

    assert sorted(seen) == [f"{number:02}" for number in range(11)]
    assert len(seen) == 11


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("sort", list(Sort))
def test_rows_that_come_and_go_leave_no_gap_and_repeat_nothing(
    agent: Agent, sort: Sort
) -> None:
    """Rows that stay where they are come exactly once, whatever happens around them."""
    stay = [talk(f"stays {number}", 10 + number, assignee=agent) for number in range(8)]
    leave = [talk(f"leaves {number}", 10.5 + number) for number in range(4)]

    def meanwhile() -> None:
        talk("newcomer", 0.1)
        if leave:
            Conversation.objects.filter(pk=leave.pop().pk).update(
                status="closed", closed_at=timezone.now()
            )

    seen = walk(Listing(agent, (), FOLDERS["all"], sort), meanwhile)

    staying = [name for name in seen if name.startswith("stays")]
    assert sorted(staying) == [f"stays {number}" for number in range(len(stay))]
    assert len(seen) == len(set(seen)) + max(0, seen.count("newcomer") - 1)


def test_the_last_page_says_so(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    talk("a", 1)
    talk("b", 2)

    assert Listing(agent, (), FOLDERS["all"]).page().next_key is None


def test_a_key_survives_the_way_to_the_browser_and_back() -> None:
    key = Key(timezone.now(), 42)

    assert read_key(str(key)) == key


@pytest.mark.parametrize(
    "text",
    ["", "~", "x~1", "2026-01-01T00:00:00~1", "2026-01-01T00:00:00Z~",
     "2026-01-01T00:00:00Z~-1", "2026-01-01T00:00:00Z~²", "2026-01-01T00:00:00Z~" + "9" * 19,
     "0001-01-01T00:00:00+14:00~1", "2026-01-01T00:00:00Z~1~1", "\x00"],
    ids=ascii,
)  # fmt: skip
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_key(text)
